package app.mushroom.trainer.evaluation;

import app.mushroom.vision.decision.SafetyPolicy;
import org.jspecify.annotations.Nullable;

/** Runs the safety policy that serving runs over labelled outputs and counts. */
public final class Evaluator {

  static final int BINS = 15;

  private final LabelToxicities toxicities;

  public Evaluator(LabelToxicities toxicities) {
    this.toxicities = toxicities;
  }

  public Figures evaluate(LabelledOutputs outputs, SafetyPolicy policy) {
    Tally tally = new Tally(toxicities);
    for (int row = 0; row < outputs.size(); row++) {
      tally.add(
          Integer.toString(row),
          outputs.truth()[row],
          policy.assess(outputs.logits()[row], outputs.embeddings()[row]));
    }
    return tally.figures();
  }

  static double share(int part, int whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }

  /** A share; null without anything to be a share of. */
  static @Nullable Double shareOrNull(int part, int whole) {
    return whole == 0 ? null : Double.valueOf((double) part / whole);
  }

  static double macroF1(int labels, int[] truth, int[] predicted) {
    double[] hits = new double[labels];
    double[] support = new double[labels];
    double[] claims = new double[labels];
    for (int row = 0; row < truth.length; row++) {
      support[truth[row]]++;
      claims[predicted[row]]++;
      hits[truth[row]] += truth[row] == predicted[row] ? 1 : 0;
    }
    return truth.length == 0 ? 0 : macroF1(hits, support, claims);
  }

  /**
   * F1 averaged over the labels that occur.
   *
   * @param hits for each label how many photos of it were named right
   * @param support how many photos of it there are
   * @param claims how many photos were taken for it
   * @return NaN if no label occurs
   */
  static double macroF1(double[] hits, double[] support, double[] claims) {
    double sum = 0;
    int present = 0;
    for (int label = 0; label < hits.length; label++) {
      if (support[label] > 0) {
        present++;
        sum += 2 * hits[label] / (support[label] + claims[label]);
      }
    }
    return sum / present;
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
