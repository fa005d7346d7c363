package app.mushroom.trainer.promotion;

import app.mushroom.trainer.evaluation.Bootstrap;
import app.mushroom.trainer.evaluation.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How far a figure's difference between two versions may be chance: both are computed on the same
 * resampled finds, and the middle 95 % of the differences are the interval (paired over two
 * systems: Koehn, EMNLP 2004).
 */
final class PairedBootstrap {

  static final Bootstrap BOOTSTRAP = new Bootstrap(2000, 1);

  private final List<String> finds;

  /**
   * @param finds for each photo the find it belongs to
   */
  PairedBootstrap(List<String> finds) {
    this.finds = finds;
  }

  int finds() {
    return (int) finds.stream().distinct().count();
  }

  /** Each figure of both versions on all photos, with the interval of its difference. */
  List<Measured> compare(Bootstrap.Figures champion, Bootstrap.Figures candidate) {
    int[] once = new int[finds.size()];
    Arrays.fill(once, 1);
    double[] before = champion.of(once);
    double[] after = candidate.of(once);
    List<Bootstrap.Values> differences =
        BOOTSTRAP.values(finds, weights -> difference(champion.of(weights), candidate.of(weights)));
    List<Measured> measured = new ArrayList<>();
    for (int figure = 0; figure < before.length; figure++) {
      Interval interval =
          differences.get(figure).percentile().orElse(new Interval(Double.NaN, Double.NaN));
      measured.add(new Measured(before[figure], after[figure], interval.low(), interval.high()));
    }
    return measured;
  }

  private static double[] difference(double[] before, double[] after) {
    double[] difference = new double[before.length];
    for (int figure = 0; figure < before.length; figure++) {
      difference[figure] = after[figure] - before[figure];
    }
    return difference;
  }
}
