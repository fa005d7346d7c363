package app.mushroom.trainer.evaluation;

import static app.mushroom.trainer.evaluation.Cases.BAD;
import static app.mushroom.trainer.evaluation.Cases.DEAD;
import static app.mushroom.trainer.evaluation.Cases.ONE;
import static app.mushroom.trainer.evaluation.Cases.TWO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import app.mushroom.storage.JsonDocument;
import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.vision.decision.SafetyPolicy;
import app.mushroom.vision.species.Toxicity;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ExaminationTest {

  /** Nine mushrooms, two other photos; each line says what becomes of it. */
  private static Cases nine() {
    return new Cases()
        .photo(ONE, 0.94, 0.02, 0.02, 0.02) // right, no alarm
        .photo(ONE, 0.10, 0.85, 0.03, 0.02) // taken for two, no alarm
        .photo(ONE, 0.30, 0.05, 0.60, 0.05) // taken for bad: false alarm
        .photo(TWO, 0.05, 0.80, 0.10, 0.05) // right, poison 0.15: cannot tell
        .photo(BAD, 0.05, 0.05, 0.85, 0.05) // right, flagged
        .photo(BAD, 0.90, 0.05, 0.03, 0.02) // taken for one, poison 0.05: missed
        .photo(BAD, 0.60, 0.10, 0.25, 0.05) // taken for one, poison 0.30: flagged
        .photo(DEAD, 0.45, 0.40, 0.08, 0.07) // genus aa, poison 0.15: cannot tell
        .refused(DEAD, 0.01, 0.01, 0.01, 0.97) // right, refused: cannot tell
        .other(-2)
        .other(2);
  }

  @Test
  void headlineFiguresAreThoseOfTheEvaluator() {
    Cases cases = nine();
    Examination examination = cases.examination();
    SafetyPolicy policy =
        new SafetyPolicy(examination.labels(), examination.calibration(), examination.catalogue());
    Figures figures =
        new Evaluator(cases.examination().toxicities()).evaluate(cases.outputs(), policy);
    assertThat(examination.figures()).isEqualTo(figures);
    assertThat(examination.details(null, new Bootstrap(10, 1)).figures()).isEqualTo(figures);
    assertThat(figures.photos()).isEqualTo(9);
    assertThat(figures.top1()).isCloseTo(4 / 9.0, within(1e-9));
    assertThat(figures.poisonRecall()).isCloseTo(4 / 5.0, within(1e-9));
    assertThat(figures.falsePoisonAlarms()).isCloseTo(1 / 4.0, within(1e-9));
    assertThat(figures.notMushroomRefused()).isEqualTo(0.5);
  }

  @Test
  void scoresEachLabel() {
    Map<String, ClassScore> labels =
        nine().details().labels().stream()
            .collect(Collectors.toMap(ClassScore::name, score -> score));
    ClassScore one = labels.get("aa_one");
    assertThat(one.support()).isEqualTo(3);
    assertThat(one.answers()).as("itself, two of bad, one of dead").isEqualTo(4);
    assertThat(one.precision()).isCloseTo(1 / 4.0, within(1e-9));
    assertThat(one.recall()).isCloseTo(1 / 3.0, within(1e-9));
    assertThat(one.f1()).isCloseTo(2.0 / 7, within(1e-9));
    assertThat(one.flags()).isEqualTo(new FlagCounts(1, 0, 2));
    ClassScore bad = labels.get("bb_bad");
    assertThat(bad.precision()).isEqualTo(0.5);
    assertThat(bad.recall()).isCloseTo(1 / 3.0, within(1e-9));
    assertThat(bad.flags()).isEqualTo(new FlagCounts(2, 0, 1));
    ClassScore dead = labels.get("cc_dead");
    assertThat(dead.precision()).isEqualTo(1);
    assertThat(dead.recall()).isEqualTo(0.5);
    assertThat(dead.flags()).isEqualTo(new FlagCounts(0, 2, 0));
    assertThat(dead.trainingPhotos()).isNull();
  }

  @Test
  void scoresEachGenus() {
    List<ClassScore> genera = nine().details().genera();
    assertThat(genera).extracting(ClassScore::name).containsExactly("aa", "bb", "cc");
    ClassScore aa = genera.get(0);
    assertThat(aa.support()).isEqualTo(4);
    assertThat(aa.answers()).isEqualTo(6);
    assertThat(aa.right()).isEqualTo(3);
    assertThat(aa.precision()).isEqualTo(0.5);
    assertThat(aa.recall()).isEqualTo(0.75);
    assertThat(aa.f1()).isCloseTo(0.6, within(1e-9));
  }

  @Test
  void macroF1IsTheMeanOfTheLabels() {
    EvaluationDetails details = nine().details();
    double mean = details.labels().stream().mapToDouble(ClassScore::f1).average().orElseThrow();
    assertThat(details.figures().macroF1()).isCloseTo(mean, within(1e-9));
  }

  @Test
  void namesThePairsBehindMissesAndAlarms() {
    EvaluationDetails details = nine().details();
    assertThat(details.missed())
        .containsExactly(
            new Confusion(
                "bb_bad",
                Toxicity.POISONOUS,
                "aa_one",
                Toxicity.NOT_KNOWN_POISONOUS,
                1,
                new FlagCounts(0, 0, 1),
                List.of(String.format("%064x", 6))));
    assertThat(details.falseAlarms())
        .singleElement()
        .satisfies(
            pair -> {
              assertThat(pair.truth()).isEqualTo("aa_one");
              assertThat(pair.answer()).isEqualTo("bb_bad");
              assertThat(pair.flags()).isEqualTo(new FlagCounts(1, 0, 0));
            });
    assertThat(details.misnamed())
        .extracting(Confusion::truth, Confusion::answer, Confusion::photos, Confusion::flags)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("bb_bad", "aa_one", 2, new FlagCounts(1, 0, 1)),
            org.assertj.core.groups.Tuple.tuple("cc_dead", "aa_one", 1, new FlagCounts(0, 1, 0)));
  }

  @Test
  void countsThePoisonCostThreeWays() {
    PoisonCosts costs = nine().details().poisonCosts();
    assertThat(costs.poisonous()).isEqualTo(new FlagCounts(2, 2, 1));
    assertThat(costs.rest()).isEqualTo(new FlagCounts(1, 1, 2));
    assertThat(costs.cost()).isCloseTo((100 + 1) / 9.0, within(1e-9));
    assertThat(costs.cost()).isEqualTo(nine().details().figures().poisonCost());
    assertThat(costs.cannotTellIsMissed()).isCloseTo((300 + 1) / 9.0, within(1e-9));
    // by the likeliest label: two of bad and one of dead missed, one alarm
    assertThat(costs.likeliestLabel()).isCloseTo((300 + 1) / 9.0, within(1e-9));
  }

  @Test
  void withoutPhotosThereAreNoIntervalsAndNoErrors() {
    EvaluationDetails details = new Cases().details();
    assertThat(details.figures().photos()).isZero();
    assertThat(details.intervals()).isEmpty();
    assertThat(details.missed()).isEmpty();
    assertThat(details.notMushroom()).isNull();
    assertThat(details.unknownLabels()).isNull();
    assertThat(details.tiers()).isEmpty();
    assertThat(details.abstention().curve()).isEmpty();
    assertThat(details.abstention().species().accuracy()).isNull();
    assertThat(details.labels())
        .hasSize(4)
        .allSatisfy(
            score -> {
              assertThat(score.precision()).isNull();
              assertThat(score.recall()).isNull();
              assertThat(score.f1()).isNull();
            });
  }

  @Test
  void aSharesIntervalIsExactWhereItIsNoneOrAll() {
    Cases cases = new Cases();
    for (int i = 0; i < 10; i++) {
      cases.photo(BAD, 0.01, 0.01, 0.97, 0.01);
    }
    Map<String, Interval> intervals = cases.details().intervals();
    // 0.025 ^ (1 / 10): ten of ten leave room for a quarter missed
    assertThat(intervals.get("poisonRecall").low()).isCloseTo(0.6915, within(1e-4));
    assertThat(intervals.get("poisonRecall").high()).isEqualTo(1);
    assertThat(intervals.get("top1")).isEqualTo(intervals.get("poisonRecall"));
    assertThat(intervals.get("cannotTell").low()).isZero();
    assertThat(intervals.get("cannotTell").high()).isCloseTo(0.3085, within(1e-4));
    assertThat(intervals)
        .as("no other mushrooms, and nothing else")
        .doesNotContainKeys("falsePoisonAlarms", "notMushroomRefused");
  }

  @Test
  void intervalsHoldTheirFigures() {
    Cases cases = new Cases();
    for (int i = 0; i < 20; i++) {
      cases
          .photo(ONE, 0.94, 0.02, 0.02, 0.02)
          .photo(BAD, 0.05, 0.05, 0.85, 0.05)
          .photo(BAD, 0.90, 0.05, 0.03, 0.02)
          .photo(TWO, 0.05, 0.80, 0.10, 0.05)
          .photo(ONE, 0.30, 0.05, 0.60, 0.05)
          .other(i - 10);
    }
    EvaluationDetails details = cases.details();
    for (Headline headline : Headline.values()) {
      Interval interval = details.intervals().get(headline.key());
      Double value = headline.of(details.figures());
      if (headline == Headline.CALIBRATION_ERROR) {
        assertThat(interval).as("drawing with replacement raises it").isNull();
      } else {
        assertThat(value).as(headline.key()).isBetween(interval.low(), interval.high());
        assertThat(interval.high()).as(headline.key()).isGreaterThan(interval.low());
      }
    }
    assertThat(details.intervals().get("notMushroomRefused").low()).isBetween(0.2, 0.5);
  }

  @Test
  void tiersAreCountedApart() {
    List<Group> tiers =
        new Cases()
            .photoOfTier("B", ONE, 0.94, 0.02, 0.02, 0.02)
            .photoOfTier("A", ONE, 0.02, 0.94, 0.02, 0.02)
            .photoOfTier("B", BAD, 0.94, 0.02, 0.02, 0.02)
            .photoOfTier(null, BAD, 0.02, 0.02, 0.94, 0.02)
            .other(-2)
            .details()
            .tiers();
    assertThat(tiers).extracting(Group::name).containsExactly("A", "B", "none stated");
    assertThat(tiers).extracting(Group::poisonous).containsExactly(0, 1, 1);
    assertThat(tiers).extracting(tier -> tier.figures().top1()).containsExactly(0.0, 0.5, 1.0);
    assertThat(tiers.get(0).intervals()).doesNotContainKey("poisonRecall");
  }

  @Test
  void groupsByWhatWasLearnedAndFindsPhotosThatWereLearnedFrom() {
    Cases cases =
        new Cases()
            .photo(ONE, 0.94, 0.02, 0.02, 0.02)
            .photo(TWO, 0.94, 0.02, 0.02, 0.02)
            .photo(BAD, 0.94, 0.02, 0.02, 0.02);
    List<DatasetPhoto> photos = cases.photos();
    TrainingPhotos training =
        new TrainingPhotos(
            Map.of("aa_one", 300, "aa_two", 14),
            Set.of(photos.get(0).sha256()),
            Set.of(photos.get(2).group()));
    EvaluationDetails details = cases.examination().details(training, new Bootstrap(10, 1));
    assertThat(details.trainedOn()).isEqualTo(2);
    assertThat(details.trainingPhotos())
        .extracting(Group::name)
        .containsExactly("0", "1 to 14", "200 or more");
    assertThat(details.labels())
        .extracting(ClassScore::trainingPhotos)
        .containsExactly(300, 14, 0, 0);
    assertThat(details.genera()).extracting(ClassScore::trainingPhotos).containsExactly(314, 0, 0);
  }

  @Test
  void isWrittenAsJson() {
    String json = JsonDocument.mapper().writeValueAsString(nine().details());
    assertThat(json)
        .contains("\"missed\":[{\"truth\":\"bb_bad\",\"truthToxicity\":\"poisonous\"")
        .contains("\"gate\":{\"auroc\":")
        .doesNotContain("NaN");
  }

  @Test
  void refusesOutputsOfOtherPhotos() {
    Cases cases = nine();
    assertThatThrownBy(
            () ->
                Examination.of(
                    Cases.LABELS,
                    cases.examination().calibration(),
                    cases.examination().catalogue(),
                    List.of(),
                    cases.outputs()))
        .hasMessageContaining("Expected outputs for 0 photos, found 11");
  }
}
