package app.mushroom.collector.photo;

import app.mushroom.storage.Sha256;
import app.mushroom.vision.Resampling;
import app.mushroom.vision.photo.Photo;
import app.mushroom.vision.photo.PhotoDecoder;
import app.mushroom.vision.photo.PhotoRejectedException;

/**
 * Decodes and checks a photograph, turns it upright, makes it smaller where it is too large, and
 * encodes it anew without metadata. The same bytes always give the same result.
 */
public final class PhotoPreparation {
  private static final float QUALITY = 0.95f;

  /** Beyond this many times the wanted size the decoder may skip pixels before we average. */
  private static final int OVERSAMPLING = 2;

  private static final float PICTURE_QUALITY = 0.8f;

  private final PhotoDecoder decoder;
  private final int maxSide;
  private final float quality;

  /**
   * For photos of a dataset.
   *
   * @param maxSide the longer side of the result in pixels is at most this, 16 to 1024
   */
  public PhotoPreparation(PhotoDecoder decoder, int maxSide) {
    this(decoder, maxSide, QUALITY);
  }

  private PhotoPreparation(PhotoDecoder decoder, int maxSide, float quality) {
    if (maxSide < 16 || maxSide > 1024) {
      throw new IllegalArgumentException(
          "Expected a longest side of 16 to 1024 pixels, found " + maxSide);
    }
    this.decoder = decoder;
    this.maxSide = maxSide;
    this.quality = quality;
  }

  /** For small pictures in reports: as light as they may be for the eye. */
  public static PhotoPreparation forPictures(PhotoDecoder decoder, int maxSide) {
    return new PhotoPreparation(decoder, maxSide, PICTURE_QUALITY);
  }

  /** Names how photos are encoded; results of different recipes are different bytes. */
  public String recipe() {
    return "jpeg-q" + Math.round(quality * 100) + "-444-max" + maxSide;
  }

  /**
   * Prepares one photograph.
   *
   * @param bytes an encoded image of any format that the decoder knows
   * @throws PhotoRejectedException when it is not a whole, sound photograph within the limits
   */
  public PreparedPhoto prepare(byte[] bytes) throws PhotoRejectedException {
    return encode(decode(bytes));
  }

  /** The first half of {@link #prepare}: upright and not too large, but not yet encoded. */
  public Photo decode(byte[] bytes) throws PhotoRejectedException {
    Photo photo = decoder.decode(bytes, OVERSAMPLING * maxSide);
    int width = photo.width();
    int height = photo.height();
    int longer = Math.max(width, height);
    if (longer <= maxSide) {
      return photo;
    }
    int newWidth = Math.max(1, Math.round((float) width * maxSide / longer));
    int newHeight = Math.max(1, Math.round((float) height * maxSide / longer));
    return new Photo(
        newWidth,
        newHeight,
        interleaved(Resampling.crop(photo, 0, 0, width, height, newWidth, newHeight)),
        photo.format(),
        photo.sourceWidth(),
        photo.sourceHeight());
  }

  /** The second half: as datasets keep it. */
  public PreparedPhoto encode(Photo photo) {
    byte[] jpeg = PlainJpeg.encode(photo.rgb(), photo.width(), photo.height(), quality);
    return new PreparedPhoto(Sha256.of(jpeg), photo.width(), photo.height(), jpeg);
  }

  private static byte[] interleaved(float[] planes) {
    int pixels = planes.length / 3;
    byte[] rgb = new byte[planes.length];
    for (int i = 0; i < pixels; i++) {
      for (int channel = 0; channel < 3; channel++) {
        int value = Math.round(planes[channel * pixels + i]);
        rgb[3 * i + channel] = (byte) Math.max(0, Math.min(255, value));
      }
    }
    return rgb;
  }
}
