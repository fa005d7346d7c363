package app.mushroom.api.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.mushroom.api.fixture.TestPhotos;
import app.mushroom.vision.FeatureMap;
import app.mushroom.vision.Heat;
import app.mushroom.vision.Preprocessing;
import app.mushroom.vision.photo.PhotoDecoder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;

/** The starter model, as both engines run it. */
class HeatmapEnginesTest {
  private static final int SIZE = 224;

  @Test
  void bothEnginesLookAtTheSamePlacesInEveryPhoto() throws Exception {
    EngineClassifiers engines = new EngineClassifiers();
    Preprocessing preprocessing = Preprocessing.imagenet(SIZE);
    try (Classifier torch = engines.open(file("model.pt"), SIZE);
        Classifier onnx = engines.open(file("model.onnx"), SIZE)) {
      float[] before = {};
      for (byte[] photo :
          List.of(
              TestPhotos.disc(TestPhotos.RED, TestPhotos.GREEN, 300),
              TestPhotos.disc(TestPhotos.YELLOW, TestPhotos.BLUE, 260),
              TestPhotos.red())) {
        float[] tensor = preprocessing.toTensor(new PhotoDecoder().decode(photo));
        int label = likeliest(torch.classify(tensor).logits());
        assertThat(likeliest(onnx.classify(tensor).logits())).isEqualTo(label);
        Heat expected = heat(torch.featureMap(tensor), label);
        Heat found = heat(onnx.featureMap(tensor), label);
        assertThat(found.columns()).isEqualTo(expected.columns()).isEqualTo(7);
        assertThat(found.rows()).isEqualTo(expected.rows()).isEqualTo(7);
        assertThat(found.cells()).hasSize(49).containsExactly(expected.cells(), within(1e-2f));
        assertThat(found.cells()).isNotEqualTo(before);
        before = found.cells();
      }
    }
  }

  private static Heat heat(FeatureMap map, int label) {
    return map.heat(label);
  }

  private static int likeliest(float[] logits) {
    int likeliest = 0;
    for (int i = 1; i < logits.length; i++) {
      likeliest = logits[i] > logits[likeliest] ? i : likeliest;
    }
    return likeliest;
  }

  private static Path file(String name) throws Exception {
    return new ClassPathResource("starter-model/" + name).getFile().toPath();
  }
}
