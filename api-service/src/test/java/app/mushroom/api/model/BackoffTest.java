package app.mushroom.api.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

  @ParameterizedTest
  @CsvSource({"0,30", "1,50", "2,50", "1000,50"})
  void waitsLongerUpToALimit(int failures, int seconds) {
    Backoff backoff = new Backoff(Duration.ofSeconds(30), Duration.ofSeconds(50));
    assertThat(backoff.after(failures, 0.5)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void doublesWithEachFailure() {
    Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));
    assertThat(backoff.after(1, 0.5)).isEqualTo(Duration.ofSeconds(2));
    assertThat(backoff.after(5, 0.5)).isEqualTo(Duration.ofSeconds(32));
    assertThat(backoff.after(6, 0.5)).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void neverAsksLessOftenThanUsualIsWanted() {
    Backoff backoff = new Backoff(Duration.ofMinutes(5), Duration.ofSeconds(50));
    assertThat(backoff.after(3, 0.5)).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void replicasDoNotAskInStep() {
    Backoff backoff = new Backoff(Duration.ofSeconds(30), Duration.ofSeconds(50));
    assertThat(backoff.after(0, 0)).isEqualTo(Duration.ofSeconds(27));
    assertThat(backoff.after(0, 0.999_999)).isCloseTo(Duration.ofSeconds(33), Duration.ofMillis(1));
    // With the pause before it, a champion is seen within a poll and half a minute.
    assertThat(backoff.after(9, 1)).isLessThanOrEqualTo(Duration.ofSeconds(60));
  }
}
