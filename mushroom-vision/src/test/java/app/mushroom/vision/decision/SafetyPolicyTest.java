package app.mushroom.vision.decision;

import static app.mushroom.vision.decision.Decisions.LABELS;
import static app.mushroom.vision.decision.Decisions.MUSHROOM;
import static app.mushroom.vision.decision.Decisions.NO_MUSHROOM;
import static app.mushroom.vision.decision.Decisions.logits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import app.mushroom.vision.species.SpeciesCatalogue;
import app.mushroom.vision.species.Toxicity;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetyPolicyTest {
  private static final double POISON_MASS_TOLERANCE = 1e-6;

  private final SafetyPolicy policy = Decisions.policy();

  @Test
  void namesTheSpeciesWhenItIsLikelyEnough() {
    Assessment found = assess(0.95, 0.01, 0.005, 0.005, 0.01, 0.01, 0.005, 0.005);
    assertThat(found.isMushroom()).isTrue();
    assertThat(found.rank()).isEqualTo(AnswerRank.SPECIES);
    assertThat(found.answer()).isEqualTo("aaa_mild");
    assertThat(found.answerProbability()).isCloseTo(0.95, within(1e-6));
    assertThat(found.band()).isEqualTo(Band.VERY_LIKELY);
    assertThat(found.flag()).isEqualTo(PoisonFlag.NOT_KNOWN_POISONOUS);
    assertThat(found.reason()).isEqualTo(PoisonReason.NO_POISON_KNOWN);
    assertThat(found.deadly()).isFalse();
    assertThat(found.ranking()).startsWith(0).hasSize(LABELS.size());
  }

  @Test
  void fallsBackToTheGenusWhoseSpeciesTogetherAreLikelyEnough() {
    Assessment found = assess(0.39, 0.39, 0.01, 0.01, 0.02, 0.1, 0.04, 0.04);
    assertThat(found.rank()).isEqualTo(AnswerRank.GENUS);
    assertThat(found.answer()).isEqualTo("aaa");
    assertThat(found.answerProbability()).isCloseTo(0.78, within(1e-6));
    assertThat(found.band()).isEqualTo(Band.LIKELY);
    assertThat(found.flag()).isEqualTo(PoisonFlag.NOT_KNOWN_POISONOUS);
  }

  @Test
  void answersWithAGenusWhenTheLikeliestLabelIsOne() {
    Assessment found = assess(0.05, 0.05, 0.01, 0.01, 0.01, 0.01, 0.85, 0.01);
    assertThat(found.rank()).isEqualTo(AnswerRank.GENUS);
    assertThat(found.answer()).isEqualTo("ddd");
    assertThat(found.reason()).isEqualTo(PoisonReason.HARMS_SOME);
  }

  @Test
  void saysNothingWhenNeitherSpeciesNorGenusIsLikelyEnough() {
    Assessment found = assess(0.3, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1);
    assertThat(found.rank()).isEqualTo(AnswerRank.NONE);
    assertThat(found.answer()).isNull();
    assertThat(found.band()).isNull();
    assertThat(found.flag()).isEqualTo(PoisonFlag.CANNOT_TELL);
    assertThat(found.reason()).isEqualTo(PoisonReason.NOT_SURE);
  }

  @Test
  void saysNothingAboutWhatIsNotAMushroom() {
    Assessment found =
        policy.assess(logits(0.01, 0.01, 0.93, 0.01, 0.01, 0.01, 0.01, 0.01), NO_MUSHROOM);
    assertThat(found.isMushroom()).isFalse();
    assertThat(found.mushroomProbability()).isLessThan(0.01);
    assertThat(found.rank()).isEqualTo(AnswerRank.NONE);
    assertThat(found.flag()).isEqualTo(PoisonFlag.CANNOT_TELL);
    assertThat(found.reason()).isEqualTo(PoisonReason.NOT_A_MUSHROOM);
  }

  @Test
  void flagsByTheSumOfPoisonousLabelsWhateverTheLikeliestIs() {
    Assessment found = assess(0.75, 0.01, 0.11, 0.01, 0.1, 0.01, 0.005, 0.005);
    assertThat(found.answer()).isEqualTo("aaa_mild");
    assertThat(found.poisonProbability()).isCloseTo(0.21, within(1e-6));
    assertThat(found.flag()).isEqualTo(PoisonFlag.POISONOUS);
    assertThat(found.reason()).isEqualTo(PoisonReason.POISONOUS_POSSIBLE);
    assertThat(found.deadly()).isFalse();
  }

  @Test
  void warnsOfDeathWhenTheDeadlyLabelsAloneReachTheThreshold() {
    Assessment found = assess(0.75, 0.01, 0.205, 0.01, 0.01, 0.01, 0.003, 0.002);
    assertThat(found.flag()).isEqualTo(PoisonFlag.POISONOUS);
    assertThat(found.deadly()).isTrue();
    assertThat(found.reason()).isEqualTo(PoisonReason.DEADLY_POSSIBLE);
  }

  @Test
  void cannotTellBetweenTheTwoPoisonThresholds() {
    Assessment found = assess(0.83, 0.01, 0.06, 0.01, 0.06, 0.01, 0.01, 0.01);
    assertThat(found.flag()).isEqualTo(PoisonFlag.CANNOT_TELL);
    assertThat(found.reason()).isEqualTo(PoisonReason.POISON_NOT_RULED_OUT);
    assertThat(found.rank()).isEqualTo(AnswerRank.SPECIES);
  }

  @Test
  void aGenusInheritsTheWarningOfItsDeadlySpecies() {
    Assessment found = assess(0.1, 0.1, 0.05, 0.39, 0.02, 0.01, 0.01, 0.32);
    assertThat(found.rank()).isEqualTo(AnswerRank.NONE);
    found = assess(0.1, 0.1, 0.15, 0.39, 0.02, 0.01, 0.01, 0.22);
    assertThat(found.answer()).isEqualTo("bbb");
    assertThat(found.poisonProbability()).isLessThan(0.2);
    assertThat(found.flag()).isEqualTo(PoisonFlag.POISONOUS);
    assertThat(found.deadly()).isTrue();
    assertThat(found.reason()).isEqualTo(PoisonReason.GENUS_HOLDS_DEADLY);
  }

  @Test
  void aGenusWithPoisonousSpeciesIsFlaggedToo() {
    Assessment found = assess(0.1, 0.1, 0.01, 0.02, 0.15, 0.39, 0.01, 0.22);
    assertThat(found.answer()).isEqualTo("ccc");
    assertThat(found.flag()).isEqualTo(PoisonFlag.POISONOUS);
    assertThat(found.deadly()).isFalse();
    assertThat(found.reason()).isEqualTo(PoisonReason.GENUS_HOLDS_POISONOUS);
  }

  @Test
  void takesTheWorseOfWhatTheModelAndTheCatalogueSay() {
    SpeciesCatalogue catalogue = SpeciesCatalogue.load();
    String deadly =
        catalogue.all().stream()
            .filter(species -> species.toxicity() == Toxicity.DEADLY)
            .findFirst()
            .orElseThrow()
            .label();
    LabelSet labels =
        new LabelSet(
            List.of(
                new Label(deadly, "species", deadly, "xxx", Toxicity.NOT_KNOWN_POISONOUS),
                new Label("zzz_mild", "species", "z", "zzz", Toxicity.NOT_KNOWN_POISONOUS)));
    Assessment found =
        new SafetyPolicy(labels, Decisions.CALIBRATION, catalogue)
            .assess(logits(0.25, 0.75), MUSHROOM);
    assertThat(found.flag()).isEqualTo(PoisonFlag.POISONOUS);
    assertThat(found.deadly()).isTrue();
  }

  @Test
  void averagesThePhotosThatShowAMushroom() {
    float[] first = logits(0.9, 0.02, 0.02, 0.01, 0.02, 0.01, 0.01, 0.01);
    float[] second = logits(0.5, 0.4, 0.02, 0.02, 0.02, 0.02, 0.01, 0.01);
    float[] elsewhere = logits(0.01, 0.01, 0.01, 0.01, 0.93, 0.01, 0.01, 0.01);
    Assessment found =
        policy.assess(List.of(first, second, elsewhere), List.of(MUSHROOM, MUSHROOM, NO_MUSHROOM));
    assertThat(found.probabilities()[0]).isCloseTo(0.7, within(1e-6));
    assertThat(found.isMushroom()).isTrue();
    assertThat(found.flag()).isEqualTo(PoisonFlag.NOT_KNOWN_POISONOUS);
    assertThat(Arrays.stream(found.probabilities()).sum()).isCloseTo(1, within(1e-9));
  }

  @Test
  void wantsOneToFivePhotos() {
    float[] logits = new float[LABELS.size()];
    assertThatIllegalArgumentException().isThrownBy(() -> policy.assess(List.of(), List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> policy.assess(Collections.nCopies(6, logits), Collections.nCopies(6, MUSHROOM)))
        .withMessageContaining("1 to 5 photos");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policy.assess(List.of(logits), List.of(MUSHROOM, MUSHROOM)));
    assertThat(policy.assess(Collections.nCopies(5, logits), Collections.nCopies(5, MUSHROOM)))
        .isNotNull();
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void neverAnswersFromBrokenNumbers(float broken) {
    float[] logits = new float[LABELS.size()];
    logits[3] = broken;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policy.assess(logits, MUSHROOM))
        .withMessageContaining(broken + " at position 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policy.assess(new float[LABELS.size()], new float[] {0, broken}))
        .withMessageContaining("embedding");
  }

  @Test
  void refusesOutputsOfAnotherModel() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policy.assess(new float[3], MUSHROOM))
        .withMessageContaining("Expected 8 numbers in the network's logits, found 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> policy.assess(new float[8], new float[3]))
        .withMessageContaining("embedding");
  }

  @Test
  void survivesExtremeLogits() {
    float[] logits = new float[LABELS.size()];
    Arrays.fill(logits, -Float.MAX_VALUE);
    logits[2] = Float.MAX_VALUE;
    Assessment found = policy.assess(logits, MUSHROOM);
    assertThat(found.probabilities()[2]).isEqualTo(1);
    assertThat(found.flag()).isEqualTo(PoisonFlag.POISONOUS);
    assertThat(found.reason()).isEqualTo(PoisonReason.DEADLY_SPECIES);
  }

  @Test
  void keepsItsPromisesOnRandomLogits() {
    Random random = new Random(7);
    for (int round = 0; round < 20_000; round++) {
      float[] logits = randomLogits(random);
      boolean mushroom = random.nextInt(10) > 0;
      Assessment found = policy.assess(logits, mushroom ? MUSHROOM : NO_MUSHROOM);
      assertThat(found.isMushroom()).isEqualTo(mushroom);
      if (found.rank() == AnswerRank.NONE) {
        assertThat(found.flag()).isEqualTo(PoisonFlag.CANNOT_TELL);
      } else if (found.poisonProbability() >= 0.2) {
        assertThat(found.flag()).isEqualTo(PoisonFlag.POISONOUS);
      } else if (found.poisonProbability() >= 0.1) {
        assertThat(found.flag()).isNotEqualTo(PoisonFlag.NOT_KNOWN_POISONOUS);
      }
      assertThat(found.deadly() && found.flag() != PoisonFlag.POISONOUS).isFalse();
      assertThat(found.answer() == null).isEqualTo(found.rank() == AnswerRank.NONE);
      double[] p = found.probabilities();
      for (int i = 1; i < p.length; i++) {
        assertThat(p[found.ranking()[i]]).isLessThanOrEqualTo(p[found.ranking()[i - 1]]);
      }
      assertThat(Arrays.stream(p).sum()).isCloseTo(1, within(1e-9));
    }
  }

  @Test
  void morePoisonNeverLowersTheFlagOfTheSameAnswer() {
    Random random = new Random(11);
    for (int round = 0; round < 20_000; round++) {
      float[] logits = randomLogits(random);
      Assessment before = policy.assess(logits, MUSHROOM);
      float[] worse = logits.clone();
      int poisonous = random.nextBoolean() ? 2 : 4;
      worse[poisonous] += random.nextFloat() * 2;
      Assessment after = policy.assess(worse, MUSHROOM);
      assertThat(after.poisonProbability())
          .isGreaterThan(before.poisonProbability() - POISON_MASS_TOLERANCE);
      boolean sameAnswer =
          before.rank() == after.rank()
              && java.util.Objects.equals(before.answer(), after.answer());
      if (sameAnswer) {
        assertThat(alarm(after.flag())).isGreaterThanOrEqualTo(alarm(before.flag()));
      }
      if (before.flag() == PoisonFlag.POISONOUS) {
        assertThat(after.flag()).isNotEqualTo(PoisonFlag.NOT_KNOWN_POISONOUS);
      }
    }
  }

  private static int alarm(PoisonFlag flag) {
    return List.of(PoisonFlag.NOT_KNOWN_POISONOUS, PoisonFlag.CANNOT_TELL, PoisonFlag.POISONOUS)
        .indexOf(flag);
  }

  private static float[] randomLogits(Random random) {
    float[] logits = new float[LABELS.size()];
    float spread = 1 + random.nextFloat() * 4;
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) random.nextGaussian() * spread;
    }
    return logits;
  }

  private Assessment assess(double... probabilities) {
    return policy.assess(logits(probabilities), MUSHROOM);
  }
}
