package app.mushroom.vision;

import app.mushroom.vision.photo.Photo;

/**
 * Resizes any rectangle of a photo with an antialiased triangle filter: the filter of Pillow's
 * BILINEAR, which widens when shrinking so that every source pixel counts. Deterministic: the same
 * pixels give the same floats on every machine.
 */
public final class Resampling {
  private Resampling() {}

  /**
   * @param x left edge of the rectangle in source pixels, may be fractional
   * @param y top edge of the rectangle in source pixels
   * @param width of the rectangle in source pixels, above 0; the rectangle lies within the photo
   * @param height of the rectangle in source pixels, above 0
   * @param outWidth in pixels
   * @param outHeight in pixels
   * @return CHW floats in 0..255, length 3 * outWidth * outHeight
   */
  public static float[] crop(
      Photo photo, double x, double y, double width, double height, int outWidth, int outHeight) {
    requireInside("x", x, width, photo.width());
    requireInside("y", y, height, photo.height());
    if (outWidth < 1 || outHeight < 1) {
      throw new IllegalArgumentException(
          "Expected an output of at least 1x1 pixels, found " + outWidth + "x" + outHeight);
    }
    Taps columns = Taps.of(x, width, outWidth, photo.width());
    Taps rows = Taps.of(y, height, outHeight, photo.height());
    return vertical(horizontal(photo, columns, rows, outWidth), rows, outWidth, outHeight);
  }

  /** Source rows that count, each shrunk to outWidth: [row][channel][outWidth]. */
  private static float[] horizontal(Photo photo, Taps columns, Taps rows, int outWidth) {
    int firstRow = rows.min;
    int rowCount = rows.max - firstRow;
    int stride = 3 * photo.width();
    byte[] rgb = photo.rgb();
    float[] source = new float[3 * (columns.max - columns.min)];
    float[] out = new float[3 * outWidth * rowCount];
    for (int row = 0; row < rowCount; row++) {
      int from = (firstRow + row) * stride + 3 * columns.min;
      for (int i = 0; i < source.length; i++) {
        source[i] = rgb[from + i] & 0xFF;
      }
      int base = 3 * outWidth * row;
      for (int ox = 0; ox < outWidth; ox++) {
        float r = 0;
        float g = 0;
        float b = 0;
        int s = 3 * (columns.first[ox] - columns.min);
        for (int t = columns.start[ox], end = columns.start[ox + 1]; t < end; t++, s += 3) {
          float weight = columns.weights[t];
          r += weight * source[s];
          g += weight * source[s + 1];
          b += weight * source[s + 2];
        }
        out[base + ox] = r;
        out[base + outWidth + ox] = g;
        out[base + 2 * outWidth + ox] = b;
      }
    }
    return out;
  }

  private static float[] vertical(float[] shrunk, Taps rows, int outWidth, int outHeight) {
    int plane = outWidth * outHeight;
    float[] out = new float[3 * plane];
    float[] sum = new float[3 * outWidth];
    for (int oy = 0; oy < outHeight; oy++) {
      java.util.Arrays.fill(sum, 0);
      int from = 3 * outWidth * (rows.first[oy] - rows.min);
      for (int t = rows.start[oy], end = rows.start[oy + 1]; t < end; t++) {
        float weight = rows.weights[t];
        for (int i = 0; i < sum.length; i++) {
          sum[i] += weight * shrunk[from + i];
        }
        from += sum.length;
      }
      for (int c = 0; c < 3; c++) {
        System.arraycopy(sum, c * outWidth, out, c * plane + oy * outWidth, outWidth);
      }
    }
    return out;
  }

  private static void requireInside(String axis, double from, double length, int limit) {
    double slack = 1e-6 * limit + 1e-9;
    if (!(length > 0) || !(from >= -slack) || !(from + length <= limit + slack)) {
      throw new IllegalArgumentException(
          "Expected a rectangle inside 0.."
              + limit
              + " on the "
              + axis
              + " axis, found "
              + from
              + " + "
              + length);
    }
  }

  /** For each output position the first source position and the weights from there on. */
  private static final class Taps {
    private final int[] first;
    private final int[] start;
    private final float[] weights;
    private final int min;
    private final int max;

    private Taps(int[] first, int[] start, float[] weights, int min, int max) {
      this.first = first;
      this.start = start;
      this.weights = weights;
      this.min = min;
      this.max = max;
    }

    private static Taps of(double from, double length, int out, int limit) {
      double scale = length / out;
      double support = Math.max(scale, 1);
      int[] first = new int[out];
      int[] start = new int[out + 1];
      float[] weights = new float[out * ((int) Math.ceil(2 * support) + 2)];
      int min = limit;
      int max = 0;
      int used = 0;
      for (int o = 0; o < out; o++) {
        double centre = from + (o + 0.5) * scale;
        int lo = Math.max(0, (int) (centre - support + 0.5));
        int hi = Math.min(limit, (int) (centre + support + 0.5));
        if (hi <= lo) {
          lo = Math.min(lo, limit - 1);
          hi = lo + 1;
        }
        double total = 0;
        double[] raw = new double[hi - lo];
        for (int s = lo; s < hi; s++) {
          double distance = Math.abs(s + 0.5 - centre) / support;
          raw[s - lo] = distance < 1 ? 1 - distance : 0;
          total += raw[s - lo];
        }
        first[o] = lo;
        start[o] = used;
        for (int i = 0; i < raw.length; i++) {
          weights[used++] = (float) (total > 0 ? raw[i] / total : 1.0 / raw.length);
        }
        min = Math.min(min, lo);
        max = Math.max(max, hi);
      }
      start[out] = used;
      return new Taps(first, start, weights, min, max);
    }
  }
}
