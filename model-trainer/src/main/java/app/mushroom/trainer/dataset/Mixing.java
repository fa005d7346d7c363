package app.mushroom.trainer.dataset;

import java.util.random.RandomGenerator;

/**
 * Blends pairs of photos of a batch and their targets: mixup (Zhang et al., ICLR 2018) or CutMix
 * (Yun et al., ICCV 2019). The partner of row i is row N-1-i.
 *
 * @param mixup probability of mixup for a batch, in [0, 1]
 * @param cutMix probability of CutMix for a batch, in [0, 1 - mixup]
 */
public record Mixing(double mixup, double cutMix) {

  private static final double MIXUP_SPREAD = 0.3;

  public Mixing {
    if (mixup < 0 || cutMix < 0 || mixup + cutMix > 1) {
      throw new IllegalArgumentException(
          "mixup and CutMix are probabilities whose sum is at most 1, found "
              + mixup
              + " and "
              + cutMix);
    }
  }

  void apply(float[][] pixels, float[][] targets, int size, RandomGenerator random) {
    double draw = random.nextDouble();
    if (pixels.length < 2 || draw >= mixup + cutMix) {
      return;
    }
    float[][] original = new float[pixels.length][];
    float[][] labels = new float[targets.length][];
    for (int i = 0; i < pixels.length; i++) {
      original[i] = pixels[i].clone();
      labels[i] = targets[i].clone();
    }
    double keep;
    if (draw < mixup) {
      keep = 1 - MIXUP_SPREAD * random.nextDouble();
      for (int i = 0; i < pixels.length; i++) {
        blend(pixels[i], original[pixels.length - 1 - i], keep);
      }
    } else {
      int side = (int) Math.round(size * Math.sqrt(0.5 * random.nextDouble()));
      int x = random.nextInt(size - side + 1);
      int y = random.nextInt(size - side + 1);
      keep = 1 - (double) side * side / (size * (double) size);
      for (int i = 0; i < pixels.length; i++) {
        paste(pixels[i], original[pixels.length - 1 - i], size, x, y, side);
      }
    }
    for (int i = 0; i < targets.length; i++) {
      blend(targets[i], labels[targets.length - 1 - i], keep);
    }
  }

  private static void blend(float[] values, float[] other, double keep) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (values[i] * keep + other[i] * (1 - keep));
    }
  }

  private static void paste(float[] pixels, float[] other, int size, int x, int y, int side) {
    for (int row = 0; row < 3 * size; row++) {
      int line = row % size;
      if (line >= y && line < y + side) {
        System.arraycopy(other, row * size + x, pixels, row * size + x, side);
      }
    }
  }
}
