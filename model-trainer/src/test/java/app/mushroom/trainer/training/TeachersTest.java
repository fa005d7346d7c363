package app.mushroom.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import app.mushroom.trainer.torchscript.ClassifierScript;
import app.mushroom.trainer.torchscript.TinyBackbone;
import app.mushroom.trainer.training.Training.Teacher;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TeachersTest {

  private static final int LABELS = 3;

  @TempDir Path folder;

  @Test
  void withoutTeachersTheTargetsStay() {
    float[][] targets = {{1, 0, 0}};
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      NDArray input = manager.zeros(new Shape(1, 3, 16, 16));
      assertThat(Teachers.NONE.blend(input, targets)).isSameAs(targets);
    }
  }

  @Test
  void whatTheTeacherIsSureOfMovesIntoTheTargetsByItsShare() throws Exception {
    float[][] targets = {{1, 0, 0}, {0, 0.5f, 0.5f}};
    float[][] blended = blend(0.25, targets, teacher("a", 50, 0, 0));
    assertThat(blended[0]).containsExactly(new float[] {1, 0, 0}, within(1e-6f));
    assertThat(blended[1]).containsExactly(new float[] {0.25f, 0.375f, 0.375f}, within(1e-6f));
    assertThat(targets[1]).as("the batch's own targets").containsExactly(0, 0.5f, 0.5f);
  }

  @Test
  void severalTeachersHaveEqualSay() throws Exception {
    float[][] blended =
        blend(1, new float[][] {{0, 1, 0}}, teacher("a", 50, 0, 0), teacher("b", 0, 0, 50));
    assertThat(blended[0]).containsExactly(new float[] {0.5f, 0, 0.5f}, within(1e-6f));
  }

  @Test
  void temperatureSharpensATeacherThatIsTooCautious() throws Exception {
    Teacher cautious = teacher("a", 1, 0, 0);
    float[][] plain = blend(1, new float[][] {{0, 1, 0}}, cautious);
    float[][] sharp = blend(1, new float[][] {{0, 1, 0}}, new Teacher(cautious.network(), 0.5));
    double e = Math.exp(1);
    assertThat((double) plain[0][0]).isCloseTo(e / (e + 2), within(1e-5));
    assertThat((double) sharp[0][0]).isCloseTo(e * e / (e * e + 2), within(1e-5));
  }

  private static float[][] blend(double share, float[][] targets, Teacher... some) {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
        Teachers teachers = new Teachers(List.of(some), Device.cpu(), share)) {
      NDArray input = manager.ones(new Shape(targets.length, 3, 16, 16));
      return teachers.blend(input, targets);
    }
  }

  /** A network whose logits are these, whatever it sees. */
  private Teacher teacher(String name, float... logits) throws Exception {
    Path file = folder.resolve(name + ".pt");
    ClassifierScript.write(
        TinyBackbone.write(folder.resolve(name + "-backbone.pt")),
        file,
        new float[LABELS * TinyBackbone.DIMENSIONS],
        logits,
        0);
    return new Teacher(file, 1);
  }
}
