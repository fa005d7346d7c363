package app.mushroom.api.identification;

import app.mushroom.vision.photo.Photo;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Encodes pixels, and nothing but pixels. */
public final class Pictures {
  private static final float JPEG_QUALITY = 0.9f;

  private Pictures() {}

  public static byte[] jpeg(Photo photo) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      ImageWriteParam quality = writer.getDefaultWriteParam();
      quality.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      quality.setCompressionQuality(JPEG_QUALITY);
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image(photo), null, null), quality);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  static byte[] png(BufferedImage image) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      if (!ImageIO.write(image, "png", stream)) {
        throw new IOException("Expected a PNG writer in this Java runtime, found none.");
      }
    }
    return out.toByteArray();
  }

  static BufferedImage image(Photo photo) {
    BufferedImage image =
        new BufferedImage(photo.width(), photo.height(), BufferedImage.TYPE_INT_RGB);
    int[] row = new int[photo.width()];
    byte[] rgb = photo.rgb();
    for (int y = 0, at = 0; y < photo.height(); y++) {
      for (int x = 0; x < row.length; x++, at += 3) {
        row[x] = (rgb[at] & 0xFF) << 16 | (rgb[at + 1] & 0xFF) << 8 | (rgb[at + 2] & 0xFF);
      }
      image.setRGB(0, y, photo.width(), 1, row, 0, photo.width());
    }
    return image;
  }
}
