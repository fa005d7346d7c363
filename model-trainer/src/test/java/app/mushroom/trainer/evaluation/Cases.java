package app.mushroom.trainer.evaluation;

import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.LabelRank;
import app.mushroom.storage.dataset.Split;
import app.mushroom.vision.decision.Calibration;
import app.mushroom.vision.decision.Label;
import app.mushroom.vision.decision.LabelSet;
import app.mushroom.vision.species.SpeciesCatalogue;
import app.mushroom.vision.species.Toxicity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Photos whose probabilities are written down. A species is named from 0.5, a genus from 0.4;
 * poison is flagged from 0.2 and cleared below 0.1.
 */
final class Cases {

  static final int ONE = 0;
  static final int TWO = 1;
  static final int BAD = 2;
  static final int DEAD = 3;

  static final LabelSet LABELS =
      new LabelSet(
          List.of(
              new Label("aa_one", "species", "Aa one", "aa", Toxicity.NOT_KNOWN_POISONOUS),
              new Label("aa_two", "species", "Aa two", "aa", Toxicity.CAUTION),
              new Label("bb_bad", "species", "Bb bad", "bb", Toxicity.POISONOUS),
              new Label("cc_dead", "species", "Cc dead", "cc", Toxicity.DEADLY)));

  private static final Calibration CALIBRATION =
      new Calibration(
          1,
          new Calibration.Gate(new double[] {1}, 0, 0.5),
          new Calibration.Answer(0.5, 0.4),
          new Calibration.Poison(0.2, 0.1, 100),
          new Calibration.Bands(0.93, 0.5));

  private final LabelSet labels;
  private final List<DatasetPhoto> photos = new ArrayList<>();
  private final List<float[]> logits = new ArrayList<>();
  private final List<float[]> embeddings = new ArrayList<>();
  private final List<Integer> truth = new ArrayList<>();

  Cases() {
    this(LABELS);
  }

  Cases(LabelSet labels) {
    this.labels = labels;
  }

  /** A photo of a label that the gate lets pass. */
  Cases photo(int label, double... probabilities) {
    return add(label, labels.get(label).label(), null, 3, probabilities);
  }

  Cases photoOfTier(@Nullable String tier, int label, double... probabilities) {
    return add(label, labels.get(label).label(), tier, 3, probabilities);
  }

  /** A photo of a label that the gate refuses. */
  Cases refused(int label, double... probabilities) {
    return add(label, labels.get(label).label(), null, -3, probabilities);
  }

  Cases unknown(String label, double... probabilities) {
    return add(LabelledOutputs.UNKNOWN, label, null, 3, probabilities);
  }

  /**
   * @param gate log-odds of being a mushroom
   */
  Cases other(double gate) {
    return add(LabelledOutputs.NOT_MUSHROOM, "not_mushroom", null, gate, 0.25, 0.25, 0.25, 0.25);
  }

  private Cases add(
      int label, String name, @Nullable String tier, double gate, double... probabilities) {
    boolean mushroom = label != LabelledOutputs.NOT_MUSHROOM;
    String sha256 = String.format("%064x", photos.size() + 1);
    photos.add(
        new DatasetPhoto(
            sha256,
            name,
            mushroom ? LabelRank.SPECIES : LabelRank.NONE,
            mushroom ? name : null,
            mushroom ? name.substring(0, name.indexOf('_')) : null,
            Split.VAL,
            sha256.substring(48),
            tier,
            10,
            10,
            1,
            "drawn",
            null,
            "CC0-1.0",
            null));
    float[] row = new float[probabilities.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = (float) Math.log(probabilities[i]);
    }
    logits.add(row);
    embeddings.add(new float[] {(float) gate});
    truth.add(label);
    return this;
  }

  List<DatasetPhoto> photos() {
    return photos;
  }

  LabelledOutputs outputs() {
    return new LabelledOutputs(
        logits.toArray(float[][]::new),
        embeddings.toArray(float[][]::new),
        truth.stream().mapToInt(Integer::intValue).toArray());
  }

  Examination examination() {
    return Examination.of(labels, CALIBRATION, SpeciesCatalogue.load(), photos, outputs());
  }

  EvaluationDetails details() {
    return examination().details(null, new Bootstrap(200, 1));
  }
}
