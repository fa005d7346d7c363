package app.mushroom.collector;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;
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
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, format, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  public static BufferedImage picture(int seed, int width, int height) {
    Random random = new Random(seed);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    for (int i = 0; i < 12; i++) {
      graphics.setColor(new Color(random.nextInt(0x1000000)));
      graphics.fillOval(
          random.nextInt(width), random.nextInt(height), width / 2 + 1, height / 2 + 1);
    }
    graphics.dispose();
    return image;
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
