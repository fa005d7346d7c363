package app.mushroom.trainer.cli;

import app.mushroom.storage.JsonDocument;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.storage.dataset.DatasetVersion;
import app.mushroom.storage.dataset.Split;
import app.mushroom.storage.model.Champion;
import app.mushroom.storage.model.ModelRegistry;
import app.mushroom.storage.model.VerifiedBundle;
import app.mushroom.trainer.dataset.PhotoSource;
import app.mushroom.trainer.evaluation.Figures;
import app.mushroom.trainer.runs.BundleEvaluation;
import app.mushroom.trainer.runs.Console;
import app.mushroom.trainer.runs.WorkFolder;
import app.mushroom.vision.species.SpeciesCatalogue;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
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
      "Measures a published model, exactly as it is served, on a split of a dataset version.",
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

  @Option(names = "--json", description = "Print the figures as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    try (ObjectStore objects = store.open();
        WorkFolder work = new WorkFolder();
        TerminalConsole terminal = new TerminalConsole(System.err)) {
      VerifiedBundle verified = bundle(objects, work.path().resolve("bundle"));
      DatasetRepository datasets = new DatasetRepository(objects);
      Integer number = datasetVersion;
      DatasetVersion version =
          number != null
              ? datasets.read(dataset, number)
              : datasets
                  .latest(dataset)
                  .orElseThrow(
                      () -> new IOException("The store has no version of dataset " + dataset));
      List<DatasetPhoto> photos =
          version.photos().stream().filter(photo -> photo.split() == split).toList();
      Console console = json ? Console.SILENT : terminal;
      Figures figures =
          new BundleEvaluation(verified, SpeciesCatalogue.load(), console)
              .evaluate(new PhotoSource(datasets, dataset), photos);
      print(figures, verified, version);
      return 0;
    }
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

  private void print(Figures figures, VerifiedBundle verified, DatasetVersion version) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(new String(JsonDocument.write(figures), StandardCharsets.UTF_8));
    } else {
      out.printf(
          "Model %s version %s on the %s split of %s version %d%n%n%s",
          verified.manifest().name(),
          verified.manifest().version(),
          split.name().toLowerCase(java.util.Locale.ROOT),
          version.card().name(),
          version.card().version(),
          FiguresTable.of(figures));
    }
    out.flush();
  }
}
