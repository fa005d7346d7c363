package app.mushroom.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class IntervalTest {

  @Test
  void isThatOfClopperAndPearson() {
    // R: binom.test(1, 298)$conf.int, and so on
    assertThat(Interval.ofShare(0, 298).low()).isZero();
    assertThat(Interval.ofShare(0, 298).high()).isCloseTo(0.01230, within(1e-5));
    assertThat(Interval.ofShare(1, 298).low()).isCloseTo(0.0000849, within(1e-6));
    assertThat(Interval.ofShare(1, 298).high()).isCloseTo(0.01855, within(1e-5));
    assertThat(Interval.ofShare(10, 10).low()).isCloseTo(0.69150, within(1e-5));
    assertThat(Interval.ofShare(10, 10).high()).isOne();
    assertThat(Interval.ofShare(1, 1)).isEqualTo(new Interval(Interval.ofShare(1, 1).low(), 1));
    assertThat(Interval.ofShare(1, 1).low()).isCloseTo(0.025, within(1e-9));
  }

  @Test
  void oneMissMoreNeverLooksBetter() {
    for (int finds : new int[] {40, 37, 9, 1}) {
      Interval before = Interval.ofShare(0, 40, finds);
      for (int misses = 1; misses <= 40; misses++) {
        Interval after = Interval.ofShare(misses, 40, finds);
        assertThat(after.low()).as(misses + " of " + finds).isGreaterThanOrEqualTo(before.low());
        assertThat(after.high()).as(misses + " of " + finds).isGreaterThanOrEqualTo(before.high());
        assertThat(misses / 40.0).isBetween(after.low(), after.high());
        before = after;
      }
    }
  }

  @Test
  void photosOfOneFindSayLess() {
    Interval photos = Interval.ofShare(30, 100, 100);
    Interval finds = Interval.ofShare(30, 100, 25);
    assertThat(photos).isEqualTo(Interval.ofShare(30, 100));
    assertThat(finds.low()).isLessThan(photos.low());
    assertThat(finds.high()).isGreaterThan(photos.high());
  }

  @Test
  void thousandsOfPhotosAreNoTrouble() {
    Interval interval = Interval.ofShare(3000, 10_000);
    assertThat(interval.low()).isCloseTo(0.3 - 1.96 * 0.00458, within(2e-4));
    assertThat(interval.high()).isCloseTo(0.3 + 1.96 * 0.00458, within(2e-4));
  }

  @Test
  void nothingHasNoShare() {
    assertThatIllegalArgumentException().isThrownBy(() -> Interval.ofShare(0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> Interval.ofShare(2, 1));
  }
}
