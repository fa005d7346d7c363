package app.mushroom.trainer.runs;

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

/** Published versions as teachers: immutable, so that a run with teachers can be repeated. */
final class TeacherModels {

  private final ModelRegistry registry;
  private final LabelIndex labels;

  TeacherModels(ModelRegistry registry, LabelIndex labels) {
    this.registry = registry;
    this.labels = labels;
  }

  /**
   * @param work the verified bundles go into new folders in here
   * @throws IOException if a version is missing, damaged or knows other labels
   */
  List<Teacher> fetch(String model, @Nullable List<String> versions, Path work) throws IOException {
    List<Teacher> teachers = new ArrayList<>();
    for (String version : versions == null ? List.<String>of() : versions) {
      VerifiedBundle bundle = registry.fetch(model, version, work.resolve("teacher-" + version));
      List<String> known =
          LabelSet.read(bundle.file("labels.json")).labels().stream().map(Label::label).toList();
      if (!known.equals(labels.labels())) {
        throw new IOException(
            "Expected teacher "
                + model
                + " version "
                + version
                + " to know the dataset's "
                + labels.size()
                + " labels, found "
                + known.size()
                + " labels, not the same ones. Train it on this dataset first.");
      }
      Calibration calibration = Calibration.read(bundle.file("calibration.json"));
      teachers.add(new Teacher(bundle.file("model.pt"), calibration.temperature()));
    }
    return teachers;
  }
}
