package app.mushroom.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.mushroom.trainer.dataset.Batch;
import app.mushroom.trainer.torchscript.ClassifierScript;
import app.mushroom.trainer.torchscript.TinyBackbone;
import app.mushroom.vision.FeatureMap;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActivationMapsTest {

  private static final int SIZE = 12;
  private static final float[] BIAS = {0.5f, -1};

  @TempDir Path folder;

  @Test
  void meanOfAMapAndTheBiasAreTheLogit() throws Exception {
    Path file = classifier(TinyBackbone.write(folder.resolve("backbone.pt")));
    float[] tensor = tensor();
    float[] logits;
    try (Network network = Network.load(file)) {
      Batch batch = new Batch(tensor, new float[0][], 1, SIZE);
      logits = Outputs.of(network, List.of(batch).iterator(), 1, done -> {}).logits()[0];
    }
    try (ActivationMaps maps = new ActivationMaps(file)) {
      FeatureMap map = maps.of(tensor, SIZE).orElseThrow();
      assertThat(map.channels()).isEqualTo(TinyBackbone.DIMENSIONS);
      assertThat(map.height()).isEqualTo(SIZE / 2);
      assertThat(map.width()).isEqualTo(SIZE / 2);
      for (int label = 0; label < BIAS.length; label++) {
        double sum = 0;
        for (float value : map.heat(label).cells()) {
          sum += value;
        }
        assertThat(sum / (map.height() * map.width()) + BIAS[label])
            .isCloseTo(logits[label], within(1e-4));
      }
    }
  }

  @Test
  void aNetworkWithoutFeatureMapHasNone() throws Exception {
    Path file = classifier(TinyBackbone.writeWithoutMaps(folder.resolve("backbone.pt")));
    try (ActivationMaps maps = new ActivationMaps(file)) {
      assertThat(maps.of(tensor(), SIZE)).isEmpty();
      assertThat(maps.of(tensor(), SIZE)).isEmpty();
    }
  }

  @Test
  void aMapThatTheHeadDoesNotBelongToIsNone() throws Exception {
    Path file = classifier(TinyBackbone.writeWithWiderMaps(folder.resolve("backbone.pt")));
    try (ActivationMaps maps = new ActivationMaps(file)) {
      assertThat(maps.of(tensor(), SIZE)).isEmpty();
    }
  }

  @Test
  void aNetworkThatFailsOverItsMapHasNone() throws Exception {
    Path file = classifier(TinyBackbone.writeWithFailingMaps(folder.resolve("backbone.pt")));
    try (ActivationMaps maps = new ActivationMaps(file)) {
      assertThat(maps.of(tensor(), SIZE)).isEmpty();
      assertThat(maps.of(tensor(), SIZE)).isEmpty();
    }
  }

  private Path classifier(Path backbone) throws Exception {
    float[] weight = new float[BIAS.length * TinyBackbone.DIMENSIONS];
    Random random = new Random(3);
    for (int i = 0; i < weight.length; i++) {
      weight[i] = (float) random.nextGaussian();
    }
    Path file = folder.resolve("classifier.pt");
    ClassifierScript.write(backbone, file, weight, BIAS, 0.2);
    return file;
  }

  private static float[] tensor() {
    float[] tensor = new float[3 * SIZE * SIZE];
    Random random = new Random(5);
    for (int i = 0; i < tensor.length; i++) {
      tensor[i] = (float) random.nextGaussian();
    }
    return tensor;
  }
}
