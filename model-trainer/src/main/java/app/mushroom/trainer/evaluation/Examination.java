package app.mushroom.trainer.evaluation;

import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.vision.decision.Calibration;
import app.mushroom.vision.decision.LabelSet;
import app.mushroom.vision.decision.SafetyPolicy;
import app.mushroom.vision.species.SpeciesCatalogue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A calibrated model and what it said to photos whose label is known.
 *
 * @param photos in the order they were given
 * @param unreadable how many more there would be if they could be read; null where nobody counted
 */
public record Examination(
    LabelSet labels,
    Calibration calibration,
    SpeciesCatalogue catalogue,
    List<AssessedPhoto> photos,
    @Nullable Integer unreadable) {

  public Examination {
    photos = List.copyOf(photos);
  }

  /**
   * Runs the safety policy that serving runs.
   *
   * @param photos one for each row of the outputs, in their order
   */
  public static Examination of(
      LabelSet labels,
      Calibration calibration,
      SpeciesCatalogue catalogue,
      List<DatasetPhoto> photos,
      LabelledOutputs outputs) {
    if (photos.size() != outputs.size()) {
      throw new IllegalArgumentException(
          "Expected outputs for " + photos.size() + " photos, found " + outputs.size());
    }
    SafetyPolicy policy = new SafetyPolicy(labels, calibration, catalogue);
    List<AssessedPhoto> assessed = new ArrayList<>();
    for (int row = 0; row < photos.size(); row++) {
      float[] logits = outputs.logits()[row];
      assessed.add(
          new AssessedPhoto(
              photos.get(row),
              outputs.truth()[row],
              policy.assess(logits, outputs.embeddings()[row]),
              energy(logits)));
    }
    return new Examination(labels, calibration, catalogue, assessed, null);
  }

  /** The same, told how many photos were left out since they cannot be read. */
  public Examination without(int unreadablePhotos) {
    return new Examination(labels, calibration, catalogue, photos, unreadablePhotos);
  }

  private static double energy(float[] logits) {
    double largest = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      largest = Math.max(largest, logit);
    }
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - largest);
    }
    return largest + Math.log(sum);
  }

  /** Photos of mushrooms that the model was taught. */
  public List<AssessedPhoto> mushrooms() {
    return photos.stream().filter(AssessedPhoto::isKnownMushroom).toList();
  }

  /** Photos of anything but mushrooms. */
  public List<AssessedPhoto> others() {
    return photos.stream().filter(AssessedPhoto::isNotMushroom).toList();
  }

  /** Photos of mushrooms that the model was never taught. */
  public List<AssessedPhoto> unknown() {
    return photos.stream().filter(AssessedPhoto::isOfUnknownLabel).toList();
  }

  /** The headline figures, the same as {@link Evaluator} counts. */
  public Figures figures() {
    return tally().figures();
  }

  /** How poisonous its labels are. */
  public LabelToxicities toxicities() {
    return new LabelToxicities(labels, catalogue);
  }

  private Tally tally() {
    Tally tally = new Tally(toxicities());
    photos.forEach(tally::add);
    return tally;
  }

  /**
   * @param training what the model learned from; null where that dataset is not at hand
   */
  public EvaluationDetails details(@Nullable TrainingPhotos training, Bootstrap bootstrap) {
    List<AssessedPhoto> mushrooms = mushrooms();
    LabelToxicities toxicities = toxicities();
    Tally tally = tally();
    return new EvaluationDetails(
        tally.figures(),
        tally.intervals(bootstrap),
        PoisonCosts.of(mushrooms, toxicities),
        Confusion.missed(mushrooms, toxicities, catalogue),
        Confusion.falseAlarms(mushrooms, toxicities, catalogue),
        Confusion.misnamed(mushrooms, toxicities),
        ClassScore.ofLabels(mushrooms, toxicities, training),
        ClassScore.ofGenera(mushrooms, labels, catalogue, training),
        ReliabilityBin.ofAnswers(mushrooms),
        ReliabilityBin.ofPoison(mushrooms, toxicities),
        Abstention.of(mushrooms, labels),
        OutOfDistribution.of(mushrooms, others(), calibration.gate().threshold()),
        Group.byTier(mushrooms, toxicities, bootstrap),
        training == null
            ? null
            : Group.byTrainingPhotos(mushrooms, toxicities, training, bootstrap),
        training == null
            ? null
            : training.among(photos.stream().map(AssessedPhoto::photo).toList()),
        OpenSet.of(unknown(), mushrooms, catalogue),
        unreadable);
  }
}
