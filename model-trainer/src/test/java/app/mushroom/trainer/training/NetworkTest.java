package app.mushroom.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import app.mushroom.trainer.torchscript.ClassifierScript;
import app.mushroom.trainer.torchscript.ScriptTensors;
import app.mushroom.trainer.torchscript.TinyBackbone;
import java.io.DataOutputStream;
import java.io.OutputStream;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each test is a trap of fine-tuning TorchScript with DJL that fails silently. */
class NetworkTest {

  private static final int LABELS = 3;
  private static final int SIZE = 16;

  @TempDir Path folder;

  private Path file;

  @BeforeEach
  void writeNetwork() throws Exception {
    float[] weight = new float[LABELS * TinyBackbone.DIMENSIONS];
    Random random = new Random(3);
    for (int i = 0; i < weight.length; i++) {
      weight[i] = (float) random.nextGaussian();
    }
    file = folder.resolve("network.pt");
    ClassifierScript.write(
        TinyBackbone.write(folder.resolve("backbone.pt")), file, weight, new float[LABELS], 0);
  }

  @Test
  void answersWithLogitsAndEmbedding() {
    try (Network network = Network.load(file, Device.cpu());
        NDManager scope = network.manager().newSubManager()) {
      NDList out = network.infer(input(scope, 4));
      assertThat(out.get(0).getShape()).isEqualTo(new Shape(4, LABELS));
      assertThat(out.get(1).getShape()).isEqualTo(new Shape(4, TinyBackbone.DIMENSIONS));
    }
  }

  @Test
  void trainsBatchNormFromTheVeryFirstPass() throws Exception {
    try (Network network = Network.load(file, Device.cpu());
        NDManager scope = network.manager().newSubManager()) {
      network.train(input(scope, 8));
      assertThat(saved(network).get("backbone.running_mean"))
          .isNotEqualTo(ScriptTensors.read(file).get("backbone.running_mean"));
    }
  }

  @Test
  void leavesStatisticsAloneWhenItOnlyAnswers() throws Exception {
    try (Network network = Network.load(file, Device.cpu());
        NDManager scope = network.manager().newSubManager()) {
      network.infer(input(scope, 8));
      assertThat(saved(network).get("backbone.running_mean"))
          .isEqualTo(ScriptTensors.read(file).get("backbone.running_mean"));
    }
  }

  @Test
  void everyTensorMovesAndIsSaved() throws Exception {
    try (Network network = Network.load(file, Device.cpu())) {
      step(network, 3);
      Map<String, byte[]> before = ScriptTensors.read(file);
      Map<String, byte[]> after = saved(network);
      assertThat(after.keySet()).isEqualTo(before.keySet());
      before.forEach((name, bytes) -> assertThat(after.get(name)).as(name).isNotEqualTo(bytes));
    }
  }

