package app.mushroom.trainer.runs;

import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.PreconditionFailedException;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.storage.dataset.DatasetVersion;
import app.mushroom.storage.model.ModelRegistry;
import app.mushroom.trainer.runs.ModelPublication.Examined;
import app.mushroom.trainer.runs.ModelPublication.Published;
import app.mushroom.trainer.training.ComputeDevice;
import app.mushroom.trainer.training.StoppedException;
import app.mushroom.trainer.training.Training;
import app.mushroom.vision.species.SpeciesCatalogue;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A run from its parameters, or from its last checkpoint, to a published version. */
public final class TrainingRun {

  private final RunParameters parameters;
  private final ObjectStore objects;
  private final RunStore runs;
  private final SpeciesCatalogue catalogue;
  private final Console console;
  private final Clock clock;
  private final Sleeper sleeper;

  public TrainingRun(
      RunParameters parameters,
      ObjectStore objects,
      SpeciesCatalogue catalogue,
      Console console,
      Clock clock) {
    this(parameters, objects, catalogue, console, clock, Sleeper.REAL);
  }

  TrainingRun(
      RunParameters parameters,
      ObjectStore objects,
      SpeciesCatalogue catalogue,
      Console console,
      Clock clock,
      Sleeper sleeper) {
    this.parameters = parameters;
    this.objects = objects;
    this.runs = new RunStore(objects);
    this.catalogue = catalogue;
    this.console = console;
    this.clock = clock;
    this.sleeper = sleeper;
  }

  /**
   * How a run is to be executed, which changes nothing of what comes out.
   *
   * @param device {@code cpu}, {@code gpu} or {@code auto}
   * @param work an empty folder on a local disk
   * @param checkpointEvery how often to save in the middle of an epoch; zero for never
   * @param stop asked after every step and every batch; true saves and ends the run
   */
  public record Execution(
      String device, Path work, Duration checkpointEvery, BooleanSupplier stop) {}

  /**
   * Trains, calibrates, measures and publishes. Of a run that has published already only the report
   * is made.
   *
   * @param backbone TorchScript file; read only when there is no checkpoint to go on from
   * @return what was published, or empty if stopped
   * @throws RunFailedException if it cannot go on; the last checkpoint is kept
   * @throws PreconditionFailedException if another process works on the same run
   * @throws IllegalStateException if the run has {@linkplain RunState#ended() ended}
   */
  public Optional<Published> run(Path backbone, Execution execution) throws IOException {
    String run = parameters.run();
    RunJournal journal = new RunJournal(run, runs, execution.work(), clock);
    RunState before = runs.read(run, RunState.FILE, RunState.class).orElse(null);
    if (before != null) {
      if (before.ended()) {
        throw new IllegalStateException("Expected a run with something left to do, found " + run);
      }
      journal.goOnFrom(before);
    }
    Checkpoints checkpoints =
        new Checkpoints(
            new CheckpointStore(objects, run),
            journal,
            execution.work(),
            new Checkpoints.Timing(execution.checkpointEvery(), clock, sleeper),
            console);
    try {
      return Optional.of(goOn(backbone, execution, journal, checkpoints));
    } catch (StoppedException e) {
      tell(journal, "interrupted", checkpoints.lastPlace().orElse("before the first checkpoint"));
      return Optional.empty();
    } catch (PreconditionFailedException e) {
      throw e; // the record belongs to the other process
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      Optional<RunFailedException> failed =
          RunFailedException.of(e, run, kept(journal, checkpoints));
      tell(journal, "failed", String.valueOf((failed.isPresent() ? failed.get() : e).getMessage()));
      if (failed.isPresent()) {
        throw failed.get();
      }
      throw e;
    }
  }

  private static Optional<String> kept(RunJournal journal, Checkpoints checkpoints) {
    String version = journal.publishedVersion();
    return version == null
        ? checkpoints.lastPlace().map(place -> "The last checkpoint (" + place + ") is kept.")
        : Optional.of("Version " + version + " is published.");
  }

  private Published goOn(
      Path backbone, Execution execution, RunJournal journal, Checkpoints checkpoints)
      throws IOException {
    boolean published = journal.publishedVersion() != null;
    // First of all, so that whatever fails next is recorded with how far the run has come.
    Optional<Path> checkpoint = published ? Optional.empty() : checkpoints.resume();
    Aftermath aftermath = new Aftermath(new ModelRegistry(objects, clock), parameters);
    if (!published && checkpoints.isAfterEpoch(parameters.hyperparameters().epochs())) {
      Optional<String> version = aftermath.version();
      if (version.isPresent()) {
        journal.published(version.get(), parameters.mayPromote());
      }
    } else if (published) {
      String version = String.valueOf(journal.publishedVersion());
      journal.recall(aftermath.published(version).isHeadOnly());
    }
    Material material = material(execution);
    String before = journal.publishedVersion();
    if (before == null) {
      return train(backbone, checkpoint, material, execution, journal, checkpoints);
    }
    console.say(
        "Version " + before + " was published already; making what the run's record lacks.");
    Published done = aftermath.published(before);
    Optional<Examined> examined =
        aftermath.examine(done, material, catalogue, console, execution.work());
    if (examined.isPresent()) {
      report(journal, material)
          .finish(parameters, material.version(), examined.get(), journal.outcome());
    }
    return done;
  }

  private RunReport report(RunJournal journal, Material material) {
    return new RunReport(runs, journal, material.source(), console, clock);
  }

  private Material material(Execution execution) throws IOException {
    DatasetRepository datasets = new DatasetRepository(objects);
    String name = parameters.dataset().name();
    DatasetVersion version = datasets.read(name, parameters.dataset().version());
    console.say(
        "Run "
            + parameters.run()
            + " on dataset "
            + name
            + " version "
            + version.card().version()
            + " ("
            + version.photos().size()
            + " photos)");
    PhotoSelection selection = new PhotoSelection(parameters.run(), runs, console);
    return Material.of(version, datasets, selection, execution.stop());
  }

  private Published train(
      Path backbone,
      Optional<Path> checkpoint,
      Material material,
      Execution execution,
      RunJournal journal,
      Checkpoints checkpoints)
      throws IOException {
    DatasetVersion version = material.version();
    RunPhotos photos = material.photos(catalogue);
    new SplitCheck(version.card(), photos, parameters.hyperparameters()).require(console);
    try (TrainingJob job =
        new TrainingJob(
            parameters.hyperparameters(),
            photos,
            material.source(),
            catalogue,
            teachers(version, execution.work()),
            journal,
            checkpoints,
            new TrainingJob.Surroundings(
                ComputeDevice.of(execution.device()),
                execution.work(),
                execution.stop(),
                console,
                clock))) {
      Path best = job.run(backbone, checkpoint);
      Examined examined =
          new ModelPublication(parameters, version, job, catalogue, console, clock)
              .publish(best, execution.work(), new ModelRegistry(objects, clock));
      journal.published(examined.published().manifest().version(), parameters.mayPromote());
      report(journal, material).finish(parameters, version, examined, journal.outcome());
      return examined.published();
    }
  }

  private List<Training.Teacher> teachers(DatasetVersion version, Path work) throws IOException {
    return new PublishedNetworks(
            new ModelRegistry(objects, clock), runs, new DatasetRepository(objects), version)
        .teachers(parameters.model(), parameters.teachers(), work);
  }

  private void tell(RunJournal journal, String state, String detail) {
    try {
      journal.state(state, detail);
    } catch (IOException e) {
      console.say("The run's record could not be written: " + e.getMessage());
    }
  }
}
