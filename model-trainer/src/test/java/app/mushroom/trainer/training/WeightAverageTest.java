package app.mushroom.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import app.mushroom.trainer.torchscript.ClassifierScript;
import app.mushroom.trainer.torchscript.TinyBackbone;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightAverageTest {

  @TempDir Path folder;

  @Test
  void averagesOverTheStepsThereAreAtFirst() {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      NDArray weight = manager.create(new float[] {0, 0}, new Shape(1, 2));
      weight.setRequiresGradient(true);
      try (WeightAverage average = new WeightAverage(manager, Map.of("w", weight), 0.999)) {
        weight.set(new float[] {10, -20});
        average.update(); // keeps 1/10 of the start
        average.apply();
        assertThat(weight.toFloatArray()).containsExactly(9, -18);
        average.restore();
        assertThat(weight.toFloatArray()).containsExactly(10, -20);
      }
    }
  }

  @Test
  void movesTheNetworkItselfAndBringsItBackToTheBit() throws Exception {
    Path file = folder.resolve("network.pt");
    float[] head = new float[3 * TinyBackbone.DIMENSIONS];
    java.util.Arrays.fill(head, 0.5f);
    ClassifierScript.write(
        TinyBackbone.write(folder.resolve("backbone.pt")), file, head, new float[3], 0);
    try (Network network = Network.load(file);
        WeightAverage average = new WeightAverage(network.manager(), network.parameters(), 0.999)) {
      JniUtils.setGradMode(false);
      network.parameters().values().forEach(array -> array.addi(array));
      average.update();
      float[] live = answer(network);
      JniUtils.setGradMode(true); // as it is in a thread of its own
      average.apply();
      float[] averaged = answer(network);
      average.restore();
      assertThat(averaged).isNotEqualTo(live);
      assertThat(answer(network)).isEqualTo(live);
    } finally {
      JniUtils.setGradMode(false);
    }
  }

  private static float[] answer(Network network) {
    try (NDManager scope = network.manager().newSubManager()) {
      return network.infer(scope.ones(new Shape(1, 3, 16, 16))).get(0).toFloatArray();
    }
  }
}
