package app.mushroom.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HtmlTextTest {

  @Test
  void leavesTextAloneAndEscapesMarkup() {
    assertThat(HtmlText.escape("Psathyrella 20 µm · 15 °C")).isEqualTo("Psathyrella 20 µm · 15 °C");
    assertThat(HtmlText.escape("<script>'\"&</script>"))
        .isEqualTo("&lt;script&gt;&#39;&quot;&amp;&lt;/script&gt;");
    assertThat(HtmlText.escape("")).isEmpty();
  }

  @Test
  void charactersThatTurnWritingOrCannotBeSeenAreShown() {
    assertThat(HtmlText.escape("a\u202Egnp.b\u2066c\u0000d\u001b[2Je\u200Bf"))
        .isEqualTo("a\uFFFDgnp.b\uFFFDc\uFFFDd\uFFFD[2Je\uFFFDf");
  }

  @Test
  void halfACharacterIsShown() {
    assertThat(HtmlText.escape("x\uD83Cy🍄")).isEqualTo("x\uFFFDy🍄");
  }
}
