package app.mushroom.trainer.promotion;

import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.trainer.evaluation.Bootstrap;
import app.mushroom.trainer.evaluation.Evaluator;
import app.mushroom.trainer.evaluation.PoisonCosts;
import app.mushroom.vision.decision.PoisonFlag;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The figures that decide a promotion, of one version: poison recall, poison cost, macro-F1,
 * "cannot tell" and mushrooms refused, as {@link app.mushroom.trainer.evaluation.Evaluator} counts
 * them.
 */
final class OutcomeFigures implements Bootstrap.Figures {

  static final int RECALL = 0;
  static final int COST = 1;
  static final int MACRO_F1 = 2;
  static final int CANNOT_TELL = 3;
  static final int REFUSED = 4;

  private final int[] truth;
  private final int[] named;
  private final boolean[] poisonous;
  private final boolean[] missed;
  private final boolean[] alarm;
  private final boolean[] cannotTell;
  private final boolean[] refused;
  private final int labels;

  /**
   * @param poisonous whether a label's toxicity counts as poisonous
   */
  OutcomeFigures(List<DatasetPhoto> photos, PhotoOutcomes outcomes, Predicate<String> poisonous) {
    Map<String, Integer> index = new HashMap<>();
    int rows = photos.size();
    this.truth = new int[rows];
    this.named = new int[rows];
    this.poisonous = new boolean[rows];
    this.missed = new boolean[rows];
    this.alarm = new boolean[rows];
    this.cannotTell = new boolean[rows];
    this.refused = new boolean[rows];
    for (int row = 0; row < rows; row++) {
      String label = photos.get(row).label();
      truth[row] = index.computeIfAbsent(label, unseen -> index.size());
      named[row] = index.computeIfAbsent(outcomes.named().get(row), unseen -> index.size());
      PoisonFlag flag = outcomes.flags().get(row);
      this.poisonous[row] = poisonous.test(label);
      missed[row] = this.poisonous[row] && flag == PoisonFlag.NOT_KNOWN_POISONOUS;
      alarm[row] = !this.poisonous[row] && flag == PoisonFlag.POISONOUS;
      cannotTell[row] = flag == PoisonFlag.CANNOT_TELL;
      refused[row] = outcomes.refused().get(row);
    }
    this.labels = index.size();
  }

  @Override
  public double[] of(int[] weights) {
    double total = 0;
    double dangers = 0;
    double misses = 0;
    double alarms = 0;
    double unsure = 0;
    double refusals = 0;
    double[] hits = new double[labels];
    double[] support = new double[labels];
    double[] claims = new double[labels];
    for (int row = 0; row < truth.length; row++) {
      int weight = weights[row];
      total += weight;
      dangers += poisonous[row] ? weight : 0;
      misses += missed[row] ? weight : 0;
      alarms += alarm[row] ? weight : 0;
      unsure += cannotTell[row] ? weight : 0;
      refusals += refused[row] ? weight : 0;
      support[truth[row]] += weight;
      claims[named[row]] += weight;
      hits[truth[row]] += truth[row] == named[row] ? weight : 0;
    }
    return new double[] {
      (dangers - misses) / dangers,
      (PoisonCosts.COST_RATIO * misses + alarms) / total,
      Evaluator.macroF1(hits, support, claims),
      unsure / total,
      refusals / total
    };
  }
}
