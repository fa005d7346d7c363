package app.mushroom.api.page;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/** Pictures made here, so that no test needs a file that has a licence. */
final class TestPhotos {

  private static final int ORIENTATION_TAG = 0x0112;
  private static final int SOFTWARE_TAG = 0x0131;

  private TestPhotos() {}

  static BufferedImage mushroom(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setPaint(new GradientPaint(0, 0, new Color(38, 52, 36), 0, height, new Color(88, 66, 40)));
    g.fillRect(0, 0, width, height);
    double w = width;
    double h = height;
    g.setPaint(new Color(238, 228, 206));
    g.fill(new RoundRectangle2D.Double(w * .43, h * .45, w * .14, h * .45, w * .1, w * .1));
    g.setPaint(new Color(186, 38, 24));
    g.fill(new Ellipse2D.Double(w * .2, h * .2, w * .6, h * .36));
    g.setPaint(new Color(246, 240, 226));
    for (double[] dot : new double[][] {{.3, .34}, {.42, .26}, {.5, .4}, {.62, .3}, {.68, .42}}) {
      g.fill(new Ellipse2D.Double(w * dot[0], h * dot[1], w * .05, h * .045));
    }
    g.dispose();
    return image;
  }

  static Path jpeg(Path folder, String name, int width, int height) throws IOException {
    return Files.write(folder.resolve(name), encode(mushroom(width, height), "jpg"));
  }

  /** Hardly to be compressed, so that sending it takes a while. */
  static Path noise(Path folder, String name, int width, int height) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(7);
    for (int i = 0; i < width * height; i++) {
      image.setRGB(i % width, i / width, random.nextInt(1 << 24));
    }
    return Files.write(folder.resolve(name), encode(image, "jpg"));
  }

  static Path file(Path folder, String name, BufferedImage image, String format)
      throws IOException {
    return Files.write(folder.resolve(name), encode(image, format));
  }

  /** Left half red, right half blue, and metadata: turned a quarter (6), made by {@code secret}. */
  static Path turned(Path folder, int width, int height, String secret) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setColor(Color.RED);
    g.fillRect(0, 0, width / 2, height);
    g.setColor(Color.BLUE);
    g.fillRect(width / 2, 0, width - width / 2, height);
    g.dispose();
    byte[] jpeg = encode(image, "jpg");
    byte[] exif = exif(6, secret);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(jpeg, 0, 2);
    out.write(exif);
    out.write(jpeg, 2, jpeg.length - 2);
    return Files.write(folder.resolve("turned.jpg"), out.toByteArray());
  }

  static byte[] encode(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (!ImageIO.write(image, format, out)) {
      throw new IOException("no writer for " + format);
    }
    return out.toByteArray();
  }

  private static byte[] exif(int orientation, String software) {
    byte[] text = (software + "\0").getBytes(StandardCharsets.US_ASCII);
    int textAt = 8 + 2 + 2 * 12 + 4;
    ByteBuffer tiff = ByteBuffer.allocate(textAt + text.length);
    tiff.put("MM\0*".getBytes(StandardCharsets.US_ASCII)).putInt(8).putShort((short) 2);
    tiff.putShort((short) ORIENTATION_TAG).putShort((short) 3).putInt(1);
    tiff.putShort((short) orientation).putShort((short) 0);
    tiff.putShort((short) SOFTWARE_TAG).putShort((short) 2).putInt(text.length).putInt(textAt);
    tiff.putInt(0).put(text);
    byte[] start = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
    ByteBuffer segment = ByteBuffer.allocate(4 + start.length + tiff.capacity());
    segment.putShort((short) 0xFFE1).putShort((short) (2 + start.length + tiff.capacity()));
    segment.put(start).put(tiff.array());
    return segment.array();
  }
}
