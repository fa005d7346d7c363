package app.mushroom.vision.decision;

import static app.mushroom.vision.decision.Decisions.CALIBRATION;
import static app.mushroom.vision.decision.Decisions.LABELS;
import static app.mushroom.vision.decision.Decisions.MUSHROOM;
import static app.mushroom.vision.decision.Decisions.NO_MUSHROOM;
import static app.mushroom.vision.decision.Decisions.logits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import app.mushroom.vision.decision.Calibration.LabelThresholds;
import app.mushroom.vision.species.SpeciesCatalogue;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Place, date and thresholds of single labels may warn more, and never less. */
class NeverMilderTest {
  private static final int ROUNDS = 30_000;
  private static final SpeciesCatalogue CATALOGUE = SpeciesCatalogue.load();

  @Test
  void noPriorMakesAnyFlagMilder() {
    Random random = new Random(17);
    int moved = 0;
    int worse = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Calibration calibration = random.nextBoolean() ? CALIBRATION : withLabels(random);
      Prior prior = Priors.random(random);
      Circumstances circumstances = Priors.randomCircumstances(random);
      List<float[]> photos =
          random.nextBoolean()
              ? List.of(randomLogits(random))
              : List.of(randomLogits(random), randomLogits(random));
      List<float[]> embeddings =
          photos.stream().map(p -> random.nextInt(12) == 0 ? NO_MUSHROOM : MUSHROOM).toList();
      Assessment without =
          new SafetyPolicy(LABELS, calibration, CATALOGUE).assess(photos, embeddings);
      Assessment with =
          new SafetyPolicy(LABELS, calibration, CATALOGUE, prior)
              .assess(photos, embeddings, circumstances);
      assertNoMilder(with, without);
      assertNoSofterWords(with, without);
      assertThat(Arrays.stream(with.probabilities()).sum()).isCloseTo(1, within(1e-9));
      moved += Arrays.equals(with.probabilities(), without.probabilities()) ? 0 : 1;
      worse += alarm(with) > alarm(without) ? 1 : 0;
    }
    // Otherwise nothing was tried.
    assertThat(moved).isGreaterThan(ROUNDS / 3);
    assertThat(worse).isGreaterThan(ROUNDS / 100);
  }

  @Test
  void noThresholdOfALabelMakesAnyFlagMilder() {
    Random random = new Random(19);
    int worse = 0;
    for (int round = 0; round < ROUNDS; round++) {
      float[] logits = randomLogits(random);
      Assessment without =
          new SafetyPolicy(LABELS, CALIBRATION, CATALOGUE).assess(logits, MUSHROOM);
      Assessment with =
          new SafetyPolicy(LABELS, withLabels(random), CATALOGUE).assess(logits, MUSHROOM);
      assertNoMilder(with, without);
      worse += alarm(with) > alarm(without) ? 1 : 0;
    }
    assertThat(worse).isGreaterThan(ROUNDS / 200);
  }

  private static void assertNoMilder(Assessment with, Assessment without) {
    assertThat(alarm(with)).isGreaterThanOrEqualTo(alarm(without));
    assertThat(with.deadly() || !without.deadly()).isTrue();
    assertThat(with.poisonProbability()).isGreaterThanOrEqualTo(without.poisonProbability());
    assertThat(with.rank()).as("no answer is more precise").isGreaterThanOrEqualTo(without.rank());
    assertThat(with.isMushroom()).isEqualTo(without.isMushroom());
    assertThat(with.mushroomProbability()).isEqualTo(without.mushroomProbability());
    if (with.rank() == AnswerRank.NONE) {
      assertThat(with.flag()).isNotEqualTo(PoisonFlag.NOT_KNOWN_POISONOUS);
    }
  }

  @Test
  void aWarningOfThePhotosOutlivesASeasonInWhichTheKillerDoesNotGrow() {
    Prior prior =
        Priors.season(
            Map.of("bbb_killer", Priors.allIn(9, 1000), "aaa_mild", Priors.allIn(4, 1000)));
    SafetyPolicy policy = new SafetyPolicy(LABELS, CALIBRATION, CATALOGUE, prior);
    float[] logits = logits(0.4, 0.02, 0.5, 0.02, 0.02, 0.02, 0.01, 0.01);
    Assessment spring =
        policy.assess(List.of(logits), List.of(MUSHROOM), new Circumstances(4, Priors.HERE));
    assertThat(spring.answer()).isEqualTo("aaa_mild");
    assertThat(spring.usedDate()).isTrue();
    assertThat(spring.flag()).isEqualTo(PoisonFlag.POISONOUS);
    assertThat(spring.deadly()).isTrue();
    assertThat(spring.poisonProbability()).isCloseTo(0.52, within(1e-6));
    assertThat(spring.explanation())
        .startsWith("By the photos alone it looks most like bbb_killer. The likeliest answer is")
        .contains("2 of the 5 likeliest are poisonous")
        .endsWith("place and date never soften a warning.");
    Assessment autumn =
        policy.assess(List.of(logits), List.of(MUSHROOM), new Circumstances(9, Priors.HERE));
    assertThat(autumn.answer()).isEqualTo("bbb_killer");
    assertThat(autumn.explanation()).doesNotContain("place and date");
  }

  @Test
  void circumstancesNameNothingThatThePhotosLeaveOpen() {
    Prior prior =
        Priors.season(Map.of("aaa_mild", Priors.allIn(9, 1000), "ccc_mild", Priors.allIn(3, 1000)));
    Assessment found =
        new SafetyPolicy(LABELS, CALIBRATION, CATALOGUE, prior)
            .assess(
                List.of(logits(0.3, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1)),
                List.of(MUSHROOM),
                new Circumstances(9, Priors.HERE));
    assertThat(found.probabilities()[0]).isGreaterThan(0.4);
    assertThat(found.rank()).isEqualTo(AnswerRank.NONE);
    assertThat(found.flag()).isEqualTo(PoisonFlag.CANNOT_TELL);
  }

  @Test
  void aLabelWithAThresholdOfItsOwnWarnsBelowTheSum() {
    Calibration strict = with(Map.of("bbb_killer", new LabelThresholds(0.03, null)));
    float[] logits = logits(0.93, 0.01, 0.04, 0.01, 0.0025, 0.0025, 0.0025, 0.0025);
    assertThat(new SafetyPolicy(LABELS, CALIBRATION, CATALOGUE).assess(logits, MUSHROOM).flag())
        .isEqualTo(PoisonFlag.NOT_KNOWN_POISONOUS);
    Assessment found = new SafetyPolicy(LABELS, strict, CATALOGUE).assess(logits, MUSHROOM);
    assertThat(found.flag()).isEqualTo(PoisonFlag.POISONOUS);
    assertThat(found.deadly()).isTrue();
    assertThat(found.reason()).isEqualTo(PoisonReason.DEADLY_POSSIBLE);
  }

  @Test
  void aLabelThatIsOftenMistakenIsNamedOnlyWhenItIsLikelier() {
    Calibration strict = with(Map.of("ccc_mild", new LabelThresholds(null, 0.8)));
    float[] logits = logits(0.1, 0.1, 0.01, 0.02, 0.01, 0.45, 0.01, 0.3);
    assertThat(new SafetyPolicy(LABELS, CALIBRATION, CATALOGUE).assess(logits, MUSHROOM).answer())
        .isEqualTo("ccc_mild");
    Assessment found = new SafetyPolicy(LABELS, strict, CATALOGUE).assess(logits, MUSHROOM);
    assertThat(found.rank()).isEqualTo(AnswerRank.NONE);
    assertThat(found.flag()).isEqualTo(PoisonFlag.CANNOT_TELL);
  }

  @Test
  void thresholdsThatNothingCouldReachAreRefused() {
    for (Map<String, LabelThresholds> labels :
        List.of(
            Map.of("bbb_kiler", new LabelThresholds(0.03, null)),
            Map.of("ccc_mild", new LabelThresholds(0.03, null)))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new SafetyPolicy(LABELS, with(labels), CATALOGUE))
          .withMessageContaining(labels.keySet().iterator().next());
    }
  }

  /** Of two reasons for the same flag, the graver one; of two bands, the humbler. */
  private static void assertNoSofterWords(Assessment with, Assessment without) {
    if (alarm(with) == alarm(without)) {
      assertThat(with.reason()).isLessThanOrEqualTo(without.reason());
    }
    if (with.band() != null && without.band() != null) {
      assertThat(with.band()).isGreaterThanOrEqualTo(without.band());
    }
  }

  private static Calibration withLabels(Random random) {
    Map<String, LabelThresholds> labels = new HashMap<>();
    for (Label label : LABELS.labels()) {
      if (random.nextInt(3) == 0) {
        labels.put(
            label.label(),
            new LabelThresholds(
                random.nextInt(3) == 0 || !label.toxicity().isPoisonous()
                    ? null
                    : Double.valueOf(0.2 * random.nextDouble()),
                random.nextInt(3) == 0 ? null : Double.valueOf(0.4 + 0.6 * random.nextDouble())));
      }
    }
    return with(labels);
  }

  private static Calibration with(Map<String, LabelThresholds> labels) {
    return new Calibration(
        CALIBRATION.temperature(),
        CALIBRATION.gate(),
        CALIBRATION.answer(),
        CALIBRATION.poison(),
        CALIBRATION.bands(),
        labels);
  }

  private static int alarm(Assessment assessment) {
    int flag =
        List.of(PoisonFlag.NOT_KNOWN_POISONOUS, PoisonFlag.CANNOT_TELL, PoisonFlag.POISONOUS)
            .indexOf(assessment.flag());
    return 2 * flag + (assessment.deadly() ? 1 : 0);
  }

  private static float[] randomLogits(Random random) {
    float[] logits = new float[LABELS.size()];
    float spread = 1 + random.nextFloat() * 4;
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) random.nextGaussian() * spread;
    }
    return logits;
  }
}
