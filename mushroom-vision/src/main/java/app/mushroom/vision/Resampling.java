package app.mushroom.vision;

import app.mushroom.vision.photo.Photo;
import java.util.Arrays;

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
    return resize(photo, columns, rows, outWidth, outHeight);
  }

  /** Adds up whole rows first: that takes vector instructions, and leaves little for the rest. */
  private static float[] resize(Photo photo, Taps columns, Taps rows, int width, int height) {
    int length = 3 * (columns.max - columns.min);
    int window = rows.longest();
    float[][] source = new float[window][length];
    int next = rows.min;
    float[] sum = new float[length];
    float[] out = new float[3 * width * height];
    for (int row = 0; row < height; row++) {
      for (; next < rows.end(row); next++) {
        toFloats(photo.rgb(), 3 * (next * photo.width() + columns.min), source[next % window]);
      }
      Arrays.fill(sum, 0);
      for (int from = rows.first[row]; from < rows.end(row); from++) {
        add(source[from % window], rows.weights[rows.start[row] + from - rows.first[row]], sum);
      }
      shrink(sum, columns, width, out, row * width);
    }
    return out;
  }

  private static void toFloats(byte[] rgb, int from, float[] row) {
    for (int i = 0; i < row.length; i++) {
      row[i] = rgb[from + i] & 0xFF;
    }
  }

  private static void add(float[] row, float weight, float[] sum) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += weight * row[i];
    }
  }

  /**
   * @param out three planes, of which the row at {@code to} is written
   */
  private static void shrink(float[] row, Taps columns, int width, float[] out, int to) {
    int plane = out.length / 3;
    for (int column = 0; column < width; column++) {
      float r = 0;
      float g = 0;
      float b = 0;
      int s = 3 * (columns.first[column] - columns.min);
      for (int t = columns.start[column], end = columns.start[column + 1]; t < end; t++, s += 3) {
        float weight = columns.weights[t];
        r += weight * row[s];
        g += weight * row[s + 1];
        b += weight * row[s + 2];
      }
      out[to + column] = r;
      out[plane + to + column] = g;
      out[2 * plane + to + column] = b;
    }
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

    /** Behind the last source position of an output position. */
    private int end(int position) {
      return first[position] + start[position + 1] - start[position];
    }

    /** Most source positions that an output position takes. */
    private int longest() {
      int longest = 1;
      for (int position = 0; position < first.length; position++) {
        longest = Math.max(longest, end(position) - first[position]);
      }
      return longest;
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
