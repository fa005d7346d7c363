package app.mushroom.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class SparklineTest {

  @Test
  void risesFromTheLowestToTheHighest() {
    assertThat(Sparkline.of(new double[] {}, "abc")).isEmpty();
    assertThat(Sparkline.of(new double[] {5}, "abc")).isEqualTo("b");
    assertThat(Sparkline.of(new double[] {1, 2, 3, 2, 1}, "abc")).isEqualTo("abcba");
    assertThat(Sparkline.of(new double[] {0, Double.NaN, 1, Double.POSITIVE_INFINITY}, "ab"))
        .isEqualTo("a?b?");
  }

  @Test
  void tablesAreAsWideAsTheirCells() {
    TextTable table = new TextTable("NAME", ">COUNT").row("a", "1").row("long name", "22");
    assertThat(table.toString().lines())
        .containsExactly("NAME       COUNT", "a              1", "long name     22");
    assertThatIllegalArgumentException().isThrownBy(() -> table.row("too few"));
  }
}
