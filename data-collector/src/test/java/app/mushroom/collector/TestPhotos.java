package app.mushroom.collector;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Small generated photographs, and where the real ones lie. */
public final class TestPhotos {
  private TestPhotos() {}

  /** A picture that no other seed gives, as PNG. */
  public static byte[] png(int seed, int width, int height) {
    return encode(picture(seed, width, height), "png");
  }

  /** A picture that no other seed gives, as JPEG. */
  public static byte[] jpeg(int seed, int width, int height) {
    return encode(picture(seed, width, height), "jpeg");
  }

  public static Path write(Path file, byte[] bytes) {
    try {
      Files.createDirectories(file.getParent());
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Path write(Path file, String text) {
    return write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  public static byte[] encode(BufferedImage image, String format) {
    return GeneratedPhotos.encode(image, format);
  }

  public static BufferedImage picture(int seed, int width, int height) {
    return GeneratedPhotos.picture(seed, width, height);
  }

  /**
   * The corpus of hostile files; skips the test where it is absent, and fails it where one was
   * named.
   */
  public static Path corpus() {
    Path corpus = Path.of(System.getProperty("mushroom.testdata", "../../shared"), "corpus");
    if (!Files.isDirectory(corpus)) {
      if (System.getenv("MUSHROOM_TESTDATA") != null) {
        throw new AssertionError(
            "MUSHROOM_TESTDATA is set, but there is no corpus at " + corpus.toAbsolutePath());
      }
      Assumptions.abort("no corpus at " + corpus.toAbsolutePath());
    }
    return corpus;
  }
}
