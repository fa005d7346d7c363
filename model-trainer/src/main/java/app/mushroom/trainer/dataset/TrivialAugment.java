package app.mushroom.trainer.dataset;

import java.util.random.RandomGenerator;

/**
 * One random change of random strength for a view: TrivialAugment (Müller and Hutter, ICCV 2021),
 * whose whole policy is to draw an operation and a magnitude evenly. Its wide magnitudes, without
 * hue, solarising and posterising: colour tells mushroom species apart.
 */
final class TrivialAugment {

  private static final double MOST_DEGREES = 60;
  private static final double MOST_SHEAR = 0.6;
  private static final double MOST_SHIFT = 0.25;
  private static final double MOST_CHANGE = 0.8;

  private enum Operation {
    IDENTITY,
    ROTATE,
    SHEAR_X,
    SHEAR_Y,
    SHIFT_X,
    SHIFT_Y,
    BRIGHTNESS,
    CONTRAST,
    SATURATION,
    SHARPNESS,
    AUTO_CONTRAST
  }

  private static final Operation[] OPERATIONS = Operation.values();

  private TrivialAugment() {}

  /**
   * @param pixels CHW values of 3 × size × size in 0..255, changed in place
   */
  static void apply(float[] pixels, int size, RandomGenerator random) {
    Operation operation = OPERATIONS[random.nextInt(OPERATIONS.length)];
    double strength = random.nextDouble() * (random.nextBoolean() ? 1 : -1);
    double change = 1 + MOST_CHANGE * strength;
    switch (operation) {
      case IDENTITY -> {}
      case ROTATE -> rotate(pixels, size, Math.toRadians(MOST_DEGREES * strength));
      case SHEAR_X -> warp(pixels, size, 1, MOST_SHEAR * strength, 0, 0, 1, 0);
      case SHEAR_Y -> warp(pixels, size, 1, 0, 0, MOST_SHEAR * strength, 1, 0);
      case SHIFT_X -> warp(pixels, size, 1, 0, MOST_SHIFT * strength * size, 0, 1, 0);
      case SHIFT_Y -> warp(pixels, size, 1, 0, 0, 0, 1, MOST_SHIFT * strength * size);
      case BRIGHTNESS -> Tones.brightness(pixels, change);
      case CONTRAST -> Tones.contrast(pixels, change);
      case SATURATION -> Tones.saturation(pixels, change);
      case SHARPNESS -> Tones.sharpness(pixels, size, change);
      case AUTO_CONTRAST -> Tones.autoContrast(pixels);
    }
  }

  private static void rotate(float[] pixels, int size, double angle) {
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    warp(pixels, size, cos, -sin, 0, sin, cos, 0);
  }

  /**
   * Fetches each pixel, bilinearly, from {@code (a x + b y + c, d x + e y + f)}, both measured from
   * the middle; outside the view the border is mirrored.
   */
  private static void warp(
      float[] pixels, int size, double a, double b, double c, double d, double e, double f) {
    if (size < 2) {
      return;
    }
    float[] source = pixels.clone();
    int plane = size * size;
    double middle = (size - 1) / 2.0;
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        double fromX = mirrored(a * (x - middle) + b * (y - middle) + c + middle, size);
        double fromY = mirrored(d * (x - middle) + e * (y - middle) + f + middle, size);
        int left = Math.min((int) fromX, size - 2);
        int top = Math.min((int) fromY, size - 2);
        float right = (float) (fromX - left);
        float down = (float) (fromY - top);
        int at = top * size + left;
        for (int channel = 0; channel < 3; channel++, at += plane) {
          float above = source[at] * (1 - right) + source[at + 1] * right;
          float below = source[at + size] * (1 - right) + source[at + size + 1] * right;
          pixels[channel * plane + y * size + x] = above * (1 - down) + below * down;
        }
      }
    }
  }

  private static double mirrored(double at, int size) {
    double last = size - 1.0;
    double inside = Math.abs(at) % (2 * last);
    return inside <= last ? inside : 2 * last - inside;
  }
}
