package app.mushroom.trainer.runs;

import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.storage.dataset.DatasetVersion;
import app.mushroom.storage.model.ModelRegistry;
import app.mushroom.trainer.dataset.CheckedPhotos;
import app.mushroom.trainer.dataset.PhotoSource;
import app.mushroom.trainer.runs.CheckpointIndex.Best;
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
   * Trains, calibrates, measures and publishes.
   *
   * @param backbone TorchScript file; read only when there is no checkpoint to go on from
   * @return what was published, or empty if stopped
   * @throws RunFailedException if it cannot go on; the last checkpoint is kept
   */
  public Optional<Published> run(Path backbone, Execution execution) throws IOException {
    requireUnfinished();
    String run = parameters.run();
    RunJournal journal = new RunJournal(run, runs, execution.work(), clock);
    Checkpoints checkpoints =
        new Checkpoints(
            new CheckpointStore(objects, run),
            journal,
            execution.work(),
            new Checkpoints.Timing(execution.checkpointEvery(), clock, sleeper),
            console);
    try {
      return Optional.of(train(backbone, execution, journal, checkpoints));
    } catch (StoppedException e) {
      tell(journal, "interrupted", checkpoints.lastPlace().orElse("before the first checkpoint"));
      return Optional.empty();
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      Optional<RunFailedException> failed = RunFailedException.of(e, run, checkpoints.lastPlace());
      tell(journal, "failed", String.valueOf((failed.isPresent() ? failed.get() : e).getMessage()));
      if (failed.isPresent()) {
        throw failed.get();
      }
      throw e;
    }
  }

  private Published train(
      Path backbone, Execution execution, RunJournal journal, Checkpoints checkpoints)
      throws IOException {
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
    PhotoSource source = new PhotoSource(datasets, name);
    CheckedPhotos checked =
        new PhotoSelection(parameters.run(), runs, console)
            .select(version.photos(), source, execution.stop());
    try (TrainingJob job =
        new TrainingJob(
            parameters.hyperparameters(),
            new RunPhotos(version, checked.readable(), catalogue),
            source,
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
      Path best = job.run(backbone);
      Published published =
          new ModelPublication(parameters, version, job, catalogue, console, clock)
              .publish(best, execution.work(), new ModelRegistry(objects, clock));
      new RunReport(runs, source, console, clock).write(parameters, version, published, best);
      Best epoch = journal.best();
      journal.state(
          "finished",
          "Best epoch on val: " + (epoch == null ? 0 : epoch.epoch()),
          published.manifest().version());
      return published;
    }
  }

  private List<Training.Teacher> teachers(DatasetVersion version, Path work) throws IOException {
    return new PublishedNetworks(
            new ModelRegistry(objects, clock), runs, new DatasetRepository(objects), version)
        .teachers(parameters.model(), parameters.teachers(), work);
  }

  private void requireUnfinished() throws IOException {
    Optional<RunState> state = runs.read(parameters.run(), "run.json", RunState.class);
    if (state.isPresent() && state.get().publishedVersion() != null) {
      throw new IOException(
          "Run "
              + parameters.run()
              + " is finished: it was published as version "
              + state.get().publishedVersion()
              + " of model "
              + parameters.model()
              + ". Start a new run, without --resume.");
    }
  }

  private void tell(RunJournal journal, String state, String detail) {
    try {
      journal.state(state, detail, null);
    } catch (IOException e) {
      console.say("The run's record could not be written: " + e.getMessage());
    }
  }
}
