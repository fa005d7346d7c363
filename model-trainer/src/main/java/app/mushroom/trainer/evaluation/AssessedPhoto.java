package app.mushroom.trainer.evaluation;

import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.vision.decision.Assessment;
import app.mushroom.vision.decision.PoisonFlag;

/**
 * A photo with what the policy made of it.
 *
 * @param truth its label index, {@link LabelledOutputs#NOT_MUSHROOM} or {@link
 *     LabelledOutputs#UNKNOWN}
 * @param energy {@code log sum exp} of the raw logits, higher for what looks more familiar: the
 *     negative free energy at temperature 1 (Liu et al., "Energy-based Out-of-distribution
 *     Detection", NeurIPS 2020)
 */
public record AssessedPhoto(DatasetPhoto photo, int truth, Assessment assessment, double energy) {

  /** Whether it shows a mushroom of one of the network's labels. */
  public boolean isKnownMushroom() {
    return truth >= 0;
  }

  public boolean isNotMushroom() {
    return truth == LabelledOutputs.NOT_MUSHROOM;
  }

  public boolean isOfUnknownLabel() {
    return truth == LabelledOutputs.UNKNOWN;
  }

  /** Index of the likeliest label. */
  public int likeliest() {
    return assessment.ranking()[0];
  }

  /** Probability of the likeliest label. */
  public double confidence() {
    return assessment.probabilities()[likeliest()];
  }

  /** Whether the likeliest label is the true one. */
  public boolean isRight() {
    return likeliest() == truth;
  }

  /** Whether its true label is poisonous. */
  public boolean isPoisonous(LabelToxicities toxicities) {
    return toxicities.isPoisonous(truth);
  }

  /** Whether it was answered "not known to be poisonous": no warning at all. */
  public boolean isUnwarned() {
    return assessment.flag() == PoisonFlag.NOT_KNOWN_POISONOUS;
  }

  public boolean isFlagged() {
    return assessment.flag() == PoisonFlag.POISONOUS;
  }

  /** Log-odds of the gate, which tell apart what the probability rounds to 0 or 1. */
  double gateScore() {
    double p = Math.min(1 - 1e-12, Math.max(1e-12, assessment.mushroomProbability()));
    return Math.log(p / (1 - p));
  }
}
