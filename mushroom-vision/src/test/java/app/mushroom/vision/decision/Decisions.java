package app.mushroom.vision.decision;

import app.mushroom.vision.decision.Calibration.Answer;
import app.mushroom.vision.decision.Calibration.Bands;
import app.mushroom.vision.decision.Calibration.Gate;
import app.mushroom.vision.decision.Calibration.Poison;
import app.mushroom.vision.species.SpeciesCatalogue;
import app.mushroom.vision.species.Toxicity;
import java.util.List;

/** Labels, thresholds and network outputs for tests of decisions. */
final class Decisions {
  static final float[] MUSHROOM = {10, 0};
  static final float[] NO_MUSHROOM = {-10, 0};

  /** Names that no catalogue holds, so that only the toxicities given here count. */
  static final LabelSet LABELS =
      new LabelSet(
          List.of(
              label("aaa_mild", "aaa", Toxicity.NOT_KNOWN_POISONOUS),
              label("aaa_tasty", "aaa", Toxicity.NOT_KNOWN_POISONOUS),
              label("bbb_killer", "bbb", Toxicity.DEADLY),
              label("bbb_mild", "bbb", Toxicity.NOT_KNOWN_POISONOUS),
              label("ccc_bad", "ccc", Toxicity.POISONOUS),
              label("ccc_mild", "ccc", Toxicity.NOT_KNOWN_POISONOUS),
              new Label("ddd", "genus", "Ddd", "ddd", Toxicity.CAUTION),
              label("eee_obscure", null, Toxicity.UNKNOWN)));

  static final Calibration CALIBRATION =
      new Calibration(
          1,
          new Gate(new double[] {1, 0}, 0, 0.5),
          new Answer(0.4, 0.5),
          new Poison(0.2, 0.1, 100),
          new Bands(0.93, 0.5));

  private Decisions() {}

  static SafetyPolicy policy() {
    return new SafetyPolicy(LABELS, CALIBRATION, SpeciesCatalogue.load());
  }

  /** Logits whose softmax at temperature 1 gives these probabilities. */
  static float[] logits(double... probabilities) {
    float[] logits = new float[probabilities.length];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) Math.log(Math.max(probabilities[i], 1e-12));
    }
    return logits;
  }

  private static Label label(String label, String genus, Toxicity toxicity) {
    return new Label(label, "species", label, genus, toxicity);
  }
}
