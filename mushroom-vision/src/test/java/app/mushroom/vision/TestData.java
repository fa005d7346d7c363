package app.mushroom.vision;

import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Photos and hostile files that are not part of the project; tests skip where they are absent. */
public final class TestData {
  private TestData() {}

  public static Path folder(String name) {
    Path folder = Path.of(System.getProperty("mushroom.testdata", "../../shared"), name);
    if (!Files.isDirectory(folder)) {
      String message =
          "Expected test data at "
              + folder.toAbsolutePath().normalize()
              + ", found nothing. Set -Dmushroom.testdata to the folder that holds "
              + name
              + ".";
      if (System.getenv("MUSHROOM_TESTDATA") != null) {
        fail(message);
      }
      Assumptions.abort(message);
    }
    return folder;
  }
}
