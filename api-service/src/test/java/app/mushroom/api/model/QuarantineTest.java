package app.mushroom.api.model;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.api.fixture.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class QuarantineTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private final TestClock clock = new TestClock();
  private final Quarantine quarantine = new Quarantine(clock);

  @Test
  void knowsNothingOfWhatWasNeverRefused() {
    assertThat(quarantine.find("1")).isEmpty();
  }

  @Test
  void leavesARefusedVersionAloneForAWhileAndLongerEachTime() {
    ModelRefusedException why = new ModelRefusedException("damaged");
    quarantine.add("1", why, MINUTE, Duration.ofMinutes(3));
    assertThat(quarantine.find("1")).hasValue(why);
    assertThat(quarantine.find("2")).isEmpty();
    clock.advance(MINUTE);
    assertThat(quarantine.find("1")).isEmpty();
    quarantine.add("1", why, MINUTE, Duration.ofMinutes(3));
    clock.advance(MINUTE);
    assertThat(quarantine.find("1")).hasValue(why);
    clock.advance(MINUTE);
    assertThat(quarantine.find("1")).isEmpty();
    for (int i = 0; i < 20; i++) {
      quarantine.add("1", why, MINUTE, Duration.ofMinutes(3));
    }
    clock.advance(Duration.ofMinutes(3));
    assertThat(quarantine.find("1")).isEmpty();
  }

  @Test
  void forgetsTheOldestOfVeryMany() {
    for (int i = 0; i < 150; i++) {
      quarantine.add("" + i, new ModelRefusedException("no"), MINUTE, MINUTE);
    }
    assertThat(quarantine.find("49")).isEmpty();
    assertThat(quarantine.find("50")).isPresent();
  }
}
