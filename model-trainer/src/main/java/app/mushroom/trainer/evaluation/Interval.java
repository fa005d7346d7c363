package app.mushroom.trainer.evaluation;

import java.util.function.DoubleUnaryOperator;

/**
 * A 95 % interval; both ends belong to it.
 *
 * @param low lower end
 * @param high upper end
 */
public record Interval(double low, double high) {

  private static final double TAIL = 0.025;
  private static final int HALVINGS = 50;

  /**
   * The exact interval of a share (Clopper and Pearson, Biometrika 1934): right for few photos and
   * for shares of none or all of them.
   *
   * @param part how many, 0 to {@code whole}
   * @param whole of how many, at least 1
   */
  public static Interval ofShare(int part, int whole) {
    if (part < 0 || part > whole || whole < 1) {
      throw new IllegalArgumentException(
          "Expected a part of at least one photo, found " + part + " of " + whole);
    }
    double low = part == 0 ? 0 : root(p -> 1 - atMost(part - 1, whole, p), TAIL);
    double high = part == whole ? 1 : root(p -> 1 - atMost(part, whole, p), 1 - TAIL);
    return new Interval(low, high);
  }

  /**
   * The exact interval where several photos show one find, and so say less than as many finds: the
   * wider of those with photos and with finds as what is counted.
   *
   * @param finds how many finds the photos belong to, 1 to {@code whole}
   */
  public static Interval ofShare(int part, int whole, int finds) {
    Interval photos = ofShare(part, whole);
    if (finds == whole) {
      return photos;
    }
    double scaled = (double) part * finds / whole;
    return new Interval(
        Math.min(photos.low(), ofShare((int) Math.floor(scaled), finds).low()),
        Math.max(photos.high(), ofShare((int) Math.ceil(scaled), finds).high()));
  }

  /** Where a rising function of [0, 1] reaches a value. */
  private static double root(DoubleUnaryOperator rising, double value) {
    double low = 0;
    double high = 1;
    for (int halving = 0; halving < HALVINGS; halving++) {
      double middle = (low + high) / 2;
      if (rising.applyAsDouble(middle) < value) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  /** The chance of at most so many hits in n tries of chance p: the binomial distribution. */
  private static double atMost(int hits, int n, double p) {
    double log = n * Math.log1p(-p);
    double odds = Math.log(p) - Math.log1p(-p);
    double sum = 0;
    for (int k = 0; k <= hits; k++) {
      sum += Math.exp(log);
      log += Math.log((double) (n - k) / (k + 1)) + odds;
    }
    return Math.min(1, sum);
  }
}
