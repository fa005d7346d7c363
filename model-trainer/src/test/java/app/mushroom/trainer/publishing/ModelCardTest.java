package app.mushroom.trainer.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.storage.dataset.DatasetCard;
import app.mushroom.storage.dataset.DatasetVersion;
import app.mushroom.trainer.evaluation.CalibrationFitter.Fitted;
import app.mushroom.trainer.evaluation.Figures;
import app.mushroom.vision.decision.Calibration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ModelCardTest {

  private static final Figures ALL =
      new Figures(732, 0.7, 0.9, 0.8, 0.6, 0.04, 1.0, 0.987, 0.3, 0.07, 0.72, 1.0, 0.001);
  private static final Figures NONE =
      new Figures(15, 1, 1, 1, 1, 0.04, 0.1, null, 0.2, 0.07, 0.2, null, 0);

  @Test
  void sharesOfNoPhotographsAreNotPerfect() {
    assertThat(card(null, 24, List.of()))
        .contains("| poisonous: flagged or cannot tell | 98.7 % | no photographs |")
        .contains("| not a mushroom: refused | 100.0 % | no photographs |")
        .contains("| false poison alarms on the rest | 30.0 % | 20.0 % |");
  }

  @Test
  void tellsHowTheNetworkCameAbout() {
    assertThat(card(null, 24, List.of())).contains("all layers trained", "24 epochs of AdamW.");
    assertThat(card(null, 1, List.of())).contains("1 epoch of AdamW.");
    assertThat(card(null, 0, List.of()))
        .contains("only the head trained")
        .doesNotContain("all layers", "epoch");
    assertThat(card(List.of("7", "9"), 24, List.of()))
        .contains("the average of the weights of versions 7, 9")
        .doesNotContain("all layers", "epochs");
  }

  @Test
  void tellsWhatTheThresholdsCouldNotDo() {
    assertThat(card(null, 24, List.of())).doesNotContain("could not do");
    assertThat(card(null, 24, List.of("Cannot tell: 12.0 %.")))
        .contains("could not do:\n\n- Cannot tell: 12.0 %.\n");
  }

  @Test
  void tellsWhatWasLeftOutAndWhatItMustNotBeUsedFor() {
    assertThat(card(null, 24, List.of()))
        .contains("- 3 of these photographs could not be read")
        .contains("Never eat a mushroom", "must not be used", "one photograph in many");
  }

  @Test
  void photographsWithoutLicenceMakeNoFreeWeights() {
    assertThat(card(null, 24, List.of()))
        .contains("The sources of 60 of the photographs state no licence")
        .contains("- unknown: 60\n- CC0-1.0: 40\n");
  }

  private static String card(@Nullable List<String> ingredients, int epochs, List<String> notices) {
    DatasetCard card =
        new DatasetCard(
            1,
            "tiny",
            2,
            Instant.EPOCH,
            1,
            "0".repeat(64),
            100,
            Map.of("aa_one", 100),
            Map.of("train", 80, "val", 20),
            Map.of("unknown", 60, "CC0-1.0", 40),
            Map.of(),
            Map.of(),
            null);
    Calibration calibration =
        new Calibration(
            0.8,
            new Calibration.Gate(new double[1], 0, 0.5),
            new Calibration.Answer(0.4, 0.3),
            new Calibration.Poison(0.09, 0.06, 100),
            new Calibration.Bands(0.93, 0.5));
    return ModelCard.write(
        new ModelCard.Facts("mushrooms", "run-1", "net", "net.pt", "f".repeat(64), 1, ingredients),
        new DatasetVersion(card, List.of()),
        new Fitted(calibration, notices),
        new BundleMetrics(
            1,
            ALL,
            NONE,
            new BundleMetrics.Training(
                1000, 60, 0.001, 8, epochs, "AdamW", "run-1", "me", 4000, 3)));
  }
}
