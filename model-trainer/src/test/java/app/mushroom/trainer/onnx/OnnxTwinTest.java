package app.mushroom.trainer.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "return torch.relu(z)",
        "return torch.relu_(z)",
        "return torch.hardswish(z)",
        "return torch.hardsigmoid(z)",
        "return torch.hardtanh_(z, 0., 0.5)",
        "return torch.mul(torch.add(z, 1), torch.sigmoid(z))",
        "return torch.add(z, torch.tanh(z), alpha=1)",
        "return torch.max_pool2d(torch.silu(z), [3, 3], [2, 2], [1, 1], [1, 1], False)",
        "return torch.batch_norm(torch.relu(z), gamma, beta, running_mean, running_var, training, 0.1, 1e-05, True)",
        "return torch.conv2d(torch.pad(x, [0, 1, 2, 3]), weight, gamma, [2, 1], [1, 0], [2, 2], 1)",
      })
  void answersAsTheOperatorsOfANetworkDo(String last) throws Exception {
    Path backbone =
        TinyBackbone.writeWith(
            folder.resolve("backbone.pt"), code -> code.replace("return torch.relu(z)", last));
    assertTwin(classifier(backbone, 3, TinyBackbone.DIMENSIONS), 33, 4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "return torch.erf(z)",
        "return torch.add(z, z, alpha=2)",
        "return torch.div(z, 2, rounding_mode=\"floor\")",
        "return torch.conv2d(torch.pad(x, [-1, 1, 0, 0]), weight, None, [2, 2], [1, 1], [1, 1], 1)",
        "return torch.add(torch.relu_(z), z)",
        "a = torch.relu_(z)\n    return z",
        "return torch.pad(z, [1, 1, 1, 1])",
        "return torch.batch_norm(z, gamma, beta, running_mean, running_var, True, 0.1, 1e-05, True)",
        "for i in range(2):\n      pass\n    return z",
      })
  void saysSoWhereItCannotBeSureOfTheSame(String last) throws Exception {
    Path backbone =
        TinyBackbone.writeWith(
            folder.resolve("backbone.pt"), code -> code.replace("return torch.relu(z)", last));
    Path network = classifier(backbone, 3, TinyBackbone.DIMENSIONS);
    Path twin = folder.resolve("model.onnx");

    assertThatExceptionOfType(NoTwinException.class)
        .isThrownBy(() -> OnnxTwin.write(network, twin, 33));
    assertThat(twin).doesNotExist();
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
