package app.mushroom.api.original;

import app.mushroom.api.identification.Look;
import app.mushroom.vision.decision.Assessment;
import app.mushroom.vision.decision.PoisonFlag;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * The original's answer to a photo.
 *
 * @param inputImageShape the batch that the network saw, as Python writes it
 * @param prediction calibrated probabilities of all labels, one row a photo
 * @param accuracy the probability of {@code predictionLabel} in per cent; the original's name for
 *     it
 * @param poisonous false only when no poisoning is known. The original's page shows "Poisonous" for
 *     true and nothing for false, and nothing must never stand for "cannot tell".
 * @param poisonFlag this and all that follows the original did not have: as in {@code
 *     /api/v1/identifications}
 */
record Prediction(
    @JsonProperty("input_image_shape") String inputImageShape,
    @JsonProperty("prediction_shape") List<Integer> predictionShape,
    @JsonProperty("prediction_label") String predictionLabel,
    List<double[]> prediction,
    double accuracy,
    boolean poisonous,
    @JsonProperty("poison_flag") String poisonFlag,
    @JsonProperty("poison_reason") String poisonReason,
    boolean deadly,
    @JsonProperty("model_version") String modelVersion,
    String warning) {

  static Prediction of(Look look) {
    Assessment assessment = look.assessment();
    double probability =
        assessment.isMushroom()
            ? assessment.answerProbability()
            : 1 - assessment.mushroomProbability();
    int size = look.model().preprocessing().size();
    return new Prediction(
        "(1, " + size + ", " + size + ", 3)",
        List.of(1, look.model().labels().size()),
        label(assessment),
        List.of(assessment.probabilities()),
        Math.round(probability * 10_000) / 100.0,
        assessment.flag() != PoisonFlag.NOT_KNOWN_POISONOUS,
        look.identification().poison().flag(),
        look.identification().poison().reason(),
        assessment.deadly(),
        look.model().version(),
        look.identification().warning());
  }

  private static String label(Assessment assessment) {
    if (!assessment.isMushroom()) {
      return "not_a_mushroom";
    }
    return assessment.answer() == null ? "not_sure" : assessment.answer();
  }
}
