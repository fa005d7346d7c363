package app.mushroom.benchmarks.collecting;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.jspecify.annotations.Nullable;

/** As many different photographs as a benchmark needs, cut out of a few large ones. */
final class MadePhotos {
  private static final float QUALITY = 0.9f;

  private MadePhotos() {}

  /**
   * Cuts pieces out of a folder's photographs, each from the next one in turn; what lies in the
   * target already stays.
   *
   * @param side longer side in pixels to which pieces are shrunk; null for nearly the whole
   *     photograph in full size
   */
  static List<Path> make(Path originals, Path target, int count, @Nullable Integer side)
      throws IOException {
    Files.createDirectories(target);
    List<Path> sources;
    try (Stream<Path> files = Files.list(originals)) {
      sources = files.filter(file -> file.toString().endsWith(".jpg")).sorted().toList();
    }
    if (sources.isEmpty()) {
      throw new IOException("Expected photographs (*.jpg) in " + originals + ", found none.");
    }
    List<Path> made = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      made.add(target.resolve("%05d.jpg".formatted(i)));
    }
    for (int source = 0; source < sources.size(); source++) {
      BufferedImage whole = null;
      for (int i = source; i < count; i += sources.size()) {
        if (!Files.exists(made.get(i))) {
          whole = whole == null ? read(sources.get(source)) : whole;
          write(piece(whole, i / sources.size(), new Random(i), side), made.get(i));
        }
      }
    }
    return made;
  }

  private static BufferedImage read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return ImageIO.read(in);
    }
  }

  private static BufferedImage piece(
      BufferedImage whole, int number, Random random, @Nullable Integer side) {
    double share = side == null ? 1 - 0.002 * (number + 1) : 0.4 + 0.5 * random.nextDouble();
    int width = (int) (whole.getWidth() * share);
    int height = (int) (whole.getHeight() * share);
    int x = random.nextInt(whole.getWidth() - width + 1);
    int y = random.nextInt(whole.getHeight() - height + 1);
    double scale = side == null ? 1 : (double) side / Math.max(width, height);
    int newWidth = (int) Math.round(width * scale);
    int newHeight = (int) Math.round(height * scale);
    BufferedImage piece = new BufferedImage(newWidth, newHeight, BufferedImage.TYPE_INT_RGB);
    Graphics2D paint = piece.createGraphics();
    paint.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    paint.drawImage(whole, 0, 0, newWidth, newHeight, x, y, x + width, y + height, null);
    paint.dispose();
    return piece;
  }

  private static void write(BufferedImage image, Path file) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".part");
    Files.deleteIfExists(draft);
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(draft.toFile())) {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      parameters.setCompressionQuality(QUALITY);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), parameters);
    } finally {
      writer.dispose();
    }
    Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
  }
}
