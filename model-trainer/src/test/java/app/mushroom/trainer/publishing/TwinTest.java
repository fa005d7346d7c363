package app.mushroom.trainer.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.storage.JsonDocument;
import app.mushroom.trainer.dataset.Batch;
import app.mushroom.trainer.torchscript.ClassifierScript;
import app.mushroom.trainer.torchscript.TinyBackbone;
import app.mushroom.trainer.training.Network;
import app.mushroom.trainer.training.Outputs;
import app.mushroom.vision.Preprocessing;
import app.mushroom.vision.photo.Photo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TwinTest {
  private static final Preprocessing SMALL = Preprocessing.imagenet(32);
  private static final int D = TinyBackbone.DIMENSIONS;

  @TempDir Path folder;

  @Test
  void addsATwinThatAnswersTheGoldenInputs() throws Exception {
    network("return torch.relu(z)", 0.5f);
    golden();

    assertThat(Twin.add(folder, SMALL)).isEmpty();
    assertThat(folder.resolve(Twin.FILE)).exists();
  }

  @Test
  void leavesNoneThatAnswersOtherwise() throws Exception {
    network("return torch.relu(z)", 0.5f);
    golden();
    network("return torch.relu(z)", 0.501f);

    assertThat(Twin.add(folder, SMALL)).get().asString().contains("logits");
    assertThat(folder.resolve(Twin.FILE)).doesNotExist();
  }

  @Test
  void saysWhyThereIsNone() throws Exception {
    network("return torch.erf(z)", 0.5f);
    golden();

    assertThat(Twin.add(folder, SMALL)).hasValue("it calls torch.erf");
    assertThat(folder.resolve(Twin.FILE)).doesNotExist();
  }

  @Test
  void aFileThatIsNoNetworkCostsNothingElse() throws Exception {
    Files.writeString(folder.resolve("model.pt"), "no network");

    assertThat(Twin.add(folder, SMALL)).isPresent();
    assertThat(folder.resolve(Twin.FILE)).doesNotExist();
  }

  private void network(String last, float weight) throws Exception {
    Path backbone =
        TinyBackbone.writeWith(
            folder.resolve("backbone.pt"), code -> code.replace("return torch.relu(z)", last));
    float[] weights = new float[3 * D];
    java.util.Arrays.fill(weights, weight);
    ClassifierScript.write(backbone, folder.resolve("model.pt"), weights, new float[3], 0);
  }

  private void golden() throws Exception {
    try (Network network = Network.load(folder.resolve("model.pt"))) {
      Files.write(
          folder.resolve("golden.json"),
          JsonDocument.mapper()
              .writeValueAsBytes(GoldenCases.make(photo -> answer(network, photo))));
    }
  }

  private static GoldenCases.Answer answer(Network network, Photo photo) {
    Batch batch = new Batch(SMALL.toTensor(photo), new float[0][], 1, SMALL.size());
    Outputs outputs = Outputs.of(network, List.of(batch).iterator(), 1, done -> {});
    return new GoldenCases.Answer(outputs.logits()[0], outputs.embeddings()[0]);
  }
}
