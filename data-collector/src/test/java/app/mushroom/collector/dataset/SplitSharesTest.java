package app.mushroom.collector.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import app.mushroom.storage.dataset.Split;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitSharesTest {
  @Test
  void readsPerCent() {
    assertThat(SplitShares.parse("70/20/10")).isEqualTo(new SplitShares(70, 20, 10));
    assertThat(SplitShares.parse("100/0/0")).isEqualTo(new SplitShares(100, 0, 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "80", "80/20", "80/10/11", "-10/100/10", "80/10/10/0", "a/b/c", "80 /10/10"})
  void refusesWhatDoesNotAddUp(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SplitShares.parse(text))
        .withMessageContaining("80/10/10")
        .withMessageContaining("found");
  }

  @Test
  void roundsToWholePhotos() {
    assertThat(SplitShares.USUAL.of(Split.TEST, 0)).isZero();
    assertThat(SplitShares.USUAL.of(Split.TEST, 4)).isZero();
    assertThat(SplitShares.USUAL.of(Split.TEST, 5)).isEqualTo(1);
    assertThat(SplitShares.USUAL.of(Split.TEST, 14)).isEqualTo(1);
  }
}
