package app.mushroom.trainer.runs;

import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.storage.dataset.DatasetVersion;
import app.mushroom.storage.model.ModelRegistry;
import app.mushroom.trainer.runs.ModelPublication.Examined;
import app.mushroom.trainer.runs.ModelPublication.Published;
import app.mushroom.trainer.training.ComputeDevice;
import app.mushroom.vision.species.SpeciesCatalogue;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

/**
 * Publishes the network of a finished run once more, with calibration and thresholds fitted anew.
 * The network is taken from the version it was published as, so it works without checkpoints.
 */
public final class Recalibration {

  private final ObjectStore objects;
  private final SpeciesCatalogue catalogue;
  private final Console console;
  private final Clock clock;

  public Recalibration(
      ObjectStore objects, SpeciesCatalogue catalogue, Console console, Clock clock) {
    this.objects = objects;
    this.catalogue = catalogue;
    this.console = console;
    this.clock = clock;
  }

  /**
   * @param wanted the run's name, as {@link RunStore#named} understands it
   * @param device {@code cpu}, {@code gpu} or {@code auto}
   * @param work an empty folder on a local disk
   * @param promote whether the version is to be considered for promotion
   * @throws IOException if there is no such run, it has not published a version, or that version or
   *     its dataset version cannot be read
   */
  public Published publish(String wanted, String device, Path work, boolean promote)
      throws IOException {
    RunStore runs = new RunStore(objects);
    String run = runs.named(wanted);
    RunParameters parameters = runs.parameters(run);
    String before = published(runs, run);
    ModelRegistry registry = new ModelRegistry(objects, clock);
    boolean headOnly = new Aftermath(registry, parameters).published(before).isHeadOnly();
    Path network =
        registry.fetch(parameters.model(), before, work.resolve("before")).file("model.pt");
    DatasetRepository datasets = new DatasetRepository(objects);
    String name = parameters.dataset().name();
    DatasetVersion dataset = datasets.read(name, parameters.dataset().version());
    parameters.requireSame(dataset);
    Material material =
        Material.of(dataset, datasets, new PhotoSelection(run, runs, console), () -> false);
    RunJournal journal = new RunJournal(run, runs, work, clock);
    try (TrainingJob job =
        TrainingJob.idle(
            parameters,
            objects,
            material.photos(catalogue),
            material.source(),
            catalogue,
            journal,
            new TrainingJob.Surroundings(
                ComputeDevice.of(device), work, () -> false, console, clock))) {
      job.recall(headOnly);
      Examined examined =
          new ModelPublication(parameters, dataset, job, catalogue, console, clock)
              .publish(network, work, registry);
      String version = examined.published().manifest().version();
      journal.published(version, promote);
      String outcome = "Version " + before + ", calibrated again as version " + version;
      new RunReport(runs, journal, material.source(), console, clock)
          .finish(parameters, dataset, examined, outcome);
      return examined.published();
    }
  }

  private static String published(RunStore runs, String run) throws IOException {
    String version =
        runs.read(run, RunState.FILE, RunState.class).map(RunState::publishedVersion).orElse(null);
    if (version == null) {
      throw new IOException(
          "Expected a run that has published a version, found "
              + run
              + ", which has not. Finish it with: mushroom train --resume "
              + run);
    }
    return version;
  }
}
