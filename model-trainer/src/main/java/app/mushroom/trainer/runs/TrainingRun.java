package app.mushroom.trainer.runs;

import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.storage.dataset.DatasetVersion;
import app.mushroom.storage.model.ModelRegistry;
import app.mushroom.trainer.dataset.LabelIndex;
import app.mushroom.trainer.dataset.PhotoSource;
import app.mushroom.trainer.runs.ModelPublication.Published;
import app.mushroom.trainer.training.Training;
import app.mushroom.vision.species.SpeciesCatalogue;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
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

  public TrainingRun(
      RunParameters parameters,
      ObjectStore objects,
      SpeciesCatalogue catalogue,
      Console console,
      Clock clock) {
    this.parameters = parameters;
    this.objects = objects;
    this.runs = new RunStore(objects);
    this.catalogue = catalogue;
    this.console = console;
    this.clock = clock;
  }

  /**
   * Trains, calibrates, measures and publishes.
   *
   * @param backbone TorchScript file; read only when there is no checkpoint to go on from
   * @param device {@code cpu}, {@code gpu} or {@code auto}
   * @param work an empty folder on a local disk
   * @return what was published, or empty if stopped
   */
  public Optional<Published> run(Path backbone, String device, Path work, BooleanSupplier stop)
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
    PhotoSource photos = new PhotoSource(datasets, name);
    ModelRegistry registry = new ModelRegistry(objects, clock);
    List<Training.Teacher> teachers =
        new TeacherModels(registry, LabelIndex.of(version.photos()))
            .fetch(parameters.model(), parameters.teachers(), work);
    try (TrainingJob job =
        new TrainingJob(
            parameters, runs, version, photos, catalogue, teachers, device, work, console, clock)) {
      Optional<Path> best;
      try {
        best = job.run(backbone, stop);
      } catch (IOException | RuntimeException e) {
        job.state("failed", e.getMessage(), null);
        throw e;
      }
      if (best.isEmpty()) {
        return Optional.empty();
      }
      Published published =
          new ModelPublication(parameters, version, job, catalogue, console, clock)
              .publish(best.get(), work, registry);
      runs.write(parameters.run(), "evaluation.json", published.metrics());
      job.state(
          "finished", "Best epoch on val: " + job.bestEpoch(), published.manifest().version());
      return Optional.of(published);
    }
  }
}
