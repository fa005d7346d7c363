package app.mushroom.trainer.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * How far a figure may be off by the luck of which photos it was measured on: 95 % intervals by the
 * percentile bootstrap (Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, chapter
 * 13). The same seed and units give the same intervals. Immutable.
 *
 * @param rounds how often the units are drawn anew, at least 1
 * @param seed of the draws
 */
public record Bootstrap(int rounds, long seed) {

  private static final double TAIL = 0.025;

  /** What the project reports with: 2,000 rounds, one fixed seed. */
  public static final Bootstrap DEFAULT = new Bootstrap(2000, 20_240_101);

  /** Both ends belong to it. */
  public record Interval(double low, double high) {}

  public Bootstrap {
    if (rounds < 1) {
      throw new IllegalArgumentException("Expected at least 1 round, found " + rounds);
    }
  }

  /**
   * The interval of one statistic.
   *
   * @param units how many things there are to draw from, with replacement
   * @param statistic gets {@code units} indices in 0..units-1, some of them repeated; NaN where it
   *     is not defined, which leaves the round out
   * @return empty without units, or if no round gave a number
   */
  public Optional<Interval> interval(int units, ToDoubleFunction<int[]> statistic) {
    return intervals(units, drawn -> new double[] {statistic.applyAsDouble(drawn)}).get(0);
  }

  /** As {@link #interval}, for statistics that are best counted together, on the same draws. */
  public List<Optional<Interval>> intervals(int units, Function<int[], double[]> statistics) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] drawn = new int[units];
    int width = statistics.apply(drawn.clone()).length;
    double[][] values = new double[width][units == 0 ? 0 : rounds];
    for (int round = 0; round < (units == 0 ? 0 : rounds); round++) {
      for (int i = 0; i < units; i++) {
        drawn[i] = random.nextInt(units);
      }
      double[] statistic = statistics.apply(drawn.clone());
      for (int s = 0; s < width; s++) {
        values[s][round] = statistic[s];
      }
    }
    List<Optional<Interval>> intervals = new ArrayList<>();
    for (double[] each : values) {
      intervals.add(middle(each));
    }
    return List.copyOf(intervals);
  }

  private static Optional<Interval> middle(double[] values) {
    double[] sorted = Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
    if (sorted.length == 0) {
      return Optional.empty();
    }
    int left = (int) Math.floor(TAIL * (sorted.length - 1));
    int right = (int) Math.ceil((1 - TAIL) * (sorted.length - 1));
    return Optional.of(new Interval(sorted[left], sorted[right]));
  }
}
