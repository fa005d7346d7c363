package app.mushroom.trainer.runs;

import app.mushroom.storage.dataset.DatasetCard;
import app.mushroom.storage.dataset.DatasetRejectedException;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.storage.dataset.DatasetVersion;
import app.mushroom.storage.dataset.Split;
import app.mushroom.storage.model.BundleManifest;
import app.mushroom.storage.model.DatasetReference;
import app.mushroom.storage.model.ModelRegistry;
import app.mushroom.storage.model.VerifiedBundle;
import app.mushroom.trainer.dataset.LabelIndex;
import app.mushroom.trainer.training.Training.Teacher;
import app.mushroom.vision.decision.Calibration;
import app.mushroom.vision.decision.Label;
import app.mushroom.vision.decision.LabelSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Published versions to learn from or to average: immutable, so that a run that used them can be
 * repeated.
 */
final class PublishedNetworks {

  private final ModelRegistry registry;
  private final Lineage lineage;
  private final DatasetRepository datasets;
  private final DatasetVersion dataset;
  private final List<String> labels;

  /**
   * @param dataset whose labels a version must know, in their order, and whose test photos none may
   *     have learned from
   */
  PublishedNetworks(
      ModelRegistry registry, RunStore runs, DatasetRepository datasets, DatasetVersion dataset) {
    this.registry = registry;
    this.lineage = new Lineage(registry, runs);
    this.datasets = datasets;
    this.dataset = dataset;
    this.labels = LabelIndex.of(dataset.photos()).labels();
  }

  /**
   * @param work the verified bundle goes into a new folder in here
   * @throws IOException if the version is missing, damaged, knows other labels, or was trained on
   *     photos of the dataset's test split
   */
  VerifiedBundle fetch(String model, String version, Path work) throws IOException {
    VerifiedBundle bundle = registry.fetch(model, version, work.resolve("version-" + version));
    List<String> known =
        LabelSet.read(bundle.file("labels.json")).labels().stream().map(Label::label).toList();
    if (!known.equals(labels)) {
      throw new IOException(
          "Expected "
              + model
              + " version "
              + version
              + " to know the dataset's "
              + labels.size()
              + " labels, found "
              + known.size()
              + " labels that are not the same. Train it on this dataset first.");
    }
    requireUnseenTest(bundle.manifest());
    return bundle;
  }

  /** A network made of one that knows the test photos would be measured on what it was told. */
  private void requireUnseenTest(BundleManifest version) throws IOException {
    DatasetCard card = dataset.card();
    DatasetReference own = new DatasetReference(card.name(), card.version(), card.manifestSha256());
    SeenPhotos seen = new SeenPhotos(datasets, card.name());
    for (DatasetReference learned : lineage.datasets(version)) {
      try {
        if (!learned.equals(own)) {
          seen.add(learned);
        }
      } catch (DatasetRejectedException e) {
        throw new IOException(
            "Expected dataset %s version %d in this store, since %s version %s learned from it and may know test photos of %s version %d: %s Leave that version out."
                .formatted(
                    learned.name(),
                    learned.version(),
                    version.name(),
                    version.version(),
                    card.name(),
                    card.version(),
                    e.getMessage()),
            e);
      }
    }
    long known =
        dataset.photos().stream()
            .filter(photo -> photo.split() == Split.TEST && seen.contains(photo))
            .count();
    if (known > 0) {
      throw new IOException(
          "Expected %s version %s to know no test photo of dataset %s version %d, found %d that it, or a version it was made of, was trained or tuned on. What comes of it would look better than it is: leave that version out, or train it anew on this dataset version."
              .formatted(version.name(), version.version(), card.name(), card.version(), known));
    }
  }

  /** Versions as teachers, with the temperature of their calibration. */
  List<Teacher> teachers(String model, @Nullable List<String> versions, Path work)
      throws IOException {
    List<Teacher> teachers = new ArrayList<>();
    for (String version : versions == null ? List.<String>of() : versions) {
      VerifiedBundle bundle = fetch(model, version, work);
      Calibration calibration = Calibration.read(bundle.file("calibration.json"));
      teachers.add(new Teacher(bundle.file("model.pt"), calibration.temperature()));
    }
    return teachers;
  }
}
