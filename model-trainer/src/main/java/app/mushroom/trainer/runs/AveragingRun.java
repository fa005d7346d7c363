package app.mushroom.trainer.runs;

import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.storage.dataset.DatasetVersion;
import app.mushroom.storage.model.ModelRegistry;
import app.mushroom.trainer.dataset.CheckedPhotos;
import app.mushroom.trainer.dataset.PhotoSource;
import app.mushroom.trainer.runs.ModelPublication.Published;
import app.mushroom.trainer.training.ComputeDevice;
import app.mushroom.vision.species.SpeciesCatalogue;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A run that trains nothing: it publishes the average of versions of one model. */
public final class AveragingRun {

  private final ObjectStore objects;
  private final Console console;
  private final Clock clock;

  public AveragingRun(ObjectStore objects, Console console, Clock clock) {
    this.objects = objects;
    this.console = console;
    this.clock = clock;
  }

  /**
   * @param versions at least one; the first one's run lends its settings and its dataset
   * @param device {@code cpu}, {@code gpu} or {@code auto}
   * @param work an empty folder on a local disk
   * @throws IOException if a version is missing or damaged, they know different labels, or one
   *     knows test photos
   */
  public Published run(String model, List<String> versions, String device, Path work)
      throws IOException {
    ModelRegistry registry = new ModelRegistry(objects, clock);
    RunStore runs = new RunStore(objects);
    String first = registry.manifest(model, versions.get(0)).run();
    RunParameters lender =
        runs.read(first, "params.json", RunParameters.class)
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
    RunParameters parameters = lender.asAverage(RunNames.make(clock.instant()), clock, versions);
    runs.write(parameters.run(), "params.json", parameters);
    PhotoSource photos = new PhotoSource(datasets, dataset.card().name());
    SpeciesCatalogue catalogue = SpeciesCatalogue.load();
    RunJournal journal = new RunJournal(parameters.run(), runs, work, clock);
    CheckedPhotos checked =
        new PhotoSelection(parameters.run(), runs, console)
            .select(dataset.photos(), photos, () -> false);
    try (TrainingJob job =
        TrainingJob.idle(
            parameters,
            objects,
            new RunPhotos(dataset, checked.readable(), catalogue),
            photos,
            catalogue,
            journal,
            new TrainingJob.Surroundings(
                ComputeDevice.of(device), work, () -> false, console, clock))) {
      Path average = work.resolve("average.pt");
      List<String> chosen = job.average(files, average);
      RunParameters made = parameters.asAverage(parameters.run(), clock, chosen);
      runs.write(made.run(), "params.json", made);
      console.say("Publishing the average of versions " + String.join(", ", chosen));
      Published published =
          new ModelPublication(made, dataset, job, catalogue, console, clock)
              .publish(average, work, registry);
      new RunReport(runs, photos, console, clock).write(made, dataset, published, average);
      journal.state(
          "finished",
          "Average of versions " + String.join(", ", chosen),
          published.manifest().version());
      return published;
    }
  }
}
