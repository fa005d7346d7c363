package app.mushroom.api.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** The corpus of hostile, broken and odd files, where a machine has it. */
final class TestData {
  private static final Path CORPUS =
      Path.of(System.getProperty("mushroom.testdata", "../../shared"), "corpus");

  /**
   * A file of the corpus.
   *
   * @param expected {@code accept}, {@code reject-4xx} or {@code accept-or-reject}
   * @param group files of one photo, or empty
   */
  record Entry(String file, String category, String expected, String group) {
    byte[] bytes() throws IOException {
      return Files.readAllBytes(CORPUS.resolve(file));
    }

    @Override
    public String toString() {
      return file;
    }
  }

  private TestData() {}

  static List<Entry> corpus() throws IOException {
    Path manifest = CORPUS.resolve("manifest.csv");
    if (!Files.exists(manifest)) {
      String missing = "No corpus at " + CORPUS + "; point -Dmushroom.testdata at one.";
      if (System.getenv("MUSHROOM_TESTDATA") != null) {
        Assertions.fail(missing);
      }
      Assumptions.abort(missing);
    }
    return Files.readAllLines(manifest).stream().skip(1).map(TestData::entry).toList();
  }

  /** The first four columns hold no quotes. */
  private static Entry entry(String line) {
    List<String> columns = Arrays.asList(line.split(",", 5));
    return new Entry(columns.get(0), columns.get(1), columns.get(2), columns.get(3));
  }
}
