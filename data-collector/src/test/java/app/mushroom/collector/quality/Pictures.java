package app.mushroom.collector.quality;

import app.mushroom.collector.TestPhotos;
import app.mushroom.vision.photo.Photo;
import app.mushroom.vision.photo.PhotoDecoder;
import app.mushroom.vision.photo.PhotoFormat;
import app.mushroom.vision.photo.PhotoRejectedException;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;

/** Photos of this package's tests, decoded. */
final class Pictures {
  private Pictures() {}

  /** Soft shapes under fine noise: the statistics of a photograph, more or less. */
  static BufferedImage scene(int seed, int width, int height) {
    Random random = new Random(seed);
    BufferedImage coarse = new BufferedImage(12, 9, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 12 * 9; i++) {
      coarse.setRGB(i % 12, i / 12, random.nextInt(0x1000000));
    }
    BufferedImage image = scaled(coarse, width, height);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int rgb = image.getRGB(x, y);
        int noise = random.nextInt(25) - 12;
        int out = 0;
        for (int shift = 0; shift < 24; shift += 8) {
          out |= Math.max(0, Math.min(255, (rgb >> shift & 0xFF) + noise)) << shift;
        }
        image.setRGB(x, y, out);
      }
    }
    return image;
  }

  static BufferedImage scaled(BufferedImage image, int width, int height) {
    BufferedImage scaled = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = scaled.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.drawImage(image, 0, 0, width, height, null);
    graphics.dispose();
    return scaled;
  }

  static BufferedImage mirrored(BufferedImage image) {
    BufferedImage mirrored =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = mirrored.createGraphics();
    graphics.drawImage(image, image.getWidth(), 0, -image.getWidth(), image.getHeight(), null);
    graphics.dispose();
    return mirrored;
  }

  /** Caps, stems and dots of one colour each, with smooth edges. */
  static BufferedImage drawing(int seed, int width, int height) {
    Random random = new Random(seed);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, height);
    for (int i = 0; i < 3; i++) {
      int x = random.nextInt(width);
      int y = random.nextInt(height);
      int cap = height / 3;
      graphics.setColor(new Color(random.nextInt(0x808080)));
      graphics.fillRect(x - cap / 5, y, 2 * cap / 5, cap);
      graphics.setColor(new Color(random.nextInt(0x1000000)));
      graphics.fillArc(x - cap, y - cap, 2 * cap, 2 * cap, 0, 180);
    }
    graphics.dispose();
    return image;
  }

  /** Scenes side by side and on top of each other. */
  static BufferedImage collage(int columns, int rows, int gutter) {
    int width = 240;
    int height = 240;
    BufferedImage image =
        new BufferedImage(
            columns * (width + gutter) - gutter,
            rows * (height + gutter) - gutter,
            BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    for (int i = 0; i < columns * rows; i++) {
      graphics.drawImage(
          scene(100 + i, width, height),
          i % columns * (width + gutter),
          i / columns * (height + gutter),
          null);
    }
    graphics.dispose();
    return image;
  }

  static Photo photo(BufferedImage image) {
    return decoded(TestPhotos.encode(image, "png"));
  }

  static Photo jpeg(BufferedImage image) {
    return decoded(TestPhotos.encode(image, "jpeg"));
  }

  static Photo decoded(byte[] file) {
    try {
      return new PhotoDecoder().decode(file, 256);
    } catch (PhotoRejectedException e) {
      throw new AssertionError(e);
    }
  }

  static Photo flat(int width, int height, int level) {
    byte[] rgb = new byte[3 * width * height];
    Arrays.fill(rgb, (byte) level);
    return new Photo(width, height, rgb, PhotoFormat.PNG, width, height);
  }

  /** The list of real photographs; skips the test where it is absent, unless one was named. */
  static Path realPhotos() {
    Path list = Path.of(System.getProperty("mushroom.testdata", "../../shared"), "data/photos.csv");
    if (!Files.exists(list)) {
      String missing = "no photographs at " + list.toAbsolutePath();
      if (System.getenv("MUSHROOM_TESTDATA") != null) {
        throw new AssertionError("MUSHROOM_TESTDATA is set, but there are " + missing);
      }
      Assumptions.abort(missing);
    }
    return list;
  }
}
