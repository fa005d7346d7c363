package app.mushroom.vision.photo;

import app.mushroom.vision.photo.Outline.Inks;
import java.io.IOException;
import java.util.Locale;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.stream.ImageInputStream;

/**
 * Has ImageIO decode the first picture of a file, metadata ignored. Half a JPEG decodes without an
 * error there and only leaves a warning, so two of its warnings count as errors.
 */
final class PixelReader {
  private PixelReader() {}

  /**
   * @param step keeps every step-th pixel of every step-th row
   * @throws IOException if the file is damaged; readers also throw unchecked exceptions
   */
  static Pixels read(byte[] file, PhotoFormat format, Inks inks, int step)
      throws IOException, PhotoRejectedException {
    ImageReader reader = ImageReaders.open(format);
    try (ImageInputStream input = new FileInput(file)) {
      Incompleteness incompleteness = new Incompleteness();
      reader.addIIOReadWarningListener(incompleteness);
      reader.setInput(input, true, true);
      PhotoDecoder.requireDimensions(reader.getWidth(0), reader.getHeight(0));
      ImageReadParam param = reader.getDefaultReadParam();
      int offset = format == PhotoFormat.TIFF ? 0 : step / 2; // its reader trips over offsets
      param.setSourceSubsampling(step, step, offset, offset);
      Pixels pixels =
          inks == Inks.NONE
              ? RgbRows.of(reader.read(0, param))
              : RgbRows.ofInks(reader.readRaster(0, param), inks);
      if (incompleteness.seen) {
        throw Refusals.truncated(format);
      }
      return pixels;
    } finally {
      reader.dispose();
    }
  }

  private static final class Incompleteness implements IIOReadWarningListener {
    private boolean seen;

    @Override
    public void warningOccurred(ImageReader source, String warning) {
      String text = warning.toLowerCase(Locale.ROOT);
      seen |= text.contains("truncated file") || text.contains("premature end of data segment");
    }
  }
}
