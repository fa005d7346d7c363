package app.mushroom.trainer.torchscript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The model that ships with the API against the backbone it was trained from. */
class StarterModelTest {

  private static final Path STARTER =
      Path.of("..", "api-service", "src", "main", "resources", "starter-model", "model.pt");

  @Test
  void sharesNoTensorWithItsBackbone() throws Exception {
    Path backbone =
        Path.of(
            System.getProperty("mushroom.testdata", "../../shared"),
            "backbones",
            "efficientnetv2b0_embedding.pt");
    if (!Files.exists(backbone)) {
      String message = "needs the backbone at " + backbone + ", which is not there";
      if (System.getenv("MUSHROOM_TESTDATA") != null) {
        fail(message);
      }
      abort(message);
    }
    Map<String, byte[]> before = ScriptTensors.read(backbone);
    Map<String, byte[]> after = ScriptTensors.read(STARTER);
    assertThat(before).hasSizeGreaterThan(300);
    before.forEach(
        (name, bytes) -> assertThat(after.get("backbone." + name)).as(name).isNotEqualTo(bytes));
    assertThat(after).hasSize(before.size() + 2);
  }

  @Test
  void isSmallEnoughToShip() throws Exception {
    long bytes = 0;
    try (var files = Files.list(STARTER.getParent())) {
      for (Path file : files.toList()) {
        bytes += Files.size(file);
      }
    }
    assertThat(bytes).isLessThan(55_000_000);
  }
}
