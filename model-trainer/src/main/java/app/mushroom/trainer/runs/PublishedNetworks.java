package app.mushroom.trainer.runs;

import app.mushroom.storage.model.ModelRegistry;
import app.mushroom.storage.model.VerifiedBundle;
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
  private final List<String> labels;

  /**
   * @param labels that a version must know, in this order
   */
  PublishedNetworks(ModelRegistry registry, List<String> labels) {
    this.registry = registry;
    this.labels = labels;
  }

  /**
   * @param work the verified bundle goes into a new folder in here
   * @throws IOException if the version is missing, damaged or knows other labels
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
    return bundle;
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
