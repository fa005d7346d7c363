package app.mushroom.trainer.dataset;

/**
 * Changes of light and colour, in place, on CHW pixels of three planes in 0..255. A factor of 1
 * changes nothing, 0 gives black, the mean grey, grey levels or a blurred picture, as in Pillow's
 * ImageEnhance.
 */
final class Tones {

  /** Red, green and blue in luma, ITU-R BT.601. */
  private static final float[] LUMA = {0.299f, 0.587f, 0.114f};

  private Tones() {}

  static void brightness(float[] pixels, double factor) {
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = clamp(pixels[i] * (float) factor);
    }
  }

  static void contrast(float[] pixels, double factor) {
    int plane = pixels.length / 3;
    double sum = 0;
    for (int i = 0; i < plane; i++) {
      sum += luma(pixels, plane, i);
    }
    float mean = (float) (sum / plane);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = clamp(mean + (pixels[i] - mean) * (float) factor);
    }
  }

  static void saturation(float[] pixels, double factor) {
    int plane = pixels.length / 3;
    for (int i = 0; i < plane; i++) {
      float grey = luma(pixels, plane, i);
      for (int at = i; at < pixels.length; at += plane) {
        pixels[at] = clamp(grey + (pixels[at] - grey) * (float) factor);
      }
    }
  }

  /** Moves away from, or towards, a 3 × 3 blur; the border stays. */
  static void sharpness(float[] pixels, int size, double factor) {
    float[] source = pixels.clone();
    for (int channel = 0; channel < 3; channel++) {
      for (int y = 1; y < size - 1; y++) {
        for (int x = 1; x < size - 1; x++) {
          int at = (channel * size + y) * size + x;
          float blurred = 4 * source[at];
          for (int row = at - size; row <= at + size; row += size) {
            blurred += source[row - 1] + source[row] + source[row + 1];
          }
          blurred /= 13;
          pixels[at] = clamp(blurred + (source[at] - blurred) * (float) factor);
        }
      }
    }
  }

  /** Stretches each channel to the full range; a channel of one value stays. */
  static void autoContrast(float[] pixels) {
    int plane = pixels.length / 3;
    for (int from = 0; from < pixels.length; from += plane) {
      float low = 255;
      float high = 0;
      for (int i = from; i < from + plane; i++) {
        low = Math.min(low, pixels[i]);
        high = Math.max(high, pixels[i]);
      }
      if (high - low > 1) {
        for (int i = from; i < from + plane; i++) {
          pixels[i] = (pixels[i] - low) * 255 / (high - low);
        }
      }
    }
  }

  static float luma(float[] pixels, int plane, int i) {
    return LUMA[0] * pixels[i] + LUMA[1] * pixels[plane + i] + LUMA[2] * pixels[2 * plane + i];
  }

  private static float clamp(float value) {
    return Math.max(0, Math.min(255, value));
  }
}
