package app.mushroom.vision.photo;

import app.mushroom.vision.photo.Outline.Inks;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * Turns whatever ImageIO decoded into rows of R, G, B bytes: alpha on white, any depth scaled to 8
 * bits, grey taken as it is stored (BufferedImage.getRGB would brighten it).
 */
final class RgbRows {
  private RgbRows() {}

  static Pixels of(BufferedImage image) throws PhotoRejectedException {
    int width = image.getWidth();
    int height = image.getHeight();
    if (image.getType() == BufferedImage.TYPE_3BYTE_BGR
        && image.getRaster().getDataBuffer() instanceof DataBufferByte data
        && data.getSize() == 3 * width * height) {
      return new Pixels(width, height, swapRedAndBlue(data.getData()));
    }
    byte[] rgb = new byte[3 * width * height];
    ColorModel colours = image.getColorModel();
    if (colours instanceof IndexColorModel palette) {
      fromPalette(image.getRaster(), palette, rgb);
    } else {
      fromSamples(image.getRaster(), colours, rgb);
    }
    return new Pixels(width, height, rgb);
  }

  /**
   * Inks as Adobe stores them, 255 for none. No colour profile is applied: profiles differ from
   * machine to machine, and a printed mushroom is off anyway.
   */
  static Pixels ofInks(Raster raster, Inks inks) {
    int width = raster.getWidth();
    byte[] rgb = new byte[3 * width * raster.getHeight()];
    int[] row = new int[4 * width];
    int out = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(0, y, width, 1, row);
      for (int in = 0; in < row.length; in += 4) {
        if (inks == Inks.YCCK) {
          invertedRgb(row, in);
        }
        int black = row[in + 3];
        for (int c = 0; c < 3; c++) {
          rgb[out++] = (byte) ((row[in + c] * black + 127) / 255);
        }
      }
    }
    return new Pixels(width, raster.getHeight(), rgb);
  }

  private static void invertedRgb(int[] row, int in) {
    int luma = row[in];
    double cb = row[in + 1] - 128;
    double cr = row[in + 2] - 128;
    row[in] = 255 - clamp(luma + 1.402 * cr);
    row[in + 1] = 255 - clamp(luma - 0.344136 * cb - 0.714136 * cr);
    row[in + 2] = 255 - clamp(luma + 1.772 * cb);
  }

  private static int clamp(double value) {
    return (int) Math.max(0, Math.min(255, Math.round(value)));
  }

  private static byte[] swapRedAndBlue(byte[] pixels) {
    for (int i = 0; i < pixels.length; i += 3) {
      byte blue = pixels[i];
      pixels[i] = pixels[i + 2];
      pixels[i + 2] = blue;
    }
    return pixels;
  }

  private static void fromPalette(Raster raster, IndexColorModel palette, byte[] rgb) {
    byte[] colours = new byte[3 * palette.getMapSize()];
    for (int i = 0; i < palette.getMapSize(); i++) {
      int alpha = palette.getAlpha(i);
      colours[3 * i] = onWhite(palette.getRed(i), alpha);
      colours[3 * i + 1] = onWhite(palette.getGreen(i), alpha);
      colours[3 * i + 2] = onWhite(palette.getBlue(i), alpha);
    }
    int[] row = new int[raster.getWidth()];
    int out = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getSamples(0, y, raster.getWidth(), 1, 0, row);
      for (int index : row) {
        System.arraycopy(colours, 3 * index, rgb, out, 3);
        out += 3;
      }
    }
  }

  private static void fromSamples(Raster raster, ColorModel colours, byte[] rgb)
      throws PhotoRejectedException {
    int bands = raster.getNumBands();
    int space = colours.getColorSpace().getType();
    boolean grey = space == ColorSpace.TYPE_GRAY;
    int dataType = raster.getSampleModel().getDataType();
    if ((!grey && space != ColorSpace.TYPE_RGB)
        || bands != colours.getNumComponents()
        || dataType == DataBuffer.TYPE_FLOAT
        || dataType == DataBuffer.TYPE_DOUBLE) {
      throw Refusals.unsupported("picture with unusual colours");
    }
    boolean alpha = colours.hasAlpha();
    boolean premultiplied = colours.isAlphaPremultiplied();
    long[] largest = new long[bands];
    for (int band = 0; band < bands; band++) {
      largest[band] = (1L << colours.getComponentSize(band)) - 1;
    }
    int[] row = new int[bands * raster.getWidth()];
    int out = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(0, y, raster.getWidth(), 1, row);
      for (int in = 0; in < row.length; in += bands) {
        int opacity = alpha ? scale(row[in + bands - 1], largest[bands - 1]) : 255;
        for (int c = 0; c < 3; c++) {
          int band = grey ? 0 : c;
          int value = scale(row[in + band], largest[band]);
          rgb[out++] =
              premultiplied ? (byte) Math.min(255, value + 255 - opacity) : onWhite(value, opacity);
        }
      }
    }
  }

  private static int scale(int sample, long largest) {
    return largest == 255 ? sample : (int) (((sample & 0xFFFFFFFFL) * 255 + largest / 2) / largest);
  }

  private static byte onWhite(int value, int alpha) {
    return (byte) ((value * alpha + 255 * (255 - alpha) + 127) / 255);
  }
}
