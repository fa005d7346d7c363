package app.mushroom.trainer.dataset;

import app.mushroom.vision.Resampling;
import app.mushroom.vision.photo.Photo;
import java.util.random.RandomGenerator;

/**
 * One random view of a photo: a random resized crop (Szegedy et al., "Going deeper with
 * convolutions", CVPR 2015), left-right flip, mild changes of brightness, contrast and saturation,
 * and random erasing (Zhong et al., AAAI 2020). Hue stays: colour tells species apart.
 *
 * <p>The crop is resampled by the filter that serving uses, so training sees the same sharpness.
 *
 * @param minArea smallest share of the photo that a crop shows, in (0, 1]
 * @param colour largest relative change of brightness, contrast and saturation, in [0, 1)
 * @param trivial probability of one more change, by {@link TrivialAugment}, in [0, 1]
 * @param erasing probability of erasing a rectangle, in [0, 1]
 */
public record Augmentation(double minArea, double colour, double trivial, double erasing) {

  /**
   * @return CHW float values of 3 × size × size, in 0..255
   */
  public float[] view(Photo photo, int size, RandomGenerator random) {
    float[] pixels = crop(photo, size, random);
    if (random.nextBoolean()) {
      flip(pixels, size);
    }
    if (colour > 0) {
      jitter(pixels, random);
    }
    if (random.nextDouble() < trivial) {
      TrivialAugment.apply(pixels, size, random);
    }
    if (random.nextDouble() < erasing) {
      erase(pixels, size, random);
    }
    return pixels;
  }

  private float[] crop(Photo photo, int size, RandomGenerator random) {
    double width = photo.width();
    double height = photo.height();
    for (int attempt = 0; attempt < 10; attempt++) {
      double area = width * height * (minArea + (1 - minArea) * random.nextDouble());
      double ratio = Math.exp((2 * random.nextDouble() - 1) * Math.log(4.0 / 3));
      double w = Math.sqrt(area * ratio);
      double h = Math.sqrt(area / ratio);
      if (w <= width && h <= height) {
        double x = random.nextDouble() * (width - w);
        double y = random.nextDouble() * (height - h);
        return Resampling.crop(photo, x, y, w, h, size, size);
      }
    }
    double side = Math.min(width, height);
    return Resampling.crop(photo, (width - side) / 2, (height - side) / 2, side, side, size, size);
  }

  /** Mirrors left and right, in place. */
  static void flip(float[] pixels, int size) {
    for (int row = 0; row < 3 * size; row++) {
      int from = row * size;
      for (int left = 0, right = size - 1; left < right; left++, right--) {
        float swapped = pixels[from + left];
        pixels[from + left] = pixels[from + right];
        pixels[from + right] = swapped;
      }
    }
  }

  private void jitter(float[] pixels, RandomGenerator random) {
    Tones.brightness(pixels, factor(random));
    Tones.saturation(pixels, factor(random));
    Tones.contrast(pixels, factor(random));
  }

  private double factor(RandomGenerator random) {
    return 1 + colour * (2 * random.nextDouble() - 1);
  }

  private static void erase(float[] pixels, int size, RandomGenerator random) {
    double area = size * size * (0.02 + 0.13 * random.nextDouble());
    double ratio = Math.exp((2 * random.nextDouble() - 1) * Math.log(3));
    int w = Math.max(1, Math.min(size, (int) Math.round(Math.sqrt(area * ratio))));
    int h = Math.max(1, Math.min(size, (int) Math.round(Math.sqrt(area / ratio))));
    int x = random.nextInt(size - w + 1);
    int y = random.nextInt(size - h + 1);
    for (int channel = 0; channel < 3; channel++) {
      float fill = 255 * random.nextFloat();
      for (int row = y; row < y + h; row++) {
        int from = channel * size * size + row * size + x;
        java.util.Arrays.fill(pixels, from, from + w, fill);
      }
    }
  }
}
