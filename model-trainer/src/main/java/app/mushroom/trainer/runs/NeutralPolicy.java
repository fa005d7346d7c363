package app.mushroom.trainer.runs;

import app.mushroom.trainer.evaluation.LabelledOutputs;
import app.mushroom.vision.decision.Calibration;
import app.mushroom.vision.decision.LabelSet;
import app.mushroom.vision.decision.SafetyPolicy;
import app.mushroom.vision.species.SpeciesCatalogue;

/** A policy that lets every photo through uncalibrated, to follow training with. */
final class NeutralPolicy {

  private NeutralPolicy() {}

  static SafetyPolicy of(LabelSet labels, SpeciesCatalogue catalogue, LabelledOutputs outputs) {
    int dimensions = outputs.size() == 0 ? 1 : outputs.embeddings()[0].length;
    return new SafetyPolicy(
        labels,
        new Calibration(
            1,
            new Calibration.Gate(new double[dimensions], 0, 0),
            new Calibration.Answer(0, 0),
            new Calibration.Poison(1, 0, 100),
            new Calibration.Bands(0.93, 0.5)),
        catalogue);
  }
}
