package app.mushroom.vision.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CellTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|0|0,0",
        "56.28|10.7|55,10",
        "50.09|-104.72|50,-105",
        "-0.1|-0.1|-5,-5",
        "-33.9|151.2|-35,150",
        "90|180|85,-180",
        "-90|-180|-90,-180",
        "5|-5|5,-5",
        "4.999|179.999|0,175"
      })
  void holdsThePlacesOfFiveDegrees(double latitude, double longitude, String cell) {
    assertThat(Cell.of(latitude, longitude)).hasToString(cell).isEqualTo(Cell.parse(cell));
  }

  @ParameterizedTest
  @CsvSource({"90.1,0", "-90.1,0", "NaN,0", "0,180.1", "0,-181", "0,Infinity"})
  void refusesWhatIsNowhereOnEarth(double latitude, double longitude) {
    assertThatIllegalArgumentException().isThrownBy(() -> Cell.of(latitude, longitude));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "45", "45,", "46,10", "90,0", "45,180", "45, 10", "45.0,10", "x,y"})
  void refusesTextsThatAreNoCell(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Cell.parse(text));
  }

  @Test
  void hasNeighboursAcrossTheDateLineAndNoneBeyondThePoles() {
    assertThat(Cell.parse("0,-180").neighbours())
        .hasSize(8)
        .contains(Cell.parse("0,175"), Cell.parse("5,-175"));
    assertThat(Cell.parse("85,0").neighbours()).hasSize(5);
    assertThat(Cell.parse("-90,175").neighbours()).hasSize(5).contains(Cell.parse("-85,-180"));
  }

  @Test
  void movesSouthernMonthsByHalfAYear() {
    assertThat(Circumstances.season(1, false)).isEqualTo(1);
    assertThat(Circumstances.season(1, true)).isEqualTo(7);
    assertThat(Circumstances.season(6, true)).isEqualTo(12);
    assertThat(Circumstances.season(12, true)).isEqualTo(6);
    assertThat(Cell.parse("-5,0").isSouthern()).isTrue();
    assertThat(Cell.parse("0,0").isSouthern()).isFalse();
  }

  @Test
  void circumstancesDoNotShowThemselves() {
    assertThat(new Circumstances(9, Cell.parse("45,10")).toString()).doesNotContain("45", "9");
    assertThatIllegalArgumentException().isThrownBy(() -> new Circumstances(13, null));
  }
}
