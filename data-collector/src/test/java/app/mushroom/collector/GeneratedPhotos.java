package app.mushroom.collector;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.ImageIO;

/** Draws pictures that are told apart by their seeds. Needs a JDK and nothing else. */
public final class GeneratedPhotos {
  private GeneratedPhotos() {}

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
}
