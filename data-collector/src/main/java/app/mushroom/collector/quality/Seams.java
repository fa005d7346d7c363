package app.mushroom.collector.quality;

import java.util.Arrays;

/**
 * Straight seams that run through a whole picture where collages are cut: at halves, thirds and
 * quarters of its width or height. Across a seam the pixels of nearly every stretch of it differ
 * more than elsewhere around it, which trunks, stems and horizons do not keep up from edge to edge.
 */
final class Seams {
  private static final double[] PLACES = {1 / 4.0, 1 / 3.0, 1 / 2.0, 2 / 3.0, 3 / 4.0};

  /** How far off its place a seam may be, as a share of the side: gutters and trimming move it. */
  private static final double OFF = 0.02;

  private static final int STRETCHES = 8;
  private static final int AROUND = 16;

  /** Sum over the channels of differences that noise alone makes. */
  private static final double NOISE = 6;

  private Seams() {}

  /**
   * How clearly the picture is cut: how many times larger the differences across its clearest seam
   * are than around it, in all its stretches but the weakest one. About 1 for a photograph.
   */
  static double strongest(Thumbnail picture) {
    return Math.max(strongest(picture, true), strongest(picture, false));
  }

  private static double strongest(Thumbnail picture, boolean upright) {
    int length = upright ? picture.width() : picture.height();
    int across = upright ? picture.height() : picture.width();
    if (length < 4 * AROUND || across < 4 * STRETCHES) {
      return 0;
    }
    double[][] differences = differences(picture, upright, length, across);
    double strongest = 0;
    for (double place : PLACES) {
      int off = (int) Math.ceil(OFF * length);
      int middle = (int) Math.round(place * length);
      for (int at = middle - off; at <= middle + off; at++) {
        strongest = Math.max(strongest, strength(differences, at));
      }
    }
    return strongest;
  }

  /** [stretch][position]: mean difference, summed over channels, to the pixel before. */
  private static double[][] differences(
      Thumbnail picture, boolean upright, int length, int across) {
    double[][] differences = new double[STRETCHES][length];
    int step = upright ? 1 : picture.width();
    for (int along = 0; along < across; along++) {
      int stretch = along * STRETCHES / across;
      int start = upright ? along * picture.width() : along;
      for (int at = 1; at < length; at++) {
        int pixel = start + at * step;
        for (int c = 0; c < 3; c++) {
          int plane = c * picture.pixels();
          differences[stretch][at] +=
              Math.abs(picture.planes()[plane + pixel] - picture.planes()[plane + pixel - step])
                  * STRETCHES
                  / across;
        }
      }
    }
    return differences;
  }

  private static double strength(double[][] differences, int at) {
    double[] strengths = new double[STRETCHES];
    for (int stretch = 0; stretch < STRETCHES; stretch++) {
      double[] row = differences[stretch];
      double[] around = new double[2 * AROUND];
      int used = 0;
      for (int i = Math.max(1, at - AROUND); i < Math.min(row.length, at + AROUND + 1); i++) {
        if (Math.abs(i - at) > 1) {
          around[used++] = row[i];
        }
      }
      Arrays.sort(around, 0, used);
      strengths[stretch] = (row[at] + NOISE) / (around[used / 2] + NOISE);
    }
    Arrays.sort(strengths);
    return strengths[1];
  }
}
