package app.mushroom.vision.photo;

import java.util.Objects;

/**
 * A decoded photo: upright, sRGB, alpha flattened on white.
 *
 * @param width in pixels, as displayed
 * @param height in pixels, as displayed
 * @param rgb 3 * width * height bytes, rows from the top, R, G, B interleaved; owned by this photo
 * @param format of the file it came from
 * @param sourceWidth width before any reduction while decoding, as displayed
 * @param sourceHeight height before any reduction while decoding, as displayed
 */
@SuppressWarnings("ArrayRecordComponent") // megabytes of pixels: copied or compared by nobody
public record Photo(
    int width, int height, byte[] rgb, PhotoFormat format, int sourceWidth, int sourceHeight) {

  public Photo {
    Objects.requireNonNull(format, "format");
    if (width < 1 || height < 1 || rgb.length != 3L * width * height) {
      throw new IllegalArgumentException(
          "A photo of "
              + width
              + "x"
              + height
              + " pixels needs 3 bytes a pixel, found "
              + rgb.length
              + " bytes. Build photos with PhotoDecoder.");
    }
  }
}
