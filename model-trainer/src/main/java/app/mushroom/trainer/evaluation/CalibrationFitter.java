package app.mushroom.trainer.evaluation;

import app.mushroom.vision.decision.Calibration;
import app.mushroom.vision.decision.Calibration.Gate;
import app.mushroom.vision.decision.LabelSet;
import app.mushroom.vision.species.SpeciesCatalogue;
import java.util.ArrayList;
import java.util.List;

/**
 * Chooses temperature, gate and thresholds on val. The aims come from the bars that a model must
 * clear, with a margin, since val is small: one photo of a poisonous mushroom is a third of a per
 * cent of recall.
 */
public final class CalibrationFitter {

  private static final double MUSHROOMS_REFUSED = 0.014;

  private final LabelSet labels;
  private final SpeciesCatalogue catalogue;
  private final Aims aims;

  /**
   * What the thresholds aim at on val, as shares of photos.
   *
   * @param poisonRecall at least this share of poisonous photos flagged or "cannot tell"
   * @param cannotTell at most this share of mushroom photos answered "cannot tell"
   * @param notSure at most this share of mushroom photos answered with no name at all, as long as
   *     genus answers keep their precision
   * @param speciesPrecision share of species answers that are right
   * @param genusPrecision share of answers that name a genus only that are right; comes before
   *     {@code notSure}
   */
  public record Aims(
      double poisonRecall,
      double cannotTell,
      double notSure,
      double speciesPrecision,
      double genusPrecision) {

    public static final Aims DEFAULT = new Aims(0.987, 0.075, 0.045, 0.80, 0.60);
  }

  /**
   * What was chosen.
   *
   * @param notices sentences for people: aims that were missed, and thresholds that too few photos
   *     decided
   */
  public record Fitted(Calibration calibration, List<String> notices) {

    public Fitted {
      notices = List.copyOf(notices);
    }
  }

  public CalibrationFitter(LabelSet labels, SpeciesCatalogue catalogue, Aims aims) {
    this.labels = labels;
    this.catalogue = catalogue;
    this.aims = aims;
  }

  /**
   * @param train outputs of the training photos, for the gate only
   * @param val outputs of the photos on which thresholds are chosen
   */
  public Fitted fit(LabelledOutputs train, LabelledOutputs val) {
    LabelledOutputs mushrooms = val.mushrooms();
    double temperature = temperature(mushrooms);
    List<String> notices = new ArrayList<>();
    int others = train.others().size() + val.others().size();
    if (others < GateFitter.FOLDS) {
      notices.add(
          "The mushroom gate lets everything pass: expected at least %d photographs of anything but mushrooms in train and val to learn it from, found %d."
              .formatted(GateFitter.FOLDS, others));
    }
    Gate gate =
        others < GateFitter.FOLDS
            ? openGate(train.embeddings()[0].length)
            : GateFitter.fit(train, val, MUSHROOMS_REFUSED);
    Calibration calibration =
        new ThresholdFitter(labels, catalogue, aims, notices).fit(temperature, gate, mushrooms);
    return new Fitted(
        new LabelThresholdFitter(labels, catalogue, aims).fit(calibration, mushrooms), notices);
  }

  /** With hardly a photo of anything else there is nothing to learn a gate from: all pass. */
  private static Gate openGate(int dimensions) {
    return new Gate(new double[dimensions], 0, 0);
  }

  /** The temperature of least negative log-likelihood, by golden-section search. */
  public static double temperature(LabelledOutputs val) {
    double low = Math.log(0.2);
    double high = Math.log(5);
    double ratio = (Math.sqrt(5) - 1) / 2;
    for (int step = 0; step < 40; step++) {
      double left = high - ratio * (high - low);
      double right = low + ratio * (high - low);
      if (loss(val, Math.exp(left)) < loss(val, Math.exp(right))) {
        high = right;
      } else {
        low = left;
      }
    }
    return Math.exp((low + high) / 2);
  }

  /** The summed negative log-likelihood, natural logarithm, of logits divided by a temperature. */
  public static double loss(LabelledOutputs val, double temperature) {
    double sum = 0;
    for (int row = 0; row < val.size(); row++) {
      float[] logits = val.logits()[row];
      double largest = Double.NEGATIVE_INFINITY;
      for (float logit : logits) {
        largest = Math.max(largest, logit);
      }
      double total = 0;
      for (float logit : logits) {
        total += Math.exp((logit - largest) / temperature);
      }
      sum += Math.log(total) - (logits[val.truth()[row]] - largest) / temperature;
    }
    return sum;
  }
}
