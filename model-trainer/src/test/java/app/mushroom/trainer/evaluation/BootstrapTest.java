package app.mushroom.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import app.mushroom.trainer.evaluation.Bootstrap.Values;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BootstrapTest {

  @Test
  void nothingHasNoInterval() {
    assertThat(interval(Bootstrap.DEFAULT, finds(0), weights -> 1).percentile()).isEmpty();
    assertThat(interval(Bootstrap.DEFAULT, finds(5), weights -> Double.NaN).percentile()).isEmpty();
    assertThat(interval(Bootstrap.DEFAULT, finds(5), weights -> Double.NaN).basic(0.5)).isEmpty();
  }

  @Test
  void oneFindVariesInNothing() {
    assertThat(interval(Bootstrap.DEFAULT, List.of("a", "a"), w -> 6.0 + w[0]).percentile())
        .contains(new Interval(7, 7));
  }

  @Test
  void shareOfAHundredVariesAsTheBinomialDistributionSays() {
    Interval interval =
        interval(new Bootstrap(4000, 3), finds(100), BootstrapTest::shareBelow30)
            .percentile()
            .orElseThrow();
    // mean 0.3, standard error sqrt(0.3 * 0.7 / 100) = 0.0458
    assertThat(interval.low()).isCloseTo(0.3 - 1.96 * 0.0458, within(0.015));
    assertThat(interval.high()).isCloseTo(0.3 + 1.96 * 0.0458, within(0.015));
  }

  @Test
  void photosOfOneFindAreDrawnTogether() {
    List<String> tens = IntStream.range(0, 100).mapToObj(photo -> "find " + photo / 10).toList();
    Interval interval =
        interval(new Bootstrap(4000, 3), tens, BootstrapTest::shareBelow30)
            .percentile()
            .orElseThrow();
    // ten finds: standard error sqrt(0.3 * 0.7 / 10) = 0.145
    assertThat(interval.high() - interval.low()).isCloseTo(2 * 1.96 * 0.145, within(0.05));
  }

  @Test
  void sameSeedDrawsTheSame() {
    double[] first = interval(new Bootstrap(50, 1), finds(40), BootstrapTest::mean).sorted();
    assertThat(interval(new Bootstrap(50, 1), finds(40), BootstrapTest::mean).sorted())
        .isEqualTo(first);
    assertThat(interval(new Bootstrap(50, 2), finds(40), BootstrapTest::mean).sorted())
        .isNotEqualTo(first);
  }

  @Test
  void roundsWithoutANumberAreLeftOut() {
    Values values = interval(new Bootstrap(100, 1), finds(2), w -> w[0] == 1 ? 4 : Double.NaN);
    assertThat(values.percentile()).contains(new Interval(4, 4));
    assertThat(values.sorted().length).isBetween(20, 80);
  }

  @Test
  void theBasicIntervalMirrorsWhatDrawingShifts() {
    Values shifted = new Values(new double[] {0.45, 0.5, 0.55});
    Interval basic = shifted.basic(0.48).orElseThrow();
    assertThat(basic.low()).isCloseTo(0.96 - shifted.quantile(0.975), within(1e-12));
    assertThat(basic.high()).isCloseTo(0.96 - shifted.quantile(0.025), within(1e-12));
    assertThat(shifted.basic(0.3).orElseThrow().high()).as("holds the figure").isEqualTo(0.3);
    assertThat(new Values(new double[] {0.9, 1}).basic(0.99).orElseThrow().high()).isEqualTo(1);
  }

  @Test
  void quantilesLieBetweenNeighbours() {
    assertThat(new Values(new double[] {1}).quantile(0.975)).isEqualTo(1);
    assertThat(new Values(new double[] {0, 10}).quantile(0.25)).isEqualTo(2.5);
    assertThat(new Values(new double[] {}).quantile(0.5)).isNaN();
  }

  @Test
  void needsARound() {
    assertThatThrownBy(() -> new Bootstrap(0, 1)).hasMessageContaining("at least 1 round");
  }

  private interface Figure {
    double of(int[] weights);
  }

  private static Values interval(Bootstrap bootstrap, List<String> finds, Figure figure) {
    return bootstrap.values(finds, weights -> new double[] {figure.of(weights)}).get(0);
  }

  private static List<String> finds(int photos) {
    return IntStream.range(0, photos).mapToObj(Integer::toString).toList();
  }

  private static double shareBelow30(int[] weights) {
    return Arrays.stream(weights, 0, 30).sum() / (double) Arrays.stream(weights).sum();
  }

  private static double mean(int[] weights) {
    return IntStream.range(0, weights.length).mapToDouble(photo -> photo * weights[photo]).sum();
  }
}
