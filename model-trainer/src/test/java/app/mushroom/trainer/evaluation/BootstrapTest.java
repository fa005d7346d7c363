package app.mushroom.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import app.mushroom.trainer.evaluation.Bootstrap.Interval;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BootstrapTest {

  @Test
  void nothingHasNoInterval() {
    assertThat(Bootstrap.DEFAULT.interval(0, drawn -> 1)).isEmpty();
    assertThat(Bootstrap.DEFAULT.interval(5, drawn -> Double.NaN)).isEmpty();
  }

  @Test
  void oneUnitVariesInNothing() {
    assertThat(Bootstrap.DEFAULT.interval(1, drawn -> 7.0 + drawn[0])).contains(new Interval(7, 7));
  }

  @Test
  void shareOfAHundredVariesAsTheBinomialDistributionSays() {
    Interval interval = new Bootstrap(4000, 3).interval(100, BootstrapTest::shareBelow30).get();
    // mean 0.3, standard error sqrt(0.3 * 0.7 / 100) = 0.0458
    assertThat(interval.low()).isCloseTo(0.3 - 1.96 * 0.0458, within(0.015));
    assertThat(interval.high()).isCloseTo(0.3 + 1.96 * 0.0458, within(0.015));
  }

  @Test
  void sameSeedDrawsTheSame() {
    Optional<Interval> first = new Bootstrap(50, 1).interval(40, BootstrapTest::shareBelow30);
    assertThat(new Bootstrap(50, 1).interval(40, BootstrapTest::shareBelow30)).isEqualTo(first);
    assertThat(new Bootstrap(50, 2).interval(40, BootstrapTest::shareBelow30)).isNotEqualTo(first);
  }

  @Test
  void roundsWithoutANumberAreLeftOut() {
    Interval interval =
        new Bootstrap(100, 1)
            .interval(2, drawn -> drawn[0] == drawn[1] ? Double.NaN : 4)
            .orElseThrow();
    assertThat(interval).isEqualTo(new Interval(4, 4));
  }

  @Test
  void needsARound() {
    assertThatThrownBy(() -> new Bootstrap(0, 1)).hasMessageContaining("at least 1 round");
  }

  private static double shareBelow30(int[] drawn) {
    return Arrays.stream(drawn).filter(unit -> unit < 30).count() / (double) drawn.length;
  }
}
