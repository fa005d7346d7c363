package app.mushroom.vision.decision;

import static app.mushroom.vision.decision.Decisions.MUSHROOM;
import static app.mushroom.vision.decision.Decisions.NO_MUSHROOM;
import static app.mushroom.vision.decision.Decisions.logits;
import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.vision.species.SpeciesCatalogue;
import app.mushroom.vision.species.Toxicity;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplanationTest {
  private final SafetyPolicy policy = Decisions.policy();

  @Test
  void countsThePoisonousAmongTheLikeliestAndAddsThemUp() {
    assertThat(explain(0.55, 0.01, 0.21, 0.005, 0.2, 0.005, 0.015, 0.005))
        .isEqualTo(
            "Deadly mushrooms look too much like this one to rule them out. 2 of the 5 likeliest"
                + " are poisonous, together 41 %. Among them is bbb_killer, which has killed"
                + " people.");
  }

  @Test
  void speaksOfOneInTheSingular() {
    assertThat(explain(0.1, 0.04, 0.009, 0.02, 0.8, 0.005, 0.014, 0.012))
        .isEqualTo(
            "The likeliest answer is a poisonous mushroom. 1 of the 5 likeliest is poisonous, with"
                + " 80 %; with all others it could be, poisonous ones reach 81 %.");
  }

  @Test
  void namesEveryDeadlyOne() {
    LabelSet labels =
        new LabelSet(
            List.of(
                new Label("aaa_one", "species", "Aaa one", "aaa", Toxicity.DEADLY),
                new Label("bbb_two", "species", "Bbb two", "bbb", Toxicity.DEADLY),
                new Label("ccc_three", "species", "Ccc three", "ccc", Toxicity.DEADLY)));
    Assessment found =
        new SafetyPolicy(labels, Decisions.CALIBRATION, SpeciesCatalogue.load())
            .assess(logits(0.5, 0.3, 0.2), MUSHROOM);
    assertThat(found.explanation())
        .endsWith(
            "3 of the 3 likeliest are poisonous, together 100 %. Among them are Aaa one, Bbb two"
                + " and Ccc three, which have killed people.");
  }

  @Test
  void saysWhenThePoisonousAreAllFurtherDown() {
    LabelSet labels =
        new LabelSet(
            java.util.stream.IntStream.range(0, 12)
                .mapToObj(
                    i ->
                        new Label(
                            "x" + i + "_y",
                            "species",
                            "X" + i,
                            "x" + i,
                            i < 5 ? Toxicity.NOT_KNOWN_POISONOUS : Toxicity.POISONOUS))
                .toList());
    Assessment found =
        new SafetyPolicy(labels, Decisions.CALIBRATION, SpeciesCatalogue.load())
            .assess(
                logits(0.5, 0.07, 0.07, 0.07, 0.05, 0.04, 0.04, 0.04, 0.03, 0.03, 0.03, 0.03),
                MUSHROOM);
    assertThat(found.flag()).isEqualTo(PoisonFlag.POISONOUS);
    assertThat(found.explanation())
        .endsWith(
            "None of the 5 likeliest is known to be poisonous, but all poisonous ones together"
                + " reach 24 %.");
  }

  @Test
  void warnsOfPoisonousOnesEvenWhereItCannotTell() {
    assertThat(explain(0.3, 0.1, 0.11, 0.1, 0.1, 0.1, 0.1, 0.09))
        .startsWith("The photo does not show clearly enough")
        .contains("likeliest");
    assertThat(
            policy
                .assess(logits(0.01, 0.01, 0.93, 0.01, 0.01, 0.01, 0.01, 0.01), NO_MUSHROOM)
                .explanation())
        .isEqualTo(PoisonReason.NOT_A_MUSHROOM.sentence());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0.0001|less than 1 %",
        "0.0049|less than 1 %",
        "0.005|1 %",
        "0.41|41 %",
        "0.994|99 %",
        "0.9951|more than 99 %",
        "1|100 %"
      })
  void roundsWithoutClaimingCertainty(double share, String text) {
    assertThat(Explanation.percent(share)).isEqualTo(text);
  }

  @Test
  void neverPromisesAnything() {
    Random random = new Random(5);
    for (int round = 0; round < 2_000; round++) {
      float[] logits = new float[Decisions.LABELS.size()];
      for (int i = 0; i < logits.length; i++) {
        logits[i] = (float) random.nextGaussian() * 3;
      }
      assertThat(policy.assess(logits, MUSHROOM).explanation())
          .matches("[A-Z].*\\.")
          .doesNotContainIgnoringCase("safe")
          .doesNotContainIgnoringCase("edible")
          .doesNotContainIgnoringCase("harmless")
          .doesNotContain("NaN", "null");
    }
  }

  private String explain(double... probabilities) {
    return policy.assess(logits(probabilities), MUSHROOM).explanation();
  }
}