  @Test
  void answersTheSameAfterSavingInTheMiddleOfTrainingAndLoading() throws Exception {
    try (Network network = Network.load(file, Device.cpu())) {
      step(network, 2);
      try (NDManager scope = network.manager().newSubManager()) {
        network.train(input(scope, 8)); // the module is in train mode now
        Path copy = folder.resolve("copy.pt");
        network.save(copy);
        float[] expected = network.infer(input(scope, 4)).get(0).toFloatArray();
        try (Network loaded = Network.load(copy, Device.cpu());
            NDManager other = loaded.manager().newSubManager()) {
          assertThat(loaded.infer(input(other, 4)).get(0).toFloatArray()).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void aLoadedNetworkGoesOnLearning() throws Exception {
    Path copy = folder.resolve("copy.pt");
    try (Network network = Network.load(file, Device.cpu())) {
      step(network, 1);
      network.save(copy);
    }
    try (Network loaded = Network.load(copy, Device.cpu())) {
      step(loaded, 1);
      Map<String, byte[]> before = ScriptTensors.read(copy);
      saved(loaded)
          .forEach((name, bytes) -> assertThat(bytes).as(name).isNotEqualTo(before.get(name)));
    }
  }

  @Test
  void stepsLeaveNoTensorsBehind() throws Exception {
    try (Network network = Network.load(file, Device.cpu());
        WeightAverage average = new WeightAverage(network.manager(), network.parameters(), 0.9)) {
      int before = network.manager().getManagedArrays().size();
      for (int i = 0; i < 3; i++) {
        step(network, 2);
        average.update();
        average.apply();
        average.restore();
        average.save(new DataOutputStream(OutputStream.nullOutputStream()));
      }
      assertThat(network.manager().getManagedArrays()).hasSize(before);
    }
  }

  @Test
  void gradientsSurviveGarbageCollectionBetweenForwardAndBackward() {
    float[] calm = gradient(mean -> mean, false);
    for (int attempt = 0; attempt < 3; attempt++) {
      assertThat(gradient(mean -> mean, true)).isEqualTo(calm);
    }
  }

  /** That the test above would notice: this is what the loss must not do. */
  @Test
  void gradientsOfScalarOperandsDoNotSurviveIt() {
    float[] calm = gradient(mean -> mean.mul(3), false);
    boolean wrong = false;
    for (int attempt = 0; attempt < 20 && !wrong; attempt++) {
      wrong = !Arrays.equals(gradient(mean -> mean.mul(3), true), calm);
    }
    assertThat(wrong).as("gradients differ after the scalar's memory was freed").isTrue();
  }

  private float[] gradient(UnaryOperator<NDArray> last, boolean collectGarbage) {
    try (Network network = Network.load(file, Device.cpu());
        HierarchicalLoss loss = loss(network.manager());
        NDManager scope = network.manager().newSubManager()) {
      NDArray input = input(scope, 8);
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        NDArray mean = last.apply(loss.evaluate(network.train(input).get(0), targets(8)));
        if (collectGarbage) {
          collectGarbage();
        }
        collector.backward(mean);
      }
      return network.parameters().get("backbone.weight").getGradient().toFloatArray();
    }
  }

  /** Frees the native memory of buffers that nobody refers to any more. */
  private static void collectGarbage() {
    BufferPoolMXBean direct =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals("direct"))
            .findFirst()
            .orElseThrow();
    long before = direct.getCount();
    ByteBuffer.allocateDirect(4);
    for (int i = 0; i < 100 && direct.getCount() > before - 1; i++) {
      System.gc();
    }
  }

  private static void step(Network network, int times) {
    try (HierarchicalLoss loss = loss(network.manager());
        AdamW optimiser = new AdamW(network.manager(), network.parameters(), 0.01, 1)) {
      for (int i = 0; i < times; i++) {
        try (NDManager scope = network.manager().newSubManager()) {
          NDArray input = input(scope, 8);
          try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
            collector.backward(loss.evaluate(network.train(input).get(0), targets(8)));
          }
        }
        optimiser.step(name -> 1e-2);
      }
    }
  }

  private Map<String, byte[]> saved(Network network) throws Exception {
    Path copy = folder.resolve("saved.pt");
    network.save(copy);
    return ScriptTensors.read(copy);
  }

  private static HierarchicalLoss loss(NDManager manager) {
    return new HierarchicalLoss(
        manager, LABELS, List.of(new HierarchicalLoss.Grouping(0.5, new int[] {0, 0, 1})));
  }

  private static float[][] targets(int count) {
    float[][] targets = new float[count][LABELS];
    for (int row = 0; row < count; row++) {
      targets[row][row % LABELS] = 1;
    }
    return targets;
  }

  private static NDArray input(NDManager scope, int count) {
    Random random = new Random(11);
    float[] values = new float[count * 3 * SIZE * SIZE];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return scope.create(values, new Shape(count, 3, SIZE, SIZE));
  }
}
