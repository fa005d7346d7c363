package app.mushroom.trainer.evaluation;

import app.mushroom.vision.decision.LabelSet;
import app.mushroom.vision.decision.SafetyPolicy;

/** Runs the safety policy that serving runs over labelled outputs and counts. */
public final class Evaluator {

  static final int BINS = 15;

  private final LabelSet labels;

  public Evaluator(LabelSet labels) {
    this.labels = labels;
  }

  public Figures evaluate(LabelledOutputs outputs, SafetyPolicy policy) {
    Tally tally = new Tally(labels);
    for (int row = 0; row < outputs.size(); row++) {
      tally.add(
          outputs.truth()[row], policy.assess(outputs.logits()[row], outputs.embeddings()[row]));
    }
    return tally.figures();
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
