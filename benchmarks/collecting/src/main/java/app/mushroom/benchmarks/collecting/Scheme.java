package app.mushroom.benchmarks.collecting;

import app.mushroom.collector.quality.PerceptualHash;
import app.mushroom.vision.Resampling;
import app.mushroom.vision.photo.Photo;
import java.util.Arrays;
import java.util.Optional;

/** The collector's perceptual hash, and the two that it was chosen from. */
enum Scheme {
  SIGNS("DCT, signs of 64 low frequencies (the collector's)") {
    @Override
    long[] hash(Photo photo) {
      Optional<PerceptualHash> hash = PerceptualHash.of(photo);
      return hash.isEmpty()
          ? new long[0]
          : new long[] {hash.get().bits(), hash.get().mirrored().bits()};
    }
  },
  MEDIAN("DCT, 8 x 8 frequencies against their median (Zauner 2010)") {
    @Override
    long[] hash(Photo photo) {
      double[] grey = grey(photo, 32, 32);
      return new long[] {median(grey), median(flip(grey, 32))};
    }
  },
  GRADIENT("dHash, 9 x 8 (Krawetz 2013)") {
    @Override
    long[] hash(Photo photo) {
      double[] grey = grey(photo, 9, 8);
      return new long[] {gradient(grey), gradient(flip(grey, 9))};
    }
  };

  final String words;

  Scheme(String words) {
    this.words = words;
  }

  /** The hash and that of the mirror image; none for a picture that the scheme does not hash. */
  abstract long[] hash(Photo photo);

  private static double[] grey(Photo photo, int width, int height) {
    float[] rgb = Resampling.crop(photo, 0, 0, photo.width(), photo.height(), width, height);
    int plane = width * height;
    double[] grey = new double[plane];
    for (int i = 0; i < plane; i++) {
      grey[i] = 0.299 * rgb[i] + 0.587 * rgb[plane + i] + 0.114 * rgb[2 * plane + i];
    }
    return grey;
  }

  private static double[] flip(double[] grey, int width) {
    double[] flipped = new double[grey.length];
    for (int i = 0; i < grey.length; i++) {
      flipped[i] = grey[i - i % width + width - 1 - i % width];
    }
    return flipped;
  }

  private static long gradient(double[] grey) {
    long bits = 0;
    for (int i = 0; i < Long.SIZE; i++) {
      int at = i / 8 * 9 + i % 8;
      bits |= grey[at] < grey[at + 1] ? 1L << i : 0;
    }
    return bits;
  }

  private static long median(double[] grey) {
    double[] waves = new double[Long.SIZE];
    for (int i = 0; i < waves.length; i++) {
      for (int y = 0; y < 32; y++) {
        double row = 0;
        for (int x = 0; x < 32; x++) {
          row += COSINES[i % 8 + 1][x] * grey[y * 32 + x];
        }
        waves[i] += COSINES[i / 8 + 1][y] * row;
      }
    }
    double[] sorted = waves.clone();
    Arrays.sort(sorted);
    double median = (sorted[31] + sorted[32]) / 2;
    long bits = 0;
    for (int i = 0; i < waves.length; i++) {
      bits |= waves[i] > median ? 1L << i : 0;
    }
    return bits;
  }

  private static final double[][] COSINES = new double[9][32];

  static {
    for (int wave = 0; wave < COSINES.length; wave++) {
      for (int i = 0; i < 32; i++) {
        COSINES[wave][i] = Math.cos(Math.PI * wave * (2 * i + 1) / 64);
      }
    }
  }
}
