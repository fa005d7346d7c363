package app.mushroom.trainer.evaluation;

import static app.mushroom.trainer.evaluation.Cases.LABELS;
import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.LabelRank;
import app.mushroom.storage.dataset.Split;
import app.mushroom.vision.decision.Calibration;
import app.mushroom.vision.decision.Cell;
import app.mushroom.vision.decision.Prior;
import app.mushroom.vision.species.SpeciesCatalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PriorFitterTest {
  private static final Calibration CALIBRATION =
      new Calibration(
          1,
          new Calibration.Gate(new double[] {1}, 0, 0),
          new Calibration.Answer(0.5, 0.4),
          new Calibration.Poison(0.2, 0.1, 100),
          new Calibration.Bands(0.93, 0.5));

  private final Random random = new Random(23);

  /** The first label is found in spring around 45,10, the others in autumn elsewhere. */
  private List<DatasetPhoto> finds(Split split, int count, boolean telling) {
    List<DatasetPhoto> photos = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int label = i % LABELS.size();
      boolean first = telling ? label == 0 : random.nextBoolean();
      photos.add(
          photo(
              split,
              label,
              split + "-" + i,
              first ? 4 : 9 + random.nextInt(2),
              first ? "45,10" : "55,25"));
    }
    return photos;
  }

  private static DatasetPhoto photo(
      Split split, int label, String find, @Nullable Integer month, @Nullable String cell) {
    String name = LABELS.get(label).label();
    return new DatasetPhoto(
        String.format("%064x", find.hashCode() & 0xFFFFFFFFL),
        name,
        LabelRank.SPECIES,
        name,
        name.substring(0, 2),
        split,
        find,
        null,
        10,
        10,
        1,
        "drawn",
        null,
        "CC0-1.0",
        null,
        month,
        cell);
  }

  /** A network that hardly knows. */
  private LabelledOutputs guesses(List<DatasetPhoto> photos) {
    float[][] logits = new float[photos.size()][];
    float[][] embeddings = new float[photos.size()][];
    int[] truth = new int[photos.size()];
    for (int row = 0; row < logits.length; row++) {
      truth[row] = row % LABELS.size();
      logits[row] = new float[LABELS.size()];
      logits[row][truth[row]] = 0.5f;
      embeddings[row] = new float[] {1};
    }
    return new LabelledOutputs(logits, embeddings, truth);
  }

  private Optional<PriorFitter.Fitted> fit(List<DatasetPhoto> train, List<DatasetPhoto> val) {
    return new PriorFitter(LABELS, SpeciesCatalogue.load())
        .fit(train, val, guesses(val), CALIBRATION);
  }

  @Test
  void weighsWhatHelpsOnVal() {
    PriorFitter.Fitted fitted =
        fit(finds(Split.TRAIN, 400, true), finds(Split.VAL, 100, true)).orElseThrow();
    Prior prior = fitted.prior();
    assertThat(prior.season()).isNotNull();
    assertThat(prior.season().finds().get("aa_one"))
        .containsExactly(0, 0, 0, 100, 0, 0, 0, 0, 0, 0, 0, 0);
    assertThat(prior.season().northern()).isEqualTo(1);
    assertThat(prior.cap()).isEqualTo(5);
    assertThat(fitted.sentence()).contains("log-loss on val", "100 of 100 photographs");
  }

  @Test
  void leavesOutWhatDoesNotHelpOnVal() {
    assertThat(fit(finds(Split.TRAIN, 400, true), finds(Split.VAL, 200, false))).isEmpty();
  }

  @Test
  void wantsEnoughFindsInTrainAndEnoughPhotosInVal() {
    assertThat(
            fit(
                finds(Split.TRAIN, PriorFitter.ENOUGH_FINDS - 1, true),
                finds(Split.VAL, 100, true)))
        .isEmpty();
    assertThat(
            fit(
                finds(Split.TRAIN, PriorFitter.ENOUGH_FINDS, true),
                finds(Split.VAL, PriorFitter.ENOUGH_VAL - 1, true)))
        .isEmpty();
    assertThat(
            fit(
                finds(Split.TRAIN, PriorFitter.ENOUGH_FINDS, true),
                finds(Split.VAL, PriorFitter.ENOUGH_VAL, true)))
        .isPresent();
    List<DatasetPhoto> bare = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      bare.add(photo(Split.TRAIN, i % 4, "f" + i, null, null));
    }
    assertThat(fit(bare, finds(Split.VAL, 100, true))).isEmpty();
  }

  @Test
  void countsFindsNotPhotosAndTurnsSouthernMonthsRound() {
    List<DatasetPhoto> train = finds(Split.TRAIN, 400, true);
    for (int i = 0; i < 50; i++) {
      train.add(photo(Split.TRAIN, 0, "one find", 10, "-35,145"));
    }
    Prior prior = fit(train, finds(Split.VAL, 100, true)).orElseThrow().prior();
    assertThat(prior.season().finds().get("aa_one").get(3))
        .as("southern October is northern April")
        .isEqualTo(101);
    assertThat(prior.season().northern()).isEqualTo(400.0 / 401);
    if (prior.place() != null) {
      assertThat(prior.place().finds().get("aa_one")).containsEntry(Cell.parse("-35,145"), 1);
    }
  }
}
