package app.mushroom.trainer.evaluation;

import static app.mushroom.trainer.evaluation.Cases.BAD;
import static app.mushroom.trainer.evaluation.Cases.DEAD;
import static app.mushroom.trainer.evaluation.Cases.LABELS;
import static app.mushroom.trainer.evaluation.Cases.ONE;
import static app.mushroom.trainer.evaluation.Cases.TWO;
import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.trainer.evaluation.CalibrationFitter.Aims;
import app.mushroom.vision.decision.Calibration;
import app.mushroom.vision.species.SpeciesCatalogue;
import org.junit.jupiter.api.Test;

class LabelThresholdFitterTest {
  private static final Calibration COMMON =
      new Calibration(
          1,
          new Calibration.Gate(new double[] {1}, 0, 0.5),
          new Calibration.Answer(0.5, 0.4),
          new Calibration.Poison(0.2, 0.1, 100),
          new Calibration.Bands(0.93, 0.5));

  @Test
  void warnsEarlierOfALabelThatIsOftenMissed() {
    Cases cases = new Cases();
    for (int i = 0; i < 15; i++) {
      cases.photo(DEAD, 0.05, 0.04, 0.01, 0.9);
      cases.photo(DEAD, 0.9, 0.01, 0.01, 0.08);
      cases.photo(ONE, 0.95, 0.04, 0.005, 0.005);
    }
    Calibration fitted = fit(cases);
    assertThat(fitted.labels()).containsOnlyKeys("cc_dead");
    assertThat(fitted.labels().get("cc_dead").flagAt()).isBetween(0.0799, 0.0801);
    assertThat(fitted.poison()).isEqualTo(COMMON.poison());
  }

  @Test
  void leavesALabelAloneOfWhichThereAreTooFewPhotos() {
    Cases cases = new Cases();
    for (int i = 0; i < 19; i++) {
      cases.photo(DEAD, 0.9, 0.01, 0.01, 0.08);
    }
    assertThat(fit(cases).labels()).isEmpty();
  }

  @Test
  void leavesALabelAloneThatCouldOnlyBeWarnedOfWithEverythingElse() {
    Cases cases = new Cases();
    for (int i = 0; i < 30; i++) {
      cases.photo(BAD, 0.9, 0.01, 0.08, 0.01);
      cases.photo(ONE, 0.9, 0.01, 0.085, 0.005);
    }
    assertThat(fit(cases).labels()).isEmpty();
  }

  @Test
  void namesALabelThatIsOftenWrongOnlyWhenItIsLikelier() {
    Cases cases = new Cases();
    for (int i = 0; i < 10; i++) {
      cases.photo(TWO, 0.6, 0.38, 0.01, 0.01);
      cases.photo(ONE, 0.9, 0.08, 0.01, 0.01);
      cases.photo(ONE, 0.9, 0.08, 0.01, 0.01);
      cases.photo(TWO, 0.08, 0.9, 0.01, 0.01);
      cases.photo(TWO, 0.08, 0.9, 0.01, 0.01);
    }
    Calibration fitted = fit(cases);
    assertThat(fitted.labels()).containsOnlyKeys("aa_one");
    assertThat(fitted.labels().get("aa_one").speciesAt()).isBetween(0.6, 0.62);
  }

  private static Calibration fit(Cases cases) {
    return new LabelThresholdFitter(LABELS, SpeciesCatalogue.load(), Aims.DEFAULT)
        .fit(COMMON, cases.outputs());
  }
}
