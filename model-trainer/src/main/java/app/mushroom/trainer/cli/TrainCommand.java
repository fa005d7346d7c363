package app.mushroom.trainer.cli;

import app.mushroom.storage.JsonDocument;
import app.mushroom.storage.Names;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.Sha256;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.storage.dataset.DatasetVersion;
import app.mushroom.storage.model.DatasetReference;
import app.mushroom.storage.model.ModelRegistry;
import app.mushroom.trainer.dataset.PhotoSource;
import app.mushroom.trainer.evaluation.Figures;
import app.mushroom.trainer.runs.ModelPublication;
import app.mushroom.trainer.runs.ModelPublication.Published;
import app.mushroom.trainer.runs.Promotion;
import app.mushroom.trainer.runs.RunParameters;
import app.mushroom.trainer.runs.RunReport;
import app.mushroom.trainer.runs.RunState;
import app.mushroom.trainer.runs.RunStore;
import app.mushroom.trainer.runs.TrainingJob;
import app.mushroom.trainer.runs.WorkFolder;
import app.mushroom.vision.species.SpeciesCatalogue;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code mushroom train}. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Fine-tunes a backbone on a dataset version, calibrates it on val, measures it on test and",
      "publishes it as a model bundle. Ctrl-C stops after the running step; --resume goes on."
    })
final class TrainCommand implements Callable<Integer> {

  private final Interruption.Flag stop;

  @Mixin private StoreOption store = new StoreOption();

  @Option(names = "--dataset", description = "Dataset to train on (default: ${DEFAULT-VALUE}).")
  private String dataset = "mushrooms";

  @Option(names = "--dataset-version", description = "Its version (default: the latest).")
  private @Nullable Integer datasetVersion;

  @Option(
      names = "--backbone",
      description =
          "TorchScript module that gives an embedding: a file, gs://, https:// or djl://"
              + " location, such as djl://ai.djl.pytorch/resnet18_embedding.")
  private @Nullable String backbone;

  @Option(
      names = "--architecture",
      description = "Name of the network (default: the backbone's file name).")
  private @Nullable String architecture;

  @Option(names = "--model", description = "Model to publish as (default: ${DEFAULT-VALUE}).")
  private String model = "mushrooms";

  @Option(
      names = "--resume",
      arity = "0..1",
      fallbackValue = "latest",
      paramLabel = "RUN",
      description = "Go on with an interrupted run (without a name: the latest).")
  private @Nullable String resume;

  @Option(names = "--device", description = "cpu, gpu or auto (default: ${DEFAULT-VALUE}).")
  private String device = "auto";

  @Option(names = "--no-promote", description = "Publish without making the new version champion.")
  private boolean noPromote;

  @ArgGroup(validate = false, heading = "%nRecipe:%n")
  private HyperparameterOptions recipe = new HyperparameterOptions();

  TrainCommand(Interruption.Flag stop) {
    this.stop = stop;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Clock clock = Clock.systemUTC();
    try (ObjectStore objects = store.open();
        WorkFolder work = new WorkFolder();
        TerminalConsole console = new TerminalConsole(System.out)) {
      RunStore runs = new RunStore(objects);
      DatasetRepository datasets = new DatasetRepository(objects);
      RunParameters parameters;
      Path local;
      if (resume != null) {
        parameters = resumed(runs, resume);
        local = Path.of("");
        if (!runs.hasCheckpoint(parameters.run())) {
          // A file's folder is not recorded: it may be named anew.
          String place = backbone == null ? parameters.backbone() : backbone;
          local = Backbone.fetch(place, work.path());
          requireSame(parameters, local);
        }
      } else {
        if (backbone == null) {
          throw new IllegalArgumentException(
              "Expected --backbone with a TorchScript file or location. See: mushroom train"
                  + " --help");
        }
        local = Backbone.fetch(backbone, work.path());
        parameters = parameters(datasets, local, clock.instant());
        runs.write(parameters.run(), "params.json", parameters);
      }
      DatasetVersion version =
          datasets.read(parameters.dataset().name(), parameters.dataset().version());
      console.say(
          "Run "
              + parameters.run()
              + " on dataset "
              + version.card().name()
              + " version "
              + version.card().version()
              + " ("
              + version.photos().size()
              + " photos)");
      return train(objects, runs, datasets, parameters, version, local, work, console);
    }
  }

