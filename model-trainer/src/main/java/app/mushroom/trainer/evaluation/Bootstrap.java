package app.mushroom.trainer.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * How far a figure may be off by the luck of which photos it was measured on: it is computed again
 * and again on finds drawn with replacement, and the middle 95 % are the interval (Efron and
 * Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 13). Finds are drawn, not photos,
 * since photos of one find are no independent evidence. The same seed and finds give the same
 * draws. Immutable.
 *
 * @param rounds how often the finds are drawn anew, at least 1
 * @param seed of the draws
 */
public record Bootstrap(int rounds, long seed) {

  private static final double TAIL = 0.025;

  /** What the project reports with: 2,000 rounds, one fixed seed. */
  public static final Bootstrap DEFAULT = new Bootstrap(2000, 20_240_101);

  /** Figures of weighted photos. */
  public interface Figures {
    /**
     * @param weights how often each photo counts
     * @return the figures, always in the same order; NaN where one is not defined, which leaves the
     *     round out
     */
    double[] of(int[] weights);
  }

  public Bootstrap {
    if (rounds < 1) {
      throw new IllegalArgumentException("Expected at least 1 round, found " + rounds);
    }
  }

  /**
   * A figure's values on the photos drawn, and what they say.
   *
   * @param sorted finite values, ascending; empty if no round gave one
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Values(double[] sorted) {

    /** The middle 95 %. */
    public Optional<Interval> percentile() {
      return sorted.length == 0
          ? Optional.empty()
          : Optional.of(new Interval(quantile(TAIL), quantile(1 - TAIL)));
    }

    /**
     * The basic interval: the percentile one mirrored at the figure itself, for a figure that
     * drawing with replacement shifts. Kept in [0, 1] and around the figure.
     *
     * @param figure as computed on all photos once, in [0, 1]
     */
    public Optional<Interval> basic(double figure) {
      return percentile()
          .map(
              middle ->
                  new Interval(
                      Math.max(0, Math.min(figure, 2 * figure - middle.high())),
                      Math.min(1, Math.max(figure, 2 * figure - middle.low()))));
    }

    /** Linear between the two nearest values; NaN if there are none. */
    double quantile(double share) {
      if (sorted.length == 0) {
        return Double.NaN;
      }
      double place = share * (sorted.length - 1);
      int below = (int) place;
      int above = Math.min(below + 1, sorted.length - 1);
      return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
  }

  /**
   * @param finds for each photo the find it belongs to
   * @return a set of values for each figure, in their order
   */
  public List<Values> values(List<String> finds, Figures figures) {
    List<int[]> photosByFind = photosByFind(finds);
    int width = figures.of(new int[finds.size()]).length;
    double[][] values = new double[width][finds.isEmpty() ? 0 : rounds];
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < (finds.isEmpty() ? 0 : rounds); round++) {
      int[] weights = new int[finds.size()];
      for (int draw = 0; draw < photosByFind.size(); draw++) {
        for (int photo : photosByFind.get(random.nextInt(photosByFind.size()))) {
          weights[photo]++;
        }
      }
      double[] found = figures.of(weights);
      for (int figure = 0; figure < width; figure++) {
        values[figure][round] = found[figure];
      }
    }
    return Arrays.stream(values)
        .map(each -> new Values(Arrays.stream(each).filter(Double::isFinite).sorted().toArray()))
        .toList();
  }

  private static List<int[]> photosByFind(List<String> finds) {
    Map<String, List<Integer>> photos = new LinkedHashMap<>();
    for (int photo = 0; photo < finds.size(); photo++) {
      photos.computeIfAbsent(finds.get(photo), unseen -> new ArrayList<>()).add(photo);
    }
    return photos.values().stream()
        .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
        .toList();
  }
}
