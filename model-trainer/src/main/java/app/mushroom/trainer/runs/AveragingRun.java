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
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A run that trains nothing: it publishes the average of versions of one model. */
public final class AveragingRun {

  private final ObjectStore objects;
  private final RunStore runs;
  private final Console console;
  private final Clock clock;

  public AveragingRun(ObjectStore objects, Console console, Clock clock) {
    this.objects = objects;
    this.runs = new RunStore(objects);
    this.console = console;
    this.clock = clock;
  }

  /**
   * @param versions at least one; the first one's run lends its settings and its dataset
   * @param device {@code cpu}, {@code gpu} or {@code auto}
   * @param work an empty folder on a local disk
   * @param promote whether the version is to be considered for promotion
   * @throws IOException if a version is missing or damaged, they know different labels, or one
   *     knows test photos
   */
  public Published run(
      String model, List<String> versions, String device, Path work, boolean promote)
      throws IOException {
    ModelRegistry registry = new ModelRegistry(objects, clock);
    String first = registry.manifest(model, versions.get(0)).run();
    RunParameters lender =
        runs.read(first, RunParameters.FILE, RunParameters.class)
            .orElseThrow(
                () ->
                    new IOException(
                        "Expected the store to hold run "
                            + first
                            + ", which "
                            + model
                            + " version "
                            + versions.get(0)
                            + " came from; it does not. Name a version first whose run is there."));
    DatasetRepository datasets = new DatasetRepository(objects);
    DatasetVersion dataset = datasets.read(lender.dataset().name(), lender.dataset().version());
    PublishedNetworks networks = new PublishedNetworks(registry, runs, datasets, dataset);
    Map<String, Path> files = new LinkedHashMap<>();
    for (String version : versions) {
      files.put(version, networks.fetch(model, version, work).file("model.pt"));
    }
    Instant now = clock.instant();
    RunParameters asked = lender.asAverage(RunNames.make(now), now, versions);
    RunJournal journal = new RunJournal(asked.run(), runs, work, clock);
    try {
      return average(asked, dataset, files, journal, new Place(device, work, promote), registry);
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      Optional<RunFailedException> failed = RunFailedException.of(e, asked.run(), Optional.empty());
      recordFailure(asked, journal, failed.isPresent() ? failed.get() : e);
      if (failed.isPresent()) {
        throw failed.get();
      }
      throw e;
    }
  }

  private record Place(String device, Path work, boolean promote) {}

  private Published average(
      RunParameters asked,
      DatasetVersion dataset,
      Map<String, Path> files,
      RunJournal journal,
      Place place,
      ModelRegistry registry)
      throws IOException {
    SpeciesCatalogue catalogue = SpeciesCatalogue.load();
    Material material =
        Material.of(
            dataset,
            new DatasetRepository(objects),
            new PhotoSelection(asked.run(), runs, console),
            () -> false);
    try (TrainingJob job =
        TrainingJob.idle(
            asked,
            objects,
            material.photos(catalogue),
            material.source(),
            catalogue,
            journal,
            new TrainingJob.Surroundings(
                ComputeDevice.of(place.device()), place.work(), () -> false, console, clock))) {
      Path average = place.work().resolve("average.pt");
      List<String> chosen = job.average(files, average);
      RunParameters made = asked.asAverage(asked.run(), asked.created(), chosen);
      // Once, and after the choice: a tracking server does not let parameters change.
      runs.write(made.run(), RunParameters.FILE, made);
      String words = "Average of versions " + String.join(", ", chosen);
      journal.state("running", words);
      console.say("Publishing the average of versions " + String.join(", ", chosen));
      Examined examined =
          new ModelPublication(made, dataset, job, catalogue, console, clock)
              .publish(average, place.work(), registry);
      journal.published(examined.published().manifest().version(), place.promote());
      new RunReport(runs, journal, material.source(), console, clock)
          .finish(made, dataset, examined, words);
      return examined.published();
    }
  }

  private void recordFailure(RunParameters asked, RunJournal journal, Throwable failure) {
    try {
      if (runs.read(asked.run(), RunParameters.FILE, RunParameters.class).isEmpty()) {
        runs.write(asked.run(), RunParameters.FILE, asked);
      }
      journal.state("failed", String.valueOf(failure.getMessage()));
    } catch (IOException e) {
      console.say("The run's record could not be written: " + e.getMessage());
    }
  }
}
