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
import app.mushroom.trainer.evaluation.EvaluationDetails;
import app.mushroom.trainer.evaluation.Examination;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
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

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description =
          "Where the HTML report goes (default: evaluation-<model>-<version>-<split>.html in the"
              + " current folder; with --json none).")
  private @Nullable Path report;

  @Option(names = "--no-report", description = "Write no report.")
  private boolean noReport;

  @Option(
      names = "--details",
      paramLabel = "FILE",
      description = "Write all that the report tells as JSON, for programs.")
  private @Nullable Path details;

  @Option(names = "--json", description = "Print the figures as JSON.")
  private boolean json;

  /** What {@code --details} writes. */
  private record Document(
      int schemaVersion,
      String model,
      String modelVersion,
      DatasetReference dataset,
      Split split,
      EvaluationDetails details) {}

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
      Path page = reportFile(verified.manifest());
      Console console = json ? Console.SILENT : terminal;
      PhotoSource source = new PhotoSource(datasets, dataset);
      BundleEvaluation evaluation =
          new BundleEvaluation(verified, SpeciesCatalogue.load(), console);
      Examination examination = evaluation.examine(source, photos, unknownLabels);
      print(examination, verified.manifest(), version.card());
      if (page != null || details != null) {
        Part part =
            new Part(
                split,
                examination,
                examination.details(
                    evaluation.trainingPhotos(datasets).orElse(null), Bootstrap.DEFAULT));
        writeDetails(part, verified.manifest(), version.card());
        try (ActivationMaps maps = new ActivationMaps(verified.file("model.pt"))) {
          writeReport(
              page,
              part,
              provenance(verified.manifest(), version.card()),
              new Pictures(source, maps, evaluation.preprocessing()));
        }
      }
      return 0;
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

  /** Where the report goes, known to be writable before the long work begins; null for none. */
  private @Nullable Path reportFile(BundleManifest manifest) throws IOException {
    Path file = report;
    if (noReport || json && file == null) {
      return null;
    }
    if (file == null) {
      Path folder = Path.of("").toAbsolutePath();
      if (!Files.isWritable(folder)) {
        say("No report: the folder %s cannot be written. Name a file with --report.", folder);
        return null;
      }
      return folder.resolve(
          "evaluation-%s-%s-%s.html".formatted(manifest.name(), manifest.version(), name(split)));
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isWritable(folder) || Files.isDirectory(file)) {
      throw new IOException(
          "Expected a file in a folder that can be written for --report, found " + file + ".");
    }
    return file;
  }

  private void print(Examination examination, BundleManifest manifest, DatasetCard card) {
    if (json) {
      say("%s", new String(JsonDocument.write(examination.figures()), StandardCharsets.UTF_8));
      return;
    }
    say(
        "Model %s version %s on the %s split of %s version %d%n%n%s",
        manifest.name(),
        manifest.version(),
        name(split),
        card.name(),
        card.version(),
        FiguresTable.of(examination.figures()));
    int unknown = examination.unknown().size();
    if (unknown > 0) {
      say(
          "Left out: %d photographs of %d labels that the model was never taught.%n",
          unknown,
          examination.unknown().stream().map(photo -> photo.photo().label()).distinct().count());
    }
  }

  private void writeDetails(Part part, BundleManifest manifest, DatasetCard card)
      throws IOException {
    Path file = details;
    if (file != null) {
      Document document =
          new Document(
              JsonDocument.SCHEMA_VERSION,
              manifest.name(),
              manifest.version(),
              reference(card),
              split,
              part.details());
      Files.write(file, JsonDocument.write(document));
    }
  }

  private void writeReport(@Nullable Path file, Part part, Provenance provenance, Pictures pictures)
      throws IOException {
    if (file != null) {
      Files.writeString(file, new EvaluationReport(pictures).page(provenance, List.of(part)));
      if (!json) {
        say("Report: %s", file);
      }
    }
  }

  private Provenance provenance(BundleManifest manifest, DatasetCard card) {
    String release = EvaluateCommand.class.getPackage().getImplementationVersion();
    String which =
        bundle != null
            ? " --bundle " + bundle
            : " --model " + manifest.name() + " --model-version " + manifest.version();
    return new Provenance(
        manifest,
        reference(card),
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

  private static DatasetReference reference(DatasetCard card) {
    return new DatasetReference(card.name(), card.version(), card.manifestSha256());
  }

  private static String name(Split split) {
    return split.name().toLowerCase(Locale.ROOT);
  }

  private void say(String format, Object... values) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(String.format(Locale.ROOT, format, values));
    out.flush();
  }
}
