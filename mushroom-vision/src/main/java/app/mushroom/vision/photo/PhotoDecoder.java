package app.mushroom.vision.photo;

import app.mushroom.vision.photo.PhotoRejectedException.Reason;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** Decodes photos. */
public final class PhotoDecoder {
  public static final long MAX_BYTES = 20_000_000;
  public static final long MAX_PIXELS = 50_000_000;

  public Photo decode(byte[] bytes) throws PhotoRejectedException {
    return decode(bytes, Integer.MAX_VALUE);
  }

  public Photo decode(byte[] bytes, int minShortSide) throws PhotoRejectedException {
    PhotoFormat format =
        PhotoFormat.of(bytes)
            .orElseThrow(() -> new PhotoRejectedException(Reason.NOT_AN_IMAGE, "not an image"));
    try {
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes));
      byte[] rgb = new byte[3 * image.getWidth() * image.getHeight()];
      int at = 0;
      for (int y = 0; y < image.getHeight(); y++) {
        for (int x = 0; x < image.getWidth(); x++) {
          int v = image.getRGB(x, y);
          rgb[at++] = (byte) (v >> 16);
          rgb[at++] = (byte) (v >> 8);
          rgb[at++] = (byte) v;
        }
      }
      return new Photo(
          image.getWidth(), image.getHeight(), rgb, format, image.getWidth(), image.getHeight());
    } catch (IOException e) {
      throw new PhotoRejectedException(Reason.CORRUPT, "corrupt", e);
    }
  }
}
