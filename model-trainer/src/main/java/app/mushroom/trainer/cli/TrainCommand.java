package app.mushroom.trainer.cli;

import app.mushroom.storage.JsonDocument;
import app.mushroom.storage.Names;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.Sha256;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.storage.dataset.DatasetVersion;
import app.mushroom.storage.model.DatasetReference;
import app.mushroom.trainer.runs.CheckpointStore;
import app.mushroom.trainer.runs.ModelPublication.Published;
import app.mushroom.trainer.runs.RunEnvironment;
import app.mushroom.trainer.runs.RunNames;
import app.mushroom.trainer.runs.RunParameters;
import app.mushroom.trainer.runs.RunStore;
import app.mushroom.trainer.runs.TrainingRun;
import app.mushroom.trainer.runs.WorkFolder;
import app.mushroom.trainer.tracking.Tracking;
import app.mushroom.vision.species.SpeciesCatalogue;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
      "publishes it as a model bundle. Ctrl-C or SIGTERM saves after the running step; --resume",
      "goes on from there and ends with the very network of a run that never stopped."
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
      names = "--teacher",
      paramLabel = "VERSION",
      description = "Published version of the model to learn from, too (repeatable).")
  private List<String> teachers = List.of();

  @Option(
      names = "--resume",
      arity = "0..1",
      fallbackValue = "latest",
      paramLabel = "RUN",
      description = "Go on with an interrupted run (without a name: the latest).")
  private @Nullable String resume;

  @Option(
      names = "--checkpoint-minutes",
      paramLabel = "N",
      description =
          "Save every so often in the middle of an epoch, too; 0: only after each epoch (default:"
              + " ${DEFAULT-VALUE}).")
  private int checkpointMinutes = 10;

  @Option(names = "--device", description = "cpu, gpu or auto (default: ${DEFAULT-VALUE}).")
  private String device = "auto";

  @Option(names = "--no-promote", description = "Publish without making the new version champion.")
  private boolean noPromote;

  @Mixin private HyperparameterOptions recipe = new HyperparameterOptions();

  TrainCommand(Interruption.Flag stop) {
    this.stop = stop;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Clock clock = Clock.systemUTC();
    try (TerminalConsole console = new TerminalConsole(System.out);
        ObjectStore objects = Tracking.watch(store.open(), System.getenv(), console::say);
        WorkFolder work = new WorkFolder()) {
      RunStore runs = new RunStore(objects);
      DatasetRepository datasets = new DatasetRepository(objects);
      RunParameters parameters;
      Path local;
      if (resume != null) {
        parameters = resumed(runs, resume);
        local = Path.of("");
        if (new CheckpointStore(objects, parameters.run()).isEmpty()) {
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
      return train(objects, parameters, local, work, console);
    }
  }

  private int train(
      ObjectStore objects,
      RunParameters parameters,
      Path local,
      WorkFolder work,
      TerminalConsole console)
      throws IOException {
    Clock clock = Clock.systemUTC();
    Optional<Published> done =
        new TrainingRun(parameters, objects, SpeciesCatalogue.load(), console, clock)
            .run(
                local,
                new TrainingRun.Execution(
                    device, work.path(), Duration.ofMinutes(checkpointMinutes), stop::requested));
    if (done.isEmpty()) {
      console.say("Stopped. Go on with: mushroom train --resume " + parameters.run());
      return TrainerApplication.STOPPED;
    }
    Announcement.of(done.get(), console);
    Announcement.promote(done.get(), !noPromote, objects, console, clock);
    return 0;
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
    String location = java.util.Objects.requireNonNull(backbone);
    String network = architecture;
    return new RunParameters(
        JsonDocument.SCHEMA_VERSION,
        RunNames.make(now),
        now,
        System.getProperty("user.name", "unknown"),
        RunEnvironment.codeVersion(),
        Names.require("model", model),
        new DatasetReference(name, version.card().version(), version.card().manifestSha256()),
        location.contains("://") ? location : local.getFileName().toString(),
        Sha256.of(local),
        network == null ? Backbone.architecture(location) : network,
        teachers,
        null,
        RunEnvironment.describe(device),
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
}
