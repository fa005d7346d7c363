package app.mushroom.benchmarks.collecting;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.RescaleOp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** What happens to a picture on its way from page to page. Every result is a JPEG file. */
enum Change {
  QUALITY_90("JPEG quality 90", 0.9f),
  QUALITY_70("JPEG quality 70", 0.7f),
  QUALITY_40("JPEG quality 40", 0.4f),
  HALF("scaled to 50 %", 0.85f),
  DOUBLE("scaled to 200 %", 0.85f),
  CROPPED("3 % cut off left and top", 0.85f),
  CROPPED_ALL("3 % cut off every side", 0.85f),
  BORDERED("white border of 2 % added", 0.85f),
  BRIGHTENED("brightened by 20 %", 0.85f),
  DARKENED("darkened by 20 %", 0.85f),
  MIRRORED("mirrored", 0.85f);

  final String words;
  private final float quality;

  Change(String words, float quality) {
    this.words = words;
    this.quality = quality;
  }

  byte[] of(BufferedImage image) throws IOException {
    return jpeg(changed(image));
  }

  private BufferedImage changed(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    int left = (int) Math.round(0.03 * width);
    int top = (int) Math.round(0.03 * height);
    int edge = (int) Math.round(0.02 * Math.max(width, height));
    return switch (this) {
      case QUALITY_90, QUALITY_70, QUALITY_40 -> image;
      case HALF -> draw(image, width / 2, height / 2, AffineTransform.getScaleInstance(0.5, 0.5));
      case DOUBLE -> draw(image, 2 * width, 2 * height, AffineTransform.getScaleInstance(2, 2));
      case CROPPED -> image.getSubimage(left, top, width - left, height - top);
      case CROPPED_ALL -> image.getSubimage(left, top, width - 2 * left, height - 2 * top);
      case BORDERED ->
          draw(
              image,
              width + 2 * edge,
              height + 2 * edge,
              AffineTransform.getTranslateInstance(edge, edge));
      case BRIGHTENED -> new RescaleOp(1.2f, 0, null).filter(image, null);
      case DARKENED -> new RescaleOp(0.8f, 0, null).filter(image, null);
      case MIRRORED -> draw(image, width, height, new AffineTransform(-1, 0, 0, 1, width, 0));
    };
  }

  private static BufferedImage draw(
      BufferedImage image, int width, int height, AffineTransform at) {
    BufferedImage drawn = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = drawn.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, height);
    graphics.drawImage(image, at, null);
    graphics.dispose();
    return drawn;
  }

  private byte[] jpeg(BufferedImage image) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      parameters.setCompressionQuality(quality);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), parameters);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
