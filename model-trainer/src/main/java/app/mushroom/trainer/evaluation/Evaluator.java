package app.mushroom.trainer.evaluation;

import app.mushroom.vision.decision.Assessment;
import app.mushroom.vision.decision.LabelSet;
import app.mushroom.vision.decision.PoisonFlag;
import app.mushroom.vision.decision.SafetyPolicy;
import java.util.Objects;

/** Runs the safety policy that serving runs over labelled outputs and counts. */
public final class Evaluator {

  private static final int BINS = 15;
  private static final double MISSED_COST = 100;

  private final LabelSet labels;

  public Evaluator(LabelSet labels) {
    this.labels = labels;
  }

  public Figures evaluate(LabelledOutputs outputs, SafetyPolicy policy) {
    LabelledOutputs mushrooms = outputs.mushrooms();
    LabelledOutputs others = outputs.others();
    int n = mushrooms.size();
    int top1 = 0;
    int top5 = 0;
    int genus = 0;
    int poisonous = 0;
    int missed = 0;
    int alarms = 0;
    int cannotTell = 0;
    int refused = 0;
    double loss = 0;
    int[] predicted = new int[n];
    double[] confidence = new double[n];
    for (int row = 0; row < n; row++) {
      Assessment answer = policy.assess(mushrooms.logits()[row], mushrooms.embeddings()[row]);
      int truth = mushrooms.truth()[row];
      int place = place(answer.ranking(), truth);
      int first = answer.ranking()[0];
      predicted[row] = first;
      confidence[row] = answer.probabilities()[first];
      loss -= Math.log(Math.max(1e-12, answer.probabilities()[truth]));
      top1 += place == 0 ? 1 : 0;
      top5 += place < 5 ? 1 : 0;
      genus += Objects.equals(labels.get(first).genus(), labels.get(truth).genus()) ? 1 : 0;
      refused += answer.isMushroom() ? 0 : 1;
      cannotTell += answer.flag() == PoisonFlag.CANNOT_TELL ? 1 : 0;
      if (labels.get(truth).toxicity().isPoisonous()) {
        poisonous++;
        missed += answer.flag() == PoisonFlag.NOT_KNOWN_POISONOUS ? 1 : 0;
      } else {
        alarms += answer.flag() == PoisonFlag.POISONOUS ? 1 : 0;
      }
    }
    int othersRefused = 0;
    for (int row = 0; row < others.size(); row++) {
      boolean mushroom = policy.assess(others.logits()[row], others.embeddings()[row]).isMushroom();
      othersRefused += mushroom ? 0 : 1;
    }
    return new Figures(
        n,
        share(top1, n),
        share(top5, n),
        share(genus, n),
        macroF1(mushrooms.truth(), predicted),
        calibrationError(mushrooms.truth(), predicted, confidence),
        loss / Math.max(1, n),
        1 - share(missed, poisonous),
        share(alarms, n - poisonous),
        share(cannotTell, n),
        (MISSED_COST * missed + alarms) / Math.max(1, n),
        share(othersRefused, others.size()),
        share(refused, n));
  }

  private static int place(int[] ranking, int truth) {
    for (int place = 0; place < ranking.length; place++) {
      if (ranking[place] == truth) {
        return place;
      }
    }
    return ranking.length;
  }

  static double share(int part, int whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }

  double macroF1(int[] truth, int[] predicted) {
    int[] hits = new int[labels.size()];
    int[] support = new int[labels.size()];
    int[] claims = new int[labels.size()];
    for (int row = 0; row < truth.length; row++) {
      support[truth[row]]++;
      claims[predicted[row]]++;
      hits[truth[row]] += truth[row] == predicted[row] ? 1 : 0;
    }
    double sum = 0;
    int present = 0;
    for (int label = 0; label < labels.size(); label++) {
      if (support[label] > 0) {
        present++;
        sum += 2.0 * hits[label] / (support[label] + claims[label]);
      }
    }
    return present == 0 ? 0 : sum / present;
  }

  static double calibrationError(int[] truth, int[] predicted, double[] confidence) {
    double[] sum = new double[BINS];
    double[] right = new double[BINS];
    for (int row = 0; row < truth.length; row++) {
      int bin = Math.min(BINS - 1, (int) (confidence[row] * BINS));
      sum[bin] += confidence[row];
      right[bin] += truth[row] == predicted[row] ? 1 : 0;
    }
    double error = 0;
    for (int bin = 0; bin < BINS; bin++) {
      error += Math.abs(sum[bin] - right[bin]);
    }
    return truth.length == 0 ? 0 : error / truth.length;
  }
}
