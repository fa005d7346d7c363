package app.mushroom.vision.decision;

import app.mushroom.vision.species.Toxicity;
import org.jspecify.annotations.Nullable;

/**
 * What the likeliest label or genus amounts to.
 *
 * @param name a label or a genus; null for NONE
 * @param toxicity of the label, or the worst in the genus
 */
record Answer(AnswerRank rank, @Nullable String name, double probability, Toxicity toxicity) {
  static Answer none(double probability) {
    return new Answer(AnswerRank.NONE, null, probability, Toxicity.UNKNOWN);
  }

  boolean isNone() {
    return rank == AnswerRank.NONE;
  }

  boolean isGenus() {
    return rank == AnswerRank.GENUS;
  }
}