  private int train(
      ObjectStore objects,
      RunStore runs,
      DatasetRepository datasets,
      RunParameters parameters,
      DatasetVersion version,
      Path local,
      WorkFolder work,
      TerminalConsole console)
      throws IOException {
    Clock clock = Clock.systemUTC();
    SpeciesCatalogue catalogue = SpeciesCatalogue.load();
    PhotoSource photos = new PhotoSource(datasets, parameters.dataset().name());
    try (TrainingJob job =
        new TrainingJob(
            parameters, runs, version, photos, catalogue, device, work.path(), console, clock)) {
      Optional<Path> best;
      try {
        best = job.run(local, stop::requested);
      } catch (IOException | RuntimeException e) {
        job.state("failed", job.epochs().size(), e.getMessage());
        throw e;
      }
      if (best.isEmpty()) {
        console.say("Stopped. Go on with: mushroom train --resume " + parameters.run());
        return TrainerApplication.STOPPED;
      }
      ModelRegistry registry = new ModelRegistry(objects, clock);
      Published published =
          new ModelPublication(parameters, version, job, catalogue, console, clock)
              .publish(best.get(), work.path(), registry);
      new RunReport(runs, photos, console, clock).write(parameters, version, published, best.get());
      String name = published.manifest().version();
      runs.write(
          parameters.run(),
          "run.json",
          new RunState(
              JsonDocument.SCHEMA_VERSION,
              "finished",
              clock.instant(),
              job.epochs().size(),
              "Best epoch on val: " + job.bestEpoch(),
              name));
      report(console, "val", published.metrics().val());
      report(console, "test", published.metrics().test());
      console.say("Published " + parameters.model() + " version " + name);
      console.say(
          noPromote
              ? "Not promoted, as asked. To serve it: mushroom models promote " + name
              : new Promotion(registry).consider(parameters.model(), name));
      return 0;
    }
  }

  private RunParameters parameters(DatasetRepository datasets, Path local, Instant now)
      throws IOException {
    String name = Names.require("dataset", dataset);
    Integer number = datasetVersion;
    DatasetVersion version =
        number != null
            ? datasets.read(name, number)
            : datasets
                .latest(name)
                .orElseThrow(
                    () ->
                        new IOException(
                            "The store has no version of the dataset "
                                + name
                                + ". Make one with: mushroom collect import <csv or folder>"));
    String stamp =
        DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT)
            .withZone(ZoneOffset.UTC)
            .format(now);
    String location = java.util.Objects.requireNonNull(backbone);
    String network = architecture;
    return new RunParameters(
        JsonDocument.SCHEMA_VERSION,
        stamp + "-" + String.format("%04x", ThreadLocalRandom.current().nextInt(0x10000)),
        now,
        System.getProperty("user.name", "unknown"),
        version(),
        Names.require("model", model),
        new DatasetReference(name, version.card().version(), version.card().manifestSha256()),
        location.contains("://") ? location : local.getFileName().toString(),
        Sha256.of(local),
        network == null ? Backbone.architecture(location) : network,
        Map.of(
            "device", device,
            "processors", String.valueOf(Runtime.getRuntime().availableProcessors()),
            "java", Runtime.version().toString()),
        recipe.toHyperparameters());
  }

  private static RunParameters resumed(RunStore runs, String wanted) throws IOException {
    List<String> known = runs.runs();
    String run = wanted.equals("latest") && !known.isEmpty() ? known.get(0) : wanted;
    return runs.read(run, "params.json", RunParameters.class)
        .orElseThrow(
            () ->
                new IOException(
                    "Expected the name of a run to resume, found "
                        + wanted
                        + "; the store has "
                        + (known.isEmpty() ? "no runs" : known)
                        + "."));
  }

  private static void requireSame(RunParameters parameters, Path local) throws IOException {
    String found = Sha256.of(local);
    if (!found.equals(parameters.backboneSha256())) {
      throw new IOException(
          "Expected the backbone that run "
              + parameters.run()
              + " began with, SHA-256 "
              + parameters.backboneSha256()
              + ", found "
              + found
              + " in "
              + local
              + ". Name the same file with --backbone, or start a new run without --resume.");
    }
  }

  private static String version() {
    String version = TrainCommand.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  private static void report(TerminalConsole console, String split, Figures figures) {
    console.say(split + "\n" + FiguresTable.of(figures));
  }
}
