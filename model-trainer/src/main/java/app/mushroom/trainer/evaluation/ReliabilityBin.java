package app.mushroom.trainer.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * Photos whose probability lies within one of 15 equal bins, and how often what was predicted with
 * that probability was so (the reliability diagram of Guo et al., ICML 2017).
 *
 * @param from lower end, belongs to the bin
 * @param to upper end, belongs to the next bin but for 1
 * @param photos how many
 * @param meanProbability of those photos; 0 without any
 * @param share of them for which it was so; 0 without any
 */
public record ReliabilityBin(
    double from, double to, int photos, double meanProbability, double share) {

  /** How often the likeliest label is right, by its probability. */
  static List<ReliabilityBin> ofAnswers(List<AssessedPhoto> mushrooms) {
    return of(mushrooms, AssessedPhoto::confidence, AssessedPhoto::isRight);
  }

  /** How often a mushroom is poisonous, by the summed probability of the poisonous labels. */
  static List<ReliabilityBin> ofPoison(List<AssessedPhoto> mushrooms, LabelToxicities toxicities) {
    return of(
        mushrooms,
        photo -> photo.assessment().poisonProbability(),
        photo -> photo.isPoisonous(toxicities));
  }

  private static List<ReliabilityBin> of(
      List<AssessedPhoto> photos,
      ToDoubleFunction<AssessedPhoto> probability,
      Predicate<AssessedPhoto> hit) {
    int bins = Evaluator.BINS;
    int[] count = new int[bins];
    double[] sum = new double[bins];
    int[] hits = new int[bins];
    for (AssessedPhoto photo : photos) {
      double p = probability.applyAsDouble(photo);
      int bin = Math.min(bins - 1, (int) (p * bins));
      count[bin]++;
      sum[bin] += p;
      hits[bin] += hit.test(photo) ? 1 : 0;
    }
    List<ReliabilityBin> all = new ArrayList<>();
    for (int bin = 0; bin < bins; bin++) {
      int n = Math.max(1, count[bin]);
      all.add(
          new ReliabilityBin(
              (double) bin / bins,
              (bin + 1.0) / bins,
              count[bin],
              sum[bin] / n,
              (double) hits[bin] / n));
    }
    return List.copyOf(all);
  }
}
