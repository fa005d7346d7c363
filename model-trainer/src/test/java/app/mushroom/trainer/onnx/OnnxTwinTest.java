package app.mushroom.trainer.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.offset;
import static org.junit.jupiter.api.Assumptions.abort;

import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoopTranslator;
import app.mushroom.trainer.torchscript.ClassifierScript;
import app.mushroom.trainer.torchscript.TinyBackbone;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxTwinTest {
  private static final Path STARTER =
      Path.of("..", "api-service", "src", "main", "resources", "starter-model", "model.pt");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {224, 193})
  void answersAsTheStarterModelDoes(int size) throws Exception {
    assertTwin(STARTER, size, 4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"efficientnetv2b0_embedding.pt", "mobilenetv2_embedding.pt"})
  void answersAsBackbonesWithANewHeadDo(String name) throws Exception {
    assertTwin(classifier(backbone(name), 5, 1280), 160, 4);
  }

  @Test
  void answersAsANetworkWithoutMapsDoes() throws Exception {
    Path backbone = TinyBackbone.writeWithoutMaps(folder.resolve("backbone.pt"));
    assertTwin(classifier(backbone, 3, TinyBackbone.DIMENSIONS), 33, 2);
  }

  private Path classifier(Path backbone, int classes, int dimensions) throws Exception {
    Path network = folder.resolve("network.pt");
    Random random = new Random(3);
    float[] weight = new float[classes * dimensions];
    for (int i = 0; i < weight.length; i++) {
      weight[i] = (float) random.nextGaussian() * 0.1f;
    }
    ClassifierScript.write(backbone, network, weight, new float[classes], 0.2);
    return network;
  }

  private void assertTwin(Path network, int size, int outputs) throws Exception {
    Path twin = folder.resolve("model.onnx");
    OnnxTwin.write(network, twin, size);
    for (int photos : new int[] {1, 3}) {
      float[] pixels = new float[photos * 3 * size * size];
      Random random = new Random(photos);
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = (float) random.nextGaussian();
      }
      List<float[]> one = run("PyTorch", network, outputs == 4, pixels, photos, size);
      List<float[]> other = run("OnnxRuntime", twin, false, pixels, photos, size);
      assertThat(other).hasSize(outputs).hasSameSizeAs(one);
      for (int i = 0; i < outputs; i++) {
        float largest = 1;
        for (float value : one.get(i)) {
          largest = Math.max(largest, Math.abs(value));
        }
        assertThat(other.get(i)).as("output " + i).hasSameSizeAs(one.get(i));
        assertThat(other.get(i))
            .as("output " + i)
            .containsExactly(one.get(i), offset(1e-4f * largest));
      }
    }
  }

  private static List<float[]> run(
      String engine, Path file, boolean maps, float[] pixels, int photos, int size)
      throws Exception {
    try (Model model = Model.newInstance("network", engine)) {
      model.load(file);
      try (Predictor<NDList, NDList> predictor = model.newPredictor(new NoopTranslator());
          var manager = model.getNDManager().newSubManager()) {
        NDList input = new NDList(manager.create(pixels, new Shape(photos, 3, size, size)));
        if (maps) {
          NDArray method = manager.create(0f);
          method.setName("module_method:maps");
          input.add(method);
        }
        NDList result = predictor.predict(input);
        long t = System.nanoTime();
        for (int i = 0; i < 20; i++) predictor.predict(input).close();
        System.out.println(
            engine + " " + photos + "x" + size + " ms " + (System.nanoTime() - t) / 20e6);
        return result.stream().map(NDArray::toFloatArray).toList();
      }
    }
  }

  private static Path backbone(String name) {
    Path backbone =
        Path.of(System.getProperty("mushroom.testdata", "../../shared"), "backbones", name);
    if (!Files.exists(backbone)) {
      String message = "needs the backbone at " + backbone + ", which is not there";
      if (System.getenv("MUSHROOM_TESTDATA") != null) {
        fail(message);
      }
      abort(message);
    }
    return backbone;
  }
}
