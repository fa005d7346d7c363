package app.mushroom.benchmarks.serving;

import java.util.Arrays;

/** Times of answers. */
final class Latencies {
  private final long[] sorted;

  /**
   * @param nanos one an answer
   */
  Latencies(long[] nanos) {
    sorted = nanos.clone();
    Arrays.sort(sorted);
  }

  int count() {
    return sorted.length;
  }

  /**
   * In milliseconds, by the nearest rank.
   *
   * @param share 0.5 for the median
   */
  double millis(double share) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted[Math.max(0, rank - 1)] / 1e6;
  }
}
