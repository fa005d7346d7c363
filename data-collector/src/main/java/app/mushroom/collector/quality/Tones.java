package app.mushroom.collector.quality;

import java.util.Arrays;

/**
 * How a picture's colours are spread.
 *
 * @param deviation the standard deviation of luminance (Rec. 601), 0 to 127.5
 * @param oneTone share of pixels within {@link #SAME_TONE} levels of the commonest colour, 0 to 1
 * @param colours how many of 4,096 equal cells of the colour cube hold 90 % of the pixels
 * @param flat share of neighbouring pixels that differ by at most {@link #FLAT} levels, 0 to 1
 * @param hard of the neighbours that differ clearly, the share that differs strongly, 0 to 1
 */
record Tones(double deviation, double oneTone, int colours, double flat, double hard) {
  private static final int SAME_TONE = 10;
  private static final double FLAT = 1.5;
  private static final double CLEAR = 12;
  private static final double STRONG = 48;
  private static final double MOST = 0.9;

  static Tones of(Thumbnail picture) {
    int[] cells = new int[4096];
    int[] cell = new int[picture.pixels()];
    for (int i = 0; i < cell.length; i++) {
      cell[i] = level(picture, 0, i) << 8 | level(picture, 1, i) << 4 | level(picture, 2, i);
      cells[cell[i]]++;
    }
    double[] edges = edges(picture);
    return new Tones(
        deviation(picture), oneTone(picture, cells, cell), colours(cells), edges[0], edges[1]);
  }

  private static int level(Thumbnail picture, int channel, int pixel) {
    return Math.max(0, Math.min(255, (int) picture.planes()[channel * picture.pixels() + pixel]))
        >> 4;
  }

  private static double deviation(Thumbnail picture) {
    int pixels = picture.pixels();
    float[] planes = picture.planes();
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < pixels; i++) {
      double grey = 0.299 * planes[i] + 0.587 * planes[pixels + i] + 0.114 * planes[2 * pixels + i];
      sum += grey;
      squares += grey * grey;
    }
    double mean = sum / pixels;
    return Math.sqrt(Math.max(0, squares / pixels - mean * mean));
  }

  /**
   * Around the mean of the fullest cell, so that a tone on the border of two cells counts whole.
   */
  private static double oneTone(Thumbnail picture, int[] cells, int[] cell) {
    int fullest = 0;
    for (int i = 1; i < cells.length; i++) {
      fullest = cells[i] > cells[fullest] ? i : fullest;
    }
    int pixels = picture.pixels();
    double[] tone = new double[3];
    for (int i = 0; i < pixels; i++) {
      for (int c = 0; c < 3 && cell[i] == fullest; c++) {
        tone[c] += picture.planes()[c * pixels + i] / cells[fullest];
      }
    }
    int near = 0;
    for (int i = 0; i < pixels; i++) {
      boolean same = true;
      for (int c = 0; c < 3; c++) {
        same &= Math.abs(picture.planes()[c * pixels + i] - tone[c]) <= SAME_TONE;
      }
      near += same ? 1 : 0;
    }
    return (double) near / pixels;
  }

  private static int colours(int[] cells) {
    int[] sorted = cells.clone();
    Arrays.sort(sorted);
    long total = Arrays.stream(cells).sum();
    long held = 0;
    int colours = 0;
    while (held < MOST * total) {
      held += sorted[sorted.length - ++colours];
    }
    return colours;
  }

  /** Shares of flat neighbours of all, and of strong edges of the clear ones. */
  private static double[] edges(Thumbnail picture) {
    int all = 0;
    int flat = 0;
    int clear = 0;
    int strong = 0;
    for (int y = 0; y < picture.height() - 1; y++) {
      for (int x = 0; x < picture.width() - 1; x++) {
        int at = y * picture.width() + x;
        double difference =
            Math.max(picture.difference(at, at + 1), picture.difference(at, at + picture.width()));
        all++;
        flat += difference <= FLAT ? 1 : 0;
        clear += difference >= CLEAR ? 1 : 0;
        strong += difference >= STRONG ? 1 : 0;
      }
    }
    return new double[] {
      all == 0 ? 1 : (double) flat / all, clear == 0 ? 0 : (double) strong / clear
    };
  }
}
