package app.mushroom.trainer.evaluation;

import java.util.List;

/**
 * What mistakes about poison cost when one missed poisonous mushroom weighs as much as 100 false
 * alarms, per mushroom photo: FungiCLEF's second track, {@code (100 * missed + alarms) / N} ({@code
 * psc_esc_cost_score} of its {@code evaluate.py}, 2023). FungiCLEF scores a label a photo and no
 * "cannot tell", so there are three ways to fill its formula in. Published scores are of other
 * species, of which 49 of 1,604 are poisonous: they do not compare.
 *
 * @param poisonous flags on photos of poisonous labels
 * @param rest flags on all other mushroom photos
 * @param cost the headline figure: "cannot tell" is neither a miss nor an alarm
 * @param cannotTellIsMissed "cannot tell" on a poisonous mushroom is a miss, as FungiCLEF counts
 *     the answer "unknown"
 * @param likeliestLabel FungiCLEF to the letter: the likeliest label alone is the answer, without
 *     gate, thresholds or flag
 */
public record PoisonCosts(
    FlagCounts poisonous,
    FlagCounts rest,
    double cost,
    double cannotTellIsMissed,
    double likeliestLabel) {

  /** What a missed poisonous mushroom costs, in false alarms; FungiCLEF's. */
  public static final double COST_RATIO = 100;

  static PoisonCosts of(List<AssessedPhoto> mushrooms, LabelToxicities toxicities) {
    FlagCounts poisonous =
        FlagCounts.of(mushrooms.stream().filter(photo -> photo.isPoisonous(toxicities)).toList());
    FlagCounts rest =
        FlagCounts.of(mushrooms.stream().filter(photo -> !photo.isPoisonous(toxicities)).toList());
    int missed = 0;
    int alarms = 0;
    for (AssessedPhoto photo : mushrooms) {
      boolean named = toxicities.isPoisonous(photo.likeliest());
      missed += photo.isPoisonous(toxicities) && !named ? 1 : 0;
      alarms += !photo.isPoisonous(toxicities) && named ? 1 : 0;
    }
    int photos = mushrooms.size();
    return new PoisonCosts(
        poisonous,
        rest,
        cost(poisonous.unwarned(), rest.flagged(), photos),
        cost(poisonous.unwarned() + poisonous.cannotTell(), rest.flagged(), photos),
        cost(missed, alarms, photos));
  }

  private static double cost(int missed, int alarms, int photos) {
    return photos == 0 ? 0 : (COST_RATIO * missed + alarms) / photos;
  }
}
