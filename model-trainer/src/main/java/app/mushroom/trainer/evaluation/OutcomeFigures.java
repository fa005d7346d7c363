package app.mushroom.trainer.evaluation;

import app.mushroom.vision.decision.PoisonFlag;
import java.util.List;

/**
 * The figures of mushroom photos of which some count more than once, as {@link Evaluator} counts
 * those of photos that count once: poison recall, poison cost, macro-F1, "cannot tell" and
 * mushrooms refused.
 */
public final class OutcomeFigures implements Bootstrap.Figures {

  public static final int RECALL = 0;
  public static final int COST = 1;
  public static final int MACRO_F1 = 2;
  public static final int CANNOT_TELL = 3;
  public static final int REFUSED = 4;

  static final int COUNT = 5;

  private final List<Outcome> outcomes;
  private final int labels;

  /**
   * What became of one photo.
   *
   * @param truth index of its label
   * @param named index of the likeliest label
   * @param poisonous whether its label counts as poisonous
   * @param refused whether the gate took it for no mushroom
   */
  public record Outcome(int truth, int named, boolean poisonous, PoisonFlag flag, boolean refused) {

    boolean isMissed() {
      return poisonous && flag == PoisonFlag.NOT_KNOWN_POISONOUS;
    }

    boolean isFalseAlarm() {
      return !poisonous && flag == PoisonFlag.POISONOUS;
    }
  }

  public OutcomeFigures(List<Outcome> outcomes) {
    this.outcomes = List.copyOf(outcomes);
    this.labels =
        1
            + outcomes.stream()
                .mapToInt(each -> Math.max(each.truth(), each.named()))
                .max()
                .orElse(-1);
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
    for (int row = 0; row < weights.length; row++) {
      Outcome outcome = outcomes.get(row);
      int weight = weights[row];
      total += weight;
      dangers += outcome.poisonous() ? weight : 0;
      misses += outcome.isMissed() ? weight : 0;
      alarms += outcome.isFalseAlarm() ? weight : 0;
      unsure += outcome.flag() == PoisonFlag.CANNOT_TELL ? weight : 0;
      refusals += outcome.refused() ? weight : 0;
      support[outcome.truth()] += weight;
      claims[outcome.named()] += weight;
      hits[outcome.truth()] += outcome.truth() == outcome.named() ? weight : 0;
    }
    double[] figures = new double[COUNT];
    figures[RECALL] = (dangers - misses) / dangers;
    figures[COST] = (PoisonCosts.COST_RATIO * misses + alarms) / total;
    figures[MACRO_F1] = Evaluator.macroF1(hits, support, claims);
    figures[CANNOT_TELL] = unsure / total;
    figures[REFUSED] = refusals / total;
    return figures;
  }
}
