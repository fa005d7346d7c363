package app.mushroom.trainer.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * How well a score tells the photos it should keep from those it should not.
 *
 * @param kept photos that should be kept
 * @param strange photos that should not
 * @param gate the gate's probability
 * @param confidence the likeliest label's probability, for comparison
 * @param energy {@link AssessedPhoto#energy}, for comparison
 * @param threshold of the gate, in log-odds
 * @param gateScores how the gate's log-odds are spread
 */
public record OutOfDistribution(
    int kept,
    int strange,
    Separation gate,
    Separation confidence,
    Separation energy,
    double threshold,
    List<ScoreBin> gateScores) {

  private static final int BINS = 24;
  private static final double WIDEST = 12;
  private static final double REFUSED = 0.02;

  /**
   * @param auroc chance that a photo to keep scores higher than another, ties counting half: the
   *     area under the ROC curve (Mann and Whitney)
   * @param strangeKept share of the others that pass where at least 98 % of the photos to keep do
   */
  public record Separation(double auroc, double strangeKept) {}

  /** Photos whose score lies in [from, to); the outermost bins hold all beyond them too. */
  public record ScoreBin(double from, double to, int kept, int strange) {}

  public OutOfDistribution {
    gateScores = List.copyOf(gateScores);
  }

  /**
   * @param threshold of the gate, as a probability
   * @return null unless there are photos of both kinds
   */
  static @Nullable OutOfDistribution of(
      List<AssessedPhoto> kept, List<AssessedPhoto> strange, double threshold) {
    if (kept.isEmpty() || strange.isEmpty()) {
      return null;
    }
    return new OutOfDistribution(
        kept.size(),
        strange.size(),
        separation(kept, strange, AssessedPhoto::gateScore),
        separation(kept, strange, AssessedPhoto::confidence),
        separation(kept, strange, AssessedPhoto::energy),
        Math.log(Math.max(1e-12, threshold) / Math.max(1e-12, 1 - threshold)),
        bins(kept, strange));
  }

  private static Separation separation(
      List<AssessedPhoto> kept,
      List<AssessedPhoto> strange,
      ToDoubleFunction<AssessedPhoto> score) {
    double[] high = kept.stream().mapToDouble(score).sorted().toArray();
    double[] low = strange.stream().mapToDouble(score).toArray();
    return new Separation(auroc(high, low), share(high, low));
  }

  /** Quadratic, which a few thousand photos can afford. */
  static double auroc(double[] high, double[] low) {
    double wins = 0;
    for (double a : high) {
      for (double b : low) {
        wins += a > b ? 1 : a == b ? 0.5 : 0;
      }
    }
    return wins / high.length / low.length;
  }

  private static double share(double[] sortedHigh, double[] low) {
    double lowest = sortedHigh[(int) Math.floor(REFUSED * sortedHigh.length)];
    return Arrays.stream(low).filter(score -> score >= lowest).count() / (double) low.length;
  }

  private static List<ScoreBin> bins(List<AssessedPhoto> kept, List<AssessedPhoto> strange) {
    int[] keptCounts = counts(kept);
    int[] strangeCounts = counts(strange);
    List<ScoreBin> bins = new ArrayList<>();
    for (int bin = 0; bin < BINS; bin++) {
      double from = WIDEST * (2.0 * bin / BINS - 1);
      bins.add(new ScoreBin(from, from + 2 * WIDEST / BINS, keptCounts[bin], strangeCounts[bin]));
    }
    return bins;
  }

  private static int[] counts(List<AssessedPhoto> photos) {
    int[] counts = new int[BINS];
    for (AssessedPhoto photo : photos) {
      int bin = (int) Math.floor((photo.gateScore() / WIDEST + 1) * BINS / 2);
      counts[Math.max(0, Math.min(BINS - 1, bin))]++;
    }
    return counts;
  }
}
