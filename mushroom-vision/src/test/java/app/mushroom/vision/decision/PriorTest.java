package app.mushroom.vision.decision;

import static app.mushroom.vision.decision.Decisions.LABELS;
import static app.mushroom.vision.decision.Priors.HERE;
import static app.mushroom.vision.decision.Priors.SOUTH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriorTest {
  private static final String JSON =
      """
      {"schemaVersion": 1, "smoothing": 20, "cap": 5,
       "season": {"strength": 0.5, "northern": 0.9,
                  "finds": {"aaa_mild": [0,0,0,0,0,0,0,10,90,0,0,0]}},
       "place": {"strength": 0.25, "finds": {"aaa_mild": {"45,10": 40, "-35,145": 2}}},
       "later": "fields are ignored"}
      """;

  @Test
  void readsWhatTheFormatsPageShowsAndWritesItAgain() throws IOException {
    Prior prior = read(JSON);
    assertThat(prior.place().finds().get("aaa_mild")).containsEntry(HERE, 40);
    assertThat(prior.season().finds().get("aaa_mild").get(8)).isEqualTo(90);
    assertThat(Prior.read(new ByteArrayInputStream(prior.toJson()))).isEqualTo(prior);
    Prior none = new Prior(20, 5, null, null);
    assertThat(Prior.read(new ByteArrayInputStream(none.toJson()))).isEqualTo(none);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"schemaVersion\": 1| \"schemaVersion\": 2| schemaVersion 1, found 2",
        "\"cap\": 5| \"cap\": 6| cap in 1..5.0, found 6",
        "\"cap\": 5| \"cap\": 0.5| cap in 1..5.0",
        "\"smoothing\": 20| \"smoothing\": 0| smoothing in (0",
        "0.5| 1.5| season.strength in 0..1",
        "0.9| -1| season.northern in 0..1",
        "[0,0,0,| [0,0,| twelve counts in season.finds.aaa_mild",
        "10,90| -1,90| counts of at least 0 in season.finds.aaa_mild",
        "0.25| \"NaN\"| place.strength in 0..1",
        "45,10| 46,10| multiple of 5",
        "40,| -4,| counts of at least 0 in place.finds.aaa_mild"
      })
  void refusesAPriorThatMakesNoSense(String from, String to, String message) {
    assertThat(JSON).contains(from);
    assertThatThrownBy(() -> read(JSON.replace(from, to)))
        .isInstanceOf(InvalidModelFileException.class)
        .hasMessageContaining("prior.json")
        .hasStackTraceContaining(message);
  }

  @Test
  void raisesLabelsThatAreFoundThenAndLowersOthers() {
    Prior prior =
        Priors.season(Map.of("aaa_mild", Priors.allIn(9, 100), "aaa_tasty", Priors.allIn(4, 100)));
    PriorWeights.Weights autumn = new PriorWeights(LABELS, prior).of(new Circumstances(9, HERE));
    assertThat(autumn.usedDate()).isTrue();
    assertThat(autumn.usedPlace()).isFalse();
    // P(September | label) = (50 + 20 * 50/200) / (100 + 20), over the share of all finds, 50/200.
    assertThat(autumn.factors()[0]).isCloseTo(55.0 / 120 / 0.25, within(1e-9));
    assertThat(autumn.factors()[1]).as("kept within the cap").isEqualTo(0.2);
    assertThat(autumn.factors()[2]).as("without finds").isEqualTo(1);
  }

  @Test
  void spreadsFindsToTheMonthsAndCellsBesideThem() {
    PriorWeights months =
        new PriorWeights(
            LABELS,
            Priors.season(
                Map.of("aaa_mild", Priors.allIn(12, 200), "bbb_killer", Priors.allIn(6, 200))));
    assertThat(months.of(new Circumstances(1, HERE)).factors()[0]).isGreaterThan(1);
    PriorWeights cells =
        new PriorWeights(
            LABELS,
            Priors.place(Map.of("aaa_mild", Map.of(HERE, 400), "bbb_killer", Map.of(SOUTH, 400))));
    assertThat(cells.of(new Circumstances(null, Cell.parse("45,5"))).factors()[0]).isGreaterThan(1);
    assertThat(cells.of(new Circumstances(null, HERE)).factors()[2]).isLessThan(1);
  }

  @Test
  void turnsTheSeasonsRoundInTheSouth() {
    PriorWeights weights =
        new PriorWeights(
            LABELS,
            Priors.season(
                Map.of("aaa_mild", Priors.allIn(9, 100), "aaa_tasty", Priors.allIn(3, 100))));
    assertThat(weights.of(new Circumstances(3, SOUTH)).factors())
        .containsExactly(weights.of(new Circumstances(9, HERE)).factors());
    assertThat(weights.of(new Circumstances(9, null)).factors())
        .as("without a place, where the finds are from")
        .containsExactly(weights.of(new Circumstances(9, HERE)).factors());
  }

  @Test
  void saysNothingWhereHardlyAnythingWasFound() {
    PriorWeights weights =
        new PriorWeights(
            LABELS,
            new Prior(
                20,
                5,
                new Prior.Season(1, 1, Map.of("aaa_mild", Priors.allIn(9, 100))),
                new Prior.Place(1, Map.of("aaa_mild", Map.of(HERE, 10)))));
    PriorWeights.Weights found = weights.of(new Circumstances(3, HERE));
    assertThat(found.usedDate()).isFalse();
    assertThat(found.usedPlace()).isFalse();
    assertThat(found.factors()).containsOnly(1);
    assertThat(weights.of(Circumstances.UNKNOWN).factors()).containsOnly(1);
  }

  @Test
  void neverMultipliesByMoreThanTheCap() {
    Random random = new Random(3);
    for (int round = 0; round < 2_000; round++) {
      Prior prior = Priors.random(random);
      double[] factors =
          new PriorWeights(LABELS, prior).of(Priors.randomCircumstances(random)).factors();
      assertThat(factors).hasSize(LABELS.size());
      assertThat(Arrays.stream(factors).max().orElseThrow()).isLessThanOrEqualTo(prior.cap());
      assertThat(Arrays.stream(factors).min().orElseThrow())
          .isGreaterThanOrEqualTo(1 / prior.cap());
    }
  }

  private static Prior read(String json) throws IOException {
    return Prior.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
  }
}
