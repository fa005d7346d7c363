package app.mushroom.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HeatTest {

  /** Sees the middle 8 of 10 pixels of the shorter side. */
  private static final Preprocessing MIDDLE =
      new Preprocessing(8, 10, new float[] {0, 0, 0}, new float[] {1, 1, 1});

  @Test
  void isTheSumOfTheChannelsWeightedByTheLabelsRow() {
    FeatureMap map =
        new FeatureMap(2, 2, 1, 2, new float[] {1, 2, 10, 20}, new float[] {1, 0, 3, -1});
    assertThat(map.heat(0).cells()).containsExactly(1, 2);
    assertThat(map.heat(1).cells()).containsExactly(-7, -14);
    assertThat(map.heat(0).largest()).isEqualTo(2);
    assertThat(map.heat(1).largest()).as("nothing spoke for it").isZero();
  }

  @Test
  void aClassifierOnOtherChannelsIsRefused() {
    assertThatThrownBy(() -> new FeatureMap(2, 2, 1, 1, new float[2], new float[6]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 * 2, found 2 and 6");
    assertThatThrownBy(() -> new FeatureMap(2, 2, 1, 1, new float[3], new float[4]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void liesWhereTheNetworkLookedAndNowhereElse() {
    Heat.Laid laid = new Heat(1, 1, new float[] {5}).over(20, 10, MIDDLE);
    assertThat(laid.at(5, 5)).isNaN();
    assertThat(laid.at(6, 5)).isEqualTo(5);
    assertThat(laid.at(13, 5)).isEqualTo(5);
    assertThat(laid.at(14, 5)).isNaN();
    assertThat(laid.at(10, 0)).isNaN();
    assertThat(laid.at(10, 1)).isEqualTo(5);
  }

  @Test
  void isLinearBetweenTheMiddlesOfCells() {
    Heat.Laid laid = new Heat(2, 1, new float[] {0, 4}).over(10, 10, MIDDLE);
    assertThat(laid.at(1, 5)).isZero();
    assertThat(laid.at(4, 5)).isCloseTo(1.5, within(1e-9));
    assertThat(laid.at(5, 5)).isCloseTo(2.5, within(1e-9));
    assertThat(laid.at(8, 5)).isEqualTo(4);
  }
}
