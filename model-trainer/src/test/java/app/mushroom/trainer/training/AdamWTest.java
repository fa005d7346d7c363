package app.mushroom.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AdamWTest {

  @Test
  void clipsPositiveAndNegativeGradientsAlike() {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      NDArray weight = parameter(manager, 0, 0);
      try (AdamW optimiser = new AdamW(manager, Map.of("weight", weight), 0, 1)) {
        backward(manager, weight, 100, -100);
        assertThat(optimiser.step(name -> 0.1))
            .isCloseTo((float) (100 * Math.sqrt(2)), within(1e-3f));
        float[] moved = weight.toFloatArray();
        assertThat(moved[0]).isCloseTo(-0.1f, within(1e-4f));
        assertThat(moved[1]).isCloseTo(0.1f, within(1e-4f));
      }
    }
  }

  @Test
  void stepsAlthoughTheGradientsSumToZero() {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      NDArray weight = parameter(manager, 1, 1);
      try (AdamW optimiser = new AdamW(manager, Map.of("weight", weight), 0, 10)) {
        backward(manager, weight, 1, -1);
        optimiser.step(name -> 0.01);
        assertThat(weight.toFloatArray()[0]).isLessThan(1);
        assertThat(weight.toFloatArray()[1]).isGreaterThan(1);
      }
    }
  }

  @Test
  void clearsGradientsAfterAStep() {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      NDArray weight = parameter(manager, 0, 0);
      try (AdamW optimiser = new AdamW(manager, Map.of("weight", weight), 0, 1e9)) {
        backward(manager, weight, 3, 4);
        assertThat(optimiser.step(name -> 0.1)).isCloseTo(5, within(1e-4f));
        backward(manager, weight, 3, 4);
        assertThat(optimiser.step(name -> 0.1)).isCloseTo(5, within(1e-4f));
      }
    }
  }

  @Test
  void refusesGradientsThatAreNotFinite() {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      NDArray weight = parameter(manager, 2, 2);
      try (AdamW optimiser = new AdamW(manager, Map.of("weight", weight), 0, 1)) {
        backward(manager, weight, Float.NaN, 1);
        assertThatThrownBy(() -> optimiser.step(name -> 0.1))
            .isInstanceOf(DivergedException.class)
            .hasMessageContaining("--learning-rate");
        assertThat(weight.toFloatArray()).containsExactly(2, 2);
      }
    }
  }

  @Test
  void goesOnFromASavedStateAsIfNeverInterrupted() throws Exception {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      NDArray through = parameter(manager, 1, 2);
      NDArray resumed = parameter(manager, 1, 2);
      ByteArrayOutputStream saved = new ByteArrayOutputStream();
      try (AdamW optimiser = new AdamW(manager, Map.of("weight", through), 0.1, 5)) {
        for (int i = 0; i < 4; i++) {
          backward(manager, through, i + 1, -2 * i);
          optimiser.step(name -> 0.1);
        }
      }
      try (AdamW first = new AdamW(manager, Map.of("weight", resumed), 0.1, 5)) {
        for (int i = 0; i < 2; i++) {
          backward(manager, resumed, i + 1, -2 * i);
          first.step(name -> 0.1);
        }
        first.save(new DataOutputStream(saved));
      }
      try (AdamW second = new AdamW(manager, Map.of("weight", resumed), 0.1, 5)) {
        second.load(new DataInputStream(new ByteArrayInputStream(saved.toByteArray())));
        for (int i = 2; i < 4; i++) {
          backward(manager, resumed, i + 1, -2 * i);
          second.step(name -> 0.1);
        }
      }
      assertThat(resumed.toFloatArray()).isEqualTo(through.toFloatArray());
    }
  }

  private static NDArray parameter(NDManager manager, float... values) {
    NDArray array = manager.create(values, new Shape(1, values.length));
    array.setRequiresGradient(true);
    return array;
  }

  /** Leaves the given gradient on the parameter. */
  private static void backward(NDManager manager, NDArray weight, float... gradient) {
    NDArray factors = manager.create(gradient, new Shape(1, gradient.length));
    try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      collector.backward(weight.mul(factors).sum());
    }
  }
}
