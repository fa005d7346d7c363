package app.mushroom.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.mushroom.trainer.evaluation.CalibrationFitter.Aims;
import app.mushroom.trainer.evaluation.CalibrationFitter.Fitted;
import app.mushroom.vision.decision.Calibration;
import app.mushroom.vision.decision.Label;
import app.mushroom.vision.decision.LabelSet;
import app.mushroom.vision.decision.SafetyPolicy;
import app.mushroom.vision.species.SpeciesCatalogue;
import app.mushroom.vision.species.Toxicity;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Thresholds where val says little, or the network knows little. */
class CalibrationFitterTest {

  private static final LabelSet LABELS =
      new LabelSet(
          List.of(
              new Label("aa_one", "species", "Aa one", "aa", Toxicity.NOT_KNOWN_POISONOUS),
              new Label("aa_two", "species", "Aa two", "aa", Toxicity.NOT_KNOWN_POISONOUS),
              new Label("bb_one", "species", "Bb one", "bb", Toxicity.NOT_KNOWN_POISONOUS),
              new Label("cc_bad", "species", "Cc bad", "cc", Toxicity.POISONOUS)));
  private static final int BAD = 3;
  private static final SpeciesCatalogue CATALOGUE = SpeciesCatalogue.load();

  @Test
  void withoutPoisonousPhotosTheCostRatioDecides() {
    Fitted fitted = fit(val(300, 0, 4));
    assertThat(fitted.calibration().poison().clearBelow()).isCloseTo(1 / 101.0, within(1e-12));
    assertThat(fitted.notices())
        .anyMatch(line -> line.contains("val has 0 photographs of poisonous labels"));
  }

  @Test
  void aHandfulOfPoisonousPhotosDoesNotRaiseTheThreshold() {
    Fitted fitted = fit(val(300, 3, 6));
    assertThat(fitted.calibration().poison().clearBelow()).isCloseTo(1 / 101.0, within(1e-12));
    assertThat(fitted.notices())
        .anyMatch(line -> line.contains("val has 3 photographs of poisonous labels"));
  }

  @Test
  void howeverWellPoisonIsToldApartOneInTenIsTheMost() {
    Fitted fitted = fit(val(300, 60, 12));
    assertThat(fitted.calibration().poison().clearBelow()).isEqualTo(0.1);
    assertThat(fitted.notices()).noneMatch(line -> line.contains("Poison"));
  }

  @Test
  void recallDecidesWhereThereIsEnoughToMeasureIt() {
    LabelledOutputs val = val(300, 100, 2.5);
    Fitted fitted = fit(val);
    assertThat(fitted.calibration().poison().clearBelow()).isBetween(0.002, 0.0999);
    assertThat(figures(fitted.calibration(), val).poisonRecall()).isGreaterThanOrEqualTo(0.987);
  }

  @Test
  void aNetworkThatGuessesIsNotSureInsteadOfNamingAGenus() {
    LabelledOutputs val = val(400, 100, 0);
    Fitted fitted = fit(val);
    SafetyPolicy policy = new SafetyPolicy(LABELS, fitted.calibration(), CATALOGUE);
    int genus = 0;
    int right = 0;
    int none = 0;
    for (int row = 0; row < val.size(); row++) {
      var made = policy.assess(val.logits()[row], val.embeddings()[row]);
      switch (made.rank()) {
        case GENUS -> {
          genus++;
          right += LABELS.get(val.truth()[row]).genus().equals(made.answer()) ? 1 : 0;
        }
        case NONE -> none++;
        default -> {}
      }
    }
    assertThat(right).as("of %d genus answers", genus).isGreaterThanOrEqualTo((int) (0.6 * genus));
    assertThat(none).isGreaterThan(250);
    assertThat(fitted.calibration().answer().speciesAt()).isEqualTo(0.9);
    assertThat(fitted.notices())
        .anyMatch(line -> line.startsWith("Species answers: no threshold below 0.90"))
        .anyMatch(line -> line.startsWith("Genus answers: right in 60.0 % of cases on val only"));
  }

  @Test
  void aGoodNetworkMissesNoAim() {
    Fitted fitted = fit(val(400, 100, 5));
    assertThat(fitted.notices()).allMatch(line -> line.startsWith("The mushroom gate lets"));
    assertThat(fitted.calibration().answer().genusAt()).isPositive();
  }

  @Test
  void photosThatTheGateRefusesCountInNoPrecision() {
    // Refused photos are all named wrong with certainty; those let in are right from 0.5 on.
    Random random = new Random(5);
    List<float[]> logits = new ArrayList<>();
    List<float[]> embeddings = new ArrayList<>();
    List<Integer> truth = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      boolean refused = i % 4 == 0;
      int label = random.nextInt(3);
      float[] row = new float[4];
      row[refused ? (label + 1) % 3 : label] = refused ? 20 : 2;
      logits.add(row);
      embeddings.add(new float[] {refused ? -5 : 5});
      truth.add(label);
    }
    LabelledOutputs val = outputs(logits, embeddings, truth);
    Calibration.Gate gate = new Calibration.Gate(new double[] {1}, 0, 0.5);
    List<String> notices = new ArrayList<>();
    Calibration calibration =
        new ThresholdFitter(LABELS, CATALOGUE, Aims.DEFAULT, notices).fit(1, gate, val);
    assertThat(calibration.answer().speciesAt()).isEqualTo(0.2);
    assertThat(notices).noneMatch(line -> line.startsWith("Species"));
  }

  @Test
  void aGateThatLearnedNothingIsAnnounced() {
    assertThat(fit(val(100, 40, 4)).notices())
        .anyMatch(line -> line.contains("gate lets everything pass") && line.contains("found 0"));
  }

  private static Fitted fit(LabelledOutputs val) {
    return new CalibrationFitter(LABELS, CATALOGUE, Aims.DEFAULT).fit(val, val);
  }

  private static Figures figures(Calibration calibration, LabelledOutputs val) {
    return new Evaluator(new LabelToxicities(LABELS, CATALOGUE))
        .evaluate(val, new SafetyPolicy(LABELS, calibration, CATALOGUE));
  }

  /**
   * @param apart how much the true label's logit stands out of noise of deviation 1
   */
  private static LabelledOutputs val(int harmless, int poisonous, double apart) {
    Random random = new Random(9);
    List<float[]> logits = new ArrayList<>();
    List<float[]> embeddings = new ArrayList<>();
    List<Integer> truth = new ArrayList<>();
    for (int row = 0; row < harmless + poisonous; row++) {
      int label = row < harmless ? random.nextInt(BAD) : BAD;
      float[] noise = new float[LABELS.size()];
      for (int k = 0; k < noise.length; k++) {
        noise[k] = (float) (random.nextGaussian() + (k == label ? apart : 0));
      }
      logits.add(noise);
      embeddings.add(new float[1]);
      truth.add(label);
    }
    return outputs(logits, embeddings, truth);
  }

  private static LabelledOutputs outputs(
      List<float[]> logits, List<float[]> embeddings, List<Integer> truth) {
    return new LabelledOutputs(
        logits.toArray(float[][]::new),
        embeddings.toArray(float[][]::new),
        truth.stream().mapToInt(Integer::intValue).toArray());
  }
}
