package app.mushroom.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.mushroom.storage.JsonDocument;
import app.mushroom.vision.decision.Calibration;
import app.mushroom.vision.decision.Label;
import app.mushroom.vision.decision.LabelSet;
import app.mushroom.vision.decision.SafetyPolicy;
import app.mushroom.vision.species.SpeciesCatalogue;
import app.mushroom.vision.species.Toxicity;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EvaluatorTest {

  private static final LabelSet LABELS =
      new LabelSet(
          List.of(
              new Label("aa_one", "species", "Aa one", "aa", Toxicity.NOT_KNOWN_POISONOUS),
              new Label("aa_two", "species", "Aa two", "aa", Toxicity.NOT_KNOWN_POISONOUS),
              new Label("bb_bad", "species", "Bb bad", "bb", Toxicity.POISONOUS)));
  private static final SpeciesCatalogue CATALOGUE = SpeciesCatalogue.load();

  @Test
  void countsPlacesGeneraAlarmsAndMisses() {
    float[][] logits = {
      {9, 0, 0}, // right
      {9, 0, 0}, // truth aa_two: wrong species, right genus
      {0, 0, 9}, // right, poisonous, flagged
      {9, 0, 0}, // truth bb_bad: missed
      {0, 0, 9}, // truth aa_one: false alarm
    };
    Figures figures = evaluate(logits, 0, 1, 2, 2, 0);
    assertThat(figures.photos()).isEqualTo(5);
    assertThat(figures.top1()).isCloseTo(2 / 5.0, within(1e-9));
    assertThat(figures.top5()).isEqualTo(1);
    assertThat(figures.genusTop1()).isCloseTo(3 / 5.0, within(1e-9));
    assertThat(figures.poisonRecall()).isCloseTo(0.5, within(1e-9));
    assertThat(figures.falsePoisonAlarms()).isCloseTo(1 / 3.0, within(1e-9));
    assertThat(figures.poisonCost()).isCloseTo((100 + 1) / 5.0, within(1e-9));
    // F1: aa_one 2*1/(2+3), aa_two 0, bb_bad 2*1/(2+2)
    assertThat(figures.macroF1()).isCloseTo((0.4 + 0 + 0.5) / 3, within(1e-9));
  }

  @Test
  void ofNothingIsZeroAndNotAnError() {
    assertThat(evaluate(new float[0][]).photos()).isZero();
    assertThat(evaluate(new float[0][]).top1()).isZero();
  }

  @Test
  void aShareOfNoPhotosIsAbsentAndNotPerfect() {
    Figures harmless = evaluate(new float[][] {{9, 0, 0}}, 0);
    assertThat(harmless.poisonRecall()).isNull();
    assertThat(harmless.falsePoisonAlarms()).isZero();
    assertThat(harmless.notMushroomRefused()).isNull();
    Figures poisonous = evaluate(new float[][] {{0, 0, 9}}, 2);
    assertThat(poisonous.poisonRecall()).isOne();
    assertThat(poisonous.falsePoisonAlarms()).isNull();
    Figures other = evaluate(new float[][] {{0, 0, 9}}, LabelledOutputs.NOT_MUSHROOM);
    assertThat(other.poisonRecall()).isNull();
    assertThat(other.notMushroomRefused()).isZero();
    assertThat(new String(JsonDocument.write(harmless), StandardCharsets.UTF_8))
        .contains("falsePoisonAlarms")
        .doesNotContain("poisonRecall", "notMushroomRefused");
  }

  @Test
  void aLabelWithoutGenusHasTheGenusOfNoOther() {
    LabelSet labels =
        new LabelSet(
            List.of(
                new Label("aa_one", "species", "Aa one", "Aa", Toxicity.UNKNOWN),
                new Label("aa_two", "species", "Aa two", "aa", Toxicity.UNKNOWN),
                new Label("bb", "species", "Bb", null, Toxicity.UNKNOWN),
                new Label("cc", "species", "Cc", null, Toxicity.UNKNOWN)));
    Tally tally = new Tally(new LabelToxicities(labels, CATALOGUE));
    SafetyPolicy policy = new SafetyPolicy(labels, calibration(1), CATALOGUE);
    tally.add("a", 0, policy.assess(new float[] {0, 9, 0, 0}, new float[1])); // Aa and aa
    tally.add("b", 2, policy.assess(new float[] {0, 0, 0, 9}, new float[1])); // two without genus
    assertThat(tally.figures().genusTop1()).isEqualTo(0.5);
  }

  @Test
  void calibrationErrorIsTheGapBetweenConfidenceAndTruth() {
    int[] truth = {0, 0, 1, 1};
    int[] predicted = {0, 0, 0, 0};
    double[] confidence = {0.9, 0.9, 0.9, 0.9};
    assertThat(Evaluator.calibrationError(truth, predicted, confidence))
        .isCloseTo(0.4, within(1e-9));
  }

  @Test
  void findsTheTemperatureThatLogitsWereScaledBy() {
    Random random = new Random(4);
    int n = 4000;
    float[][] logits = new float[n][3];
    int[] truth = new int[n];
    for (int row = 0; row < n; row++) {
      double[] p = new double[3];
      double sum = 0;
      for (int k = 0; k < 3; k++) {
        logits[row][k] = (float) (random.nextGaussian() * 2);
        p[k] = Math.exp(logits[row][k]);
        sum += p[k];
      }
      double draw = random.nextDouble() * sum;
      while (truth[row] < 2 && draw > p[truth[row]]) {
        draw -= p[truth[row]];
        truth[row]++;
      }
      for (int k = 0; k < 3; k++) {
        logits[row][k] *= 2.5f; // over-confident by a factor
      }
    }
    double found =
        new CalibrationFitter(LABELS, CATALOGUE, CalibrationFitter.Aims.DEFAULT)
            .temperature(new LabelledOutputs(logits, new float[n][1], truth));
    assertThat(found).isCloseTo(2.5, within(0.2));
  }

  @Test
  void gateTellsApartWhatIsApart() {
    LabelledOutputs train = clouds(400, 40, 1);
    LabelledOutputs val = clouds(200, 20, 2);
    Calibration.Gate gate = GateFitter.fit(train, val, 0.01);
    SafetyPolicy policy =
        new SafetyPolicy(
            LABELS,
            new Calibration(
                1,
                gate,
                new Calibration.Answer(0, 0),
                new Calibration.Poison(1, 0, 100),
                new Calibration.Bands(0.93, 0.5)),
            CATALOGUE);
    Figures figures =
        new Evaluator(new LabelToxicities(LABELS, CATALOGUE))
            .evaluate(clouds(1000, 100, 3), policy);
    assertThat(figures.notMushroomRefused()).isGreaterThan(0.97);
    assertThat(figures.mushroomsRefused()).isLessThan(0.02);
  }

  @Test
  void thresholdsKeepWhatTheyAimAtOnTheirOwnSplit() {
    Random random = new Random(9);
    int n = 600;
    float[][] logits = new float[n][3];
    int[] truth = new int[n];
    for (int row = 0; row < n; row++) {
      truth[row] = random.nextInt(3);
      for (int k = 0; k < 3; k++) {
        logits[row][k] = (float) (random.nextGaussian() + (k == truth[row] ? 2.5 : 0));
      }
    }
    LabelledOutputs val = new LabelledOutputs(logits, new float[n][1], truth);
    Calibration calibration =
        new CalibrationFitter(LABELS, CATALOGUE, CalibrationFitter.Aims.DEFAULT)
            .fit(val, val)
            .calibration();
    Figures figures =
        new Evaluator(new LabelToxicities(LABELS, CATALOGUE))
            .evaluate(val, new SafetyPolicy(LABELS, calibration, CATALOGUE));
    assertThat(figures.poisonRecall()).isGreaterThanOrEqualTo(0.987);
    assertThat(figures.cannotTell()).isLessThanOrEqualTo(0.075);
    assertThat(figures.falsePoisonAlarms()).isLessThan(0.6);
  }

  private static LabelledOutputs clouds(int mushrooms, int others, long seed) {
    Random random = new Random(seed);
    int n = mushrooms + others;
    float[][] embeddings = new float[n][8];
    int[] truth = new int[n];
    for (int row = 0; row < n; row++) {
      truth[row] = row < mushrooms ? row % 3 : -1;
      for (int d = 0; d < 8; d++) {
        double centre = d == 0 && row >= mushrooms ? 6 : 0;
        embeddings[row][d] = (float) (centre + random.nextGaussian());
      }
    }
    return new LabelledOutputs(new float[n][3], embeddings, truth);
  }

  private static Figures evaluate(float[][] logits, int... truth) {
    SafetyPolicy policy = new SafetyPolicy(LABELS, calibration(1), CATALOGUE);
    return new Evaluator(new LabelToxicities(LABELS, CATALOGUE))
        .evaluate(new LabelledOutputs(logits, new float[logits.length][1], truth), policy);
  }

  private static Calibration calibration(double temperature) {
    return new Calibration(
        temperature,
        new Calibration.Gate(new double[1], 0, 0),
        new Calibration.Answer(0.2, 0),
        new Calibration.Poison(0.5, 0.5, 100),
        new Calibration.Bands(0.93, 0.5));
  }
}
