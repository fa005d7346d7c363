package app.mushroom.vision;

import app.mushroom.vision.photo.Photo;

/**
 * How a photo becomes the network's input; training and serving use this one class.
 *
 * @param size side of the square network input, in pixels
 * @param resizeShortSide what the photo's shorter side is resized to before the centre crop, in
 *     pixels, at least {@code size}
 * @param mean per channel (R, G, B), on the scale 0..1
 * @param std per channel (R, G, B), on the scale 0..1, above 0
 */
@SuppressWarnings("ArrayRecordComponent") // three numbers each, copied on the way in
public record Preprocessing(int size, int resizeShortSide, float[] mean, float[] std) {

  public Preprocessing {
    if (size < 1 || resizeShortSide < size) {
      throw new IllegalArgumentException(
          "Expected 1 <= size <= resizeShortSide, found size "
              + size
              + " and resizeShortSide "
              + resizeShortSide
              + ". Correct the input section of bundle.json.");
    }
    mean = requireChannels("mean", mean);
    std = requireChannels("std", std);
    for (float s : std) {
      if (s <= 0) {
        throw new IllegalArgumentException("Expected a std above 0 for each channel, found " + s);
      }
    }
  }

  /** The usual ImageNet normalisation, with a resize to size * 236 / 224 before the centre crop. */
  public static Preprocessing imagenet(int size) {
    return new Preprocessing(
        size,
        Math.round(size * 236 / 224f),
        new float[] {0.485f, 0.456f, 0.406f},
        new float[] {0.229f, 0.224f, 0.225f});
  }

  /**
   * Resizes the shorter side to {@code resizeShortSide} (antialiased triangle filter, like Pillow's
   * BILINEAR), cuts the centre square and normalises {@code (v / 255 - mean) / std}.
   *
   * @return float32 values in CHW order, length 3 * size * size
   */
  public float[] toTensor(Photo photo) {
    double scale = (double) Math.min(photo.width(), photo.height()) / resizeShortSide;
    double side = size * scale;
    double x = (photo.width() - side) / 2;
    double y = (photo.height() - side) / 2;
    return normalise(Resampling.crop(photo, x, y, side, side, size, size));
  }

  /**
   * Normalises planes of 0..255 values in place.
   *
   * @param planes CHW, 3 planes of equal length
   * @return the same array
   */
  public float[] normalise(float[] planes) {
    int plane = planes.length / 3;
    for (int c = 0; c < 3; c++) {
      float factor = 1 / (255 * std[c]);
      float offset = -mean[c] / std[c];
      for (int i = c * plane, end = i + plane; i < end; i++) {
        planes[i] = planes[i] * factor + offset;
      }
    }
    return planes;
  }

  private static float[] requireChannels(String what, float[] values) {
    if (values.length != 3) {
      throw new IllegalArgumentException(
          "Expected 3 values (R, G, B) for " + what + ", found " + values.length);
    }
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException(
            "Expected finite numbers for " + what + ", found " + value);
      }
    }
    return values.clone();
  }
}
