package app.mushroom.trainer.promotion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * How far a figure's difference between two versions may be chance: both are computed on the same
 * resampled photos, again and again, and the middle 95 % of the differences are the interval
 * (percentile bootstrap: Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, chapter
 * 13; paired over two systems: Koehn, EMNLP 2004). Finds are resampled, not photos, since photos of
 * one find are no independent evidence.
 */
final class PairedBootstrap {

  static final int ROUNDS = 2000;
  static final long SEED = 1;
  private static final double TAIL = 0.025;

  private final List<int[]> finds;
  private final int rows;

  /** Figures of one version over weighted rows. */
  interface Figures {
    /**
     * @param weights how often each row counts
     * @return the figures, always in the same order; NaN where one is not defined
     */
    double[] of(int[] weights);
  }

  /**
   * @param groups for each row the find it belongs to
   */
  PairedBootstrap(List<String> groups) {
    Map<String, List<Integer>> byGroup = new HashMap<>();
    List<List<Integer>> inOrder = new ArrayList<>();
    for (int row = 0; row < groups.size(); row++) {
      byGroup
          .computeIfAbsent(
              groups.get(row),
              unseen -> {
                List<Integer> fresh = new ArrayList<>();
                inOrder.add(fresh);
                return fresh;
              })
          .add(row);
    }
    this.finds =
        inOrder.stream().map(list -> list.stream().mapToInt(Integer::intValue).toArray()).toList();
    this.rows = groups.size();
  }

  int finds() {
    return finds.size();
  }

  /** Each figure of both versions on all rows, with the interval of its difference. */
  List<Measured> compare(Figures champion, Figures candidate) {
    int[] once = new int[rows];
    Arrays.fill(once, 1);
    double[] before = champion.of(once);
    double[] after = candidate.of(once);
    double[][] differences = new double[before.length][ROUNDS];
    SplittableRandom random = new SplittableRandom(SEED);
    for (int round = 0; round < ROUNDS; round++) {
      int[] weights = draw(random);
      double[] one = champion.of(weights);
      double[] other = candidate.of(weights);
      for (int figure = 0; figure < before.length; figure++) {
        differences[figure][round] = other[figure] - one[figure];
      }
    }
    List<Measured> measured = new ArrayList<>();
    for (int figure = 0; figure < before.length; figure++) {
      double[] defined =
          Arrays.stream(differences[figure]).filter(Double::isFinite).sorted().toArray();
      measured.add(
          new Measured(
              before[figure], after[figure], quantile(defined, TAIL), quantile(defined, 1 - TAIL)));
    }
    return measured;
  }

  private int[] draw(SplittableRandom random) {
    int[] weights = new int[rows];
    for (int draw = 0; draw < finds.size(); draw++) {
      for (int row : finds.get(random.nextInt(finds.size()))) {
        weights[row]++;
      }
    }
    return weights;
  }

  /** Linear between the two nearest values; NaN if there are none. */
  static double quantile(double[] sorted, double share) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
