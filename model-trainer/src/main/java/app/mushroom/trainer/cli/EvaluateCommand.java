package app.mushroom.trainer.cli;

import app.mushroom.storage.JsonDocument;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.dataset.DatasetCard;
import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.storage.dataset.DatasetVersion;
import app.mushroom.storage.dataset.Split;
import app.mushroom.storage.model.BundleManifest;
import app.mushroom.storage.model.Champion;
import app.mushroom.storage.model.DatasetReference;
import app.mushroom.storage.model.ModelRegistry;
import app.mushroom.storage.model.VerifiedBundle;
import app.mushroom.trainer.dataset.PhotoSource;
import app.mushroom.trainer.evaluation.Bootstrap;
import app.mushroom.trainer.evaluation.Examination;
import app.mushroom.trainer.evaluation.TrainingPhotos;
import app.mushroom.trainer.report.EvaluationReport;
import app.mushroom.trainer.report.Part;
import app.mushroom.trainer.report.Pictures;
import app.mushroom.trainer.report.Provenance;
import app.mushroom.trainer.runs.BundleEvaluation;
import app.mushroom.trainer.runs.BundleEvaluation.UnknownLabels;
import app.mushroom.trainer.runs.Console;
import app.mushroom.trainer.runs.WorkFolder;
import app.mushroom.trainer.training.ActivationMaps;
import app.mushroom.vision.species.SpeciesCatalogue;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mushroom evaluate}. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Measures a published model, exactly as it is served, on a split of a dataset version, and",
      "writes an HTML report: what it misses, how sure it is, and its worst mistakes as pictures.",
      "Choose things on val; look at test once."
    })
final class EvaluateCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private StoreOption store = new StoreOption();

  @Option(names = "--model", description = "Model (default: ${DEFAULT-VALUE}).")
  private String model = "mushrooms";

  @Option(names = "--model-version", description = "Its version (default: the champion).")
  private @Nullable String modelVersion;

  @Option(names = "--bundle", description = "A bundle folder, instead of a model in the store.")
  private @Nullable Path bundle;

  @Option(names = "--dataset", description = "Dataset (default: ${DEFAULT-VALUE}).")
  private String dataset = "mushrooms";

  @Option(names = "--dataset-version", description = "Its version (default: the latest).")
  private @Nullable Integer datasetVersion;

  @Option(names = "--split", description = "train, val or test (default: ${DEFAULT-VALUE}).")
  private Split split = Split.VAL;

  @Option(
      names = "--unknown-labels",
      paramLabel = "fail|skip",
      description =
          "What to do with mushrooms of labels that the model was never taught: refuse, or leave"
              + " them out of the figures and report apart what it says to them (default:"
              + " ${DEFAULT-VALUE}).")
  private UnknownLabels unknownLabels = UnknownLabels.FAIL;

  @Mixin private ReportOptions reports = new ReportOptions();

  @Option(names = "--json", description = "Print the figures as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    try (ObjectStore objects = store.open();
        WorkFolder work = new WorkFolder();
        TerminalConsole terminal = new TerminalConsole(System.err)) {
      VerifiedBundle verified = bundle(objects, work.path().resolve("bundle"));
      DatasetRepository datasets = new DatasetRepository(objects);
      DatasetVersion version = dataset(datasets);
      List<DatasetPhoto> photos =
          version.photos().stream().filter(photo -> photo.split() == split).toList();
      if (photos.isEmpty()) {
        throw new IOException(
            "Expected photographs in the %s split of dataset %s version %d, found none. Name another with --split."
                .formatted(name(split), version.card().name(), version.card().version()));
      }
      Path page = json ? reports.named() : reports.page(verified.manifest(), split, out());
      PhotoSource source = new PhotoSource(datasets, dataset);
      BundleEvaluation evaluation =
          new BundleEvaluation(verified, SpeciesCatalogue.load(), json ? Console.SILENT : terminal);
      Examination examination = evaluation.examine(source, photos, unknownLabels);
      print(examination, verified.manifest(), version.card());
      if (page != null || reports.wantsDetails()) {
        TrainingPhotos training = evaluation.trainingPhotos(datasets).orElse(null);
        Part part = new Part(split, examination, examination.details(training, Bootstrap.DEFAULT));
        Provenance provenance = provenance(verified.manifest(), version.card());
        reports.writeDetails(provenance, part);
        if (page != null) {
          try (ActivationMaps maps = new ActivationMaps(verified.file("model.pt"))) {
            Pictures pictures = new Pictures(source, maps, evaluation.preprocessing());
            writeReport(page, new EvaluationReport(pictures).page(provenance, List.of(part)));
          }
        }
      }
      return 0;
    }
  }

  private void writeReport(Path file, String page) throws IOException {
    WholeFile.write(file, page.getBytes(StandardCharsets.UTF_8));
    if (!json) {
      out().println("Report: " + file);
    }
  }

  private DatasetVersion dataset(DatasetRepository datasets) throws IOException {
    Integer number = datasetVersion;
    return number != null
        ? datasets.read(dataset, number)
        : datasets
            .latest(dataset)
            .orElseThrow(() -> new IOException("The store has no version of dataset " + dataset));
  }

  private VerifiedBundle bundle(ObjectStore objects, Path fresh) throws IOException {
    Path folder = bundle;
    if (folder != null) {
      return ModelRegistry.verify(folder);
    }
    ModelRegistry registry = new ModelRegistry(objects, Clock.systemUTC());
    String version = modelVersion;
    if (version == null) {
      version =
          registry
              .champion(model)
              .map(Champion::version)
              .orElseThrow(
                  () ->
                      new IOException(
                          "The store has no champion of model "
                              + model
                              + ". Name a version with --model-version, or a folder with"
                              + " --bundle."));
    }
    return registry.fetch(model, version, fresh);
  }

  private void print(Examination examination, BundleManifest manifest, DatasetCard card) {
    PrintWriter out = out();
    if (json) {
      out.println(new String(JsonDocument.write(examination.figures()), StandardCharsets.UTF_8));
      return;
    }
    out.printf(
        "Model %s version %s on the %s split of %s version %d%n%n%s%n",
        manifest.name(),
        manifest.version(),
        name(split),
        card.name(),
        card.version(),
        FiguresTable.of(examination.figures()));
    int unknown = examination.unknown().size();
    if (unknown > 0) {
      out.printf(
          "Left out: %d photographs of labels that the model was never taught: %s%n%n",
          unknown,
          examination.unknown().stream()
              .collect(
                  Collectors.groupingBy(
                      photo -> photo.photo().label(), TreeMap::new, Collectors.counting())));
    }
    out.flush();
  }

  private Provenance provenance(BundleManifest manifest, DatasetCard card) {
    String release = EvaluateCommand.class.getPackage().getImplementationVersion();
    String which =
        bundle != null
            ? " --bundle " + bundle
            : " --model " + manifest.name() + " --model-version " + manifest.version();
    return new Provenance(
        manifest,
        new DatasetReference(card.name(), card.version(), card.manifestSha256()),
        "./mushroom evaluate%s --dataset %s --dataset-version %d --split %s%s"
            .formatted(
                which,
                card.name(),
                card.version(),
                name(split),
                unknownLabels == UnknownLabels.SKIP ? " --unknown-labels skip" : ""),
        release == null ? "development" : release,
        Clock.systemUTC().instant());
  }

  static String name(Split split) {
    return split.name().toLowerCase(Locale.ROOT);
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
