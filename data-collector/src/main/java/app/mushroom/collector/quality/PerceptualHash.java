package app.mushroom.collector.quality;

import app.mushroom.vision.Resampling;
import app.mushroom.vision.photo.Photo;
import java.util.Optional;

/**
 * 64 bits that stay nearly the same when a picture is encoded again, scaled, brightened or trimmed,
 * so that the {@link #distance} of two pictures tells copies from strangers.
 *
 * <p>The picture is shrunk to 32 x 32 shades of grey, each an average over its area; each bit is
 * the sign of one low frequency of the grey's discrete cosine transform (DCT-II). The scheme is the
 * DCT hash of Zauner, "Implementation and Benchmarking of Perceptual Image Hash Functions" (2010),
 * with two changes. Coefficients are compared with 0 instead of their median: mirroring a picture
 * flips the sign of every odd horizontal frequency and nothing else, so the hash of the mirror
 * image follows from the hash alone. And the frequencies are the 64 pairs of wave numbers of at
 * least 1 with the smallest sums, instead of a square. What other choices find, and why this one,
 * is in docs/collecting.md.
 *
 * @param bits in the order of the frequencies, the lowest in the lowest bit
 */
public record PerceptualHash(long bits) {
  private static final int SIDE = 32;

  /** Of the wave numbers 1 to 10, exactly 64 pairs have a sum of at most 12. */
  private static final int LARGEST_WAVE = 10;

  private static final int LARGEST_SUM = 12;

  /**
   * Standard deviation of the 32 x 32 grey values, of 255, below which they say nothing: rounding
   * and compression decide the signs. The flattest of 5,423 mushroom photographs has 6.7.
   */
  static final double MIN_DEVIATION = 3;

  private static final int[] ACROSS = new int[Long.SIZE];
  private static final int[] DOWN = new int[Long.SIZE];
  private static final long ODD_ACROSS;

  /** [wave][position]; StrictMath, so that every machine finds the same bits. */
  private static final double[][] COSINES = new double[LARGEST_WAVE + 1][SIDE];

  static {
    int bit = 0;
    long odd = 0;
    for (int sum = 2; sum <= LARGEST_SUM; sum++) {
      for (int across = 1; across <= LARGEST_WAVE; across++) {
        int down = sum - across;
        if (down >= 1 && down <= LARGEST_WAVE) {
          ACROSS[bit] = across;
          DOWN[bit] = down;
          odd |= (across & 1L) << bit++;
        }
      }
    }
    ODD_ACROSS = odd;
    for (int wave = 0; wave <= LARGEST_WAVE; wave++) {
      for (int i = 0; i < SIDE; i++) {
        COSINES[wave][i] = StrictMath.cos(Math.PI * wave * (2 * i + 1) / (2 * SIDE));
      }
    }
  }

  /** The hash of a photo of any size; empty for one so flat that its hash would be chance. */
  public static Optional<PerceptualHash> of(Photo photo) {
    double[] grey = grey(photo);
    return deviation(grey) < MIN_DEVIATION
        ? Optional.empty()
        : Optional.of(new PerceptualHash(signs(grey)));
  }

  /** The hash that this picture has when left and right are swapped. */
  public PerceptualHash mirrored() {
    return new PerceptualHash(bits ^ ODD_ACROSS);
  }

  /** Bits that differ, 0 to 64; around 32 for pictures that have nothing in common. */
  public int distance(PerceptualHash other) {
    return Long.bitCount(bits ^ other.bits);
  }

  /** 16 hexadecimal digits. */
  @Override
  public String toString() {
    return String.format("%016x", bits);
  }

  /**
   * Reads what {@link #toString} writes.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static PerceptualHash parse(String hex) {
    if (!hex.matches("[0-9a-f]{16}")) {
      throw new IllegalArgumentException(
          "Expected a perceptual hash of 16 hexadecimal digits, found '"
              + hex
              + "'. Compute it again from the photo.");
    }
    return new PerceptualHash(Long.parseUnsignedLong(hex, 16));
  }

  private static double[] grey(Photo photo) {
    float[] planes = Resampling.crop(photo, 0, 0, photo.width(), photo.height(), SIDE, SIDE);
    int plane = SIDE * SIDE;
    double[] grey = new double[plane];
    for (int i = 0; i < plane; i++) {
      grey[i] = 0.299 * planes[i] + 0.587 * planes[plane + i] + 0.114 * planes[2 * plane + i];
    }
    return grey;
  }

  private static double deviation(double[] values) {
    double sum = 0;
    double squares = 0;
    for (double value : values) {
      sum += value;
      squares += value * value;
    }
    double mean = sum / values.length;
    return Math.sqrt(Math.max(0, squares / values.length - mean * mean));
  }

  private static long signs(double[] grey) {
    double[][] rows = new double[LARGEST_WAVE + 1][SIDE];
    for (int wave = 0; wave <= LARGEST_WAVE; wave++) {
      for (int y = 0; y < SIDE; y++) {
        double sum = 0;
        for (int x = 0; x < SIDE; x++) {
          sum += COSINES[wave][x] * grey[y * SIDE + x];
        }
        rows[wave][y] = sum;
      }
    }
    long signs = 0;
    for (int bit = 0; bit < Long.SIZE; bit++) {
      double sum = 0;
      for (int y = 0; y < SIDE; y++) {
        sum += COSINES[DOWN[bit]][y] * rows[ACROSS[bit]][y];
      }
      if (sum > 0) {
        signs |= 1L << bit;
      }
    }
    return signs;
  }
}
