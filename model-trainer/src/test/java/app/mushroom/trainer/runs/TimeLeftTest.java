package app.mushroom.trainer.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimeLeftTest {

  private Instant now = Instant.EPOCH;

  @Test
  void tellsNothingWhileThereIsTooLittleToJudgeFrom() {
    TimeLeft left = new TimeLeft(2, 100, epoch -> 64, 0, 64, () -> now);
    assertThat(left.at(0, 0.1)).isEmpty();
    now = now.plusSeconds(1);
    assertThat(left.at(0, 0.2)).isEmpty();
    now = now.plusSeconds(60);
    assertThat(left.at(0, 0.1)).as("nothing done since").isEmpty();
  }

  @Test
  void goesByWhatIsDone() {
    TimeLeft left = new TimeLeft(2, 100, epoch -> 64, 0, 64, () -> now);
    left.at(0, 0);
    now = now.plusSeconds(50);
    assertThat(left.at(0, 0.5)).contains(Duration.ofSeconds(150));
    now = now.plusSeconds(150);
    assertThat(left.at(1, 1)).contains(Duration.ZERO);
  }

  @Test
  void knowsThatLargerViewsTakeLonger() {
    TimeLeft left = new TimeLeft(2, 100, epoch -> epoch == 0 ? 64 : 128, 0, 64, () -> now);
    left.at(0, 0);
    now = now.plusSeconds(100);
    assertThat(left.at(0, 1)).contains(Duration.ofSeconds(400));
  }

  @Test
  void countsTheLookAtValAsAThirdOfLearning() {
    TimeLeft left = new TimeLeft(1, 100, epoch -> 64, 300, 64, () -> now);
    left.at(0, 0);
    now = now.plusSeconds(100);
    assertThat(left.at(0, 1)).contains(Duration.ofSeconds(100));
  }

  @Test
  void judgesAResumedRunByWhatItDoesItself() {
    TimeLeft left = new TimeLeft(4, 100, epoch -> 64, 0, 64, () -> now);
    left.at(3, 0);
    now = now.plusSeconds(30);
    assertThat(left.at(3, 0.5)).contains(Duration.ofSeconds(30));
  }

  @Test
  void roundsAsPeopleDo() {
    assertThat(RoughTime.of(Duration.ofMillis(400))).isEqualTo("0 s");
    assertThat(RoughTime.of(Duration.ofSeconds(-3))).isEqualTo("0 s");
    assertThat(RoughTime.of(Duration.ofSeconds(119))).isEqualTo("119 s");
    assertThat(RoughTime.of(Duration.ofSeconds(120))).isEqualTo("2 min");
    assertThat(RoughTime.of(Duration.ofMinutes(119))).isEqualTo("119 min");
    assertThat(RoughTime.of(Duration.ofMinutes(200))).isEqualTo("3 h 20 min");
  }
}
