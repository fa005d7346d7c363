package app.mushroom.benchmarks.serving;

import app.mushroom.vision.photo.Photo;
import app.mushroom.vision.photo.PhotoDecoder;
import app.mushroom.vision.photo.PhotoRejectedException;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Photographs of one size, ready to be sent. */
final class Photos {
  private static final float QUALITY = 0.9f;

  private Photos() {}

  /**
   * @param folder of camera files
   */
  static List<Upload> load(Path folder, Size size) throws IOException {
    List<Upload> uploads = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.toLowerCase(Locale.ROOT).matches(".*\\.jpe?g")) {
          uploads.add(Upload.of(name, size.of(Files.readAllBytes(file))));
        }
      }
    }
    if (uploads.isEmpty()) {
      throw new IOException("Expected JPEG files in " + folder + ", found none.");
    }
    return List.copyOf(uploads);
  }

  /** What is sent. */
  enum Size {
    CAMERA("camera files") {
      @Override
      byte[] of(byte[] file) {
        return file;
      }
    },
    LARGE("1024 px") {
      @Override
      byte[] of(byte[] file) throws IOException {
        BufferedImage image = upright(file);
        double scale = 1024.0 / Math.max(image.getWidth(), image.getHeight());
        return jpeg(
            image,
            (int) Math.round(image.getWidth() * scale),
            (int) Math.round(image.getHeight() * scale));
      }
    },
    SMALL("640x480") {
      @Override
      byte[] of(byte[] file) throws IOException {
        BufferedImage image = upright(file);
        int width = Math.min(image.getWidth(), image.getHeight() * 4 / 3);
        int height = Math.min(image.getHeight(), image.getWidth() * 3 / 4);
        return jpeg(
            image.getSubimage(
                (image.getWidth() - width) / 2, (image.getHeight() - height) / 2, width, height),
            640,
            480);
      }
    };

    private final String title;

    Size(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }

    abstract byte[] of(byte[] file) throws IOException;
  }

  private static BufferedImage upright(byte[] file) throws IOException {
    try {
      Photo photo = new PhotoDecoder().decode(file);
      BufferedImage image =
          new BufferedImage(photo.width(), photo.height(), BufferedImage.TYPE_INT_RGB);
      byte[] rgb = photo.rgb();
      for (int y = 0, at = 0; y < photo.height(); y++) {
        for (int x = 0; x < photo.width(); x++, at += 3) {
          image.setRGB(
              x, y, (rgb[at] & 0xFF) << 16 | (rgb[at + 1] & 0xFF) << 8 | (rgb[at + 2] & 0xFF));
        }
      }
      return image;
    } catch (PhotoRejectedException e) {
      throw new IOException("A photo of the benchmark cannot be read: " + e.getMessage(), e);
    }
  }

  private static byte[] jpeg(BufferedImage image, int width, int height) throws IOException {
    BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = small.createGraphics();
    graphics.drawImage(
        image.getScaledInstance(width, height, Image.SCALE_AREA_AVERAGING), 0, 0, null);
    graphics.dispose();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(QUALITY);
      writer.setOutput(stream);
      writer.write(null, new IIOImage(small, null, null), param);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }
}
