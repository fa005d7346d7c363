package app.mushroom.collector.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SearchDisplayTest {
  private final StringWriter err = new StringWriter();
  private Instant now = Instant.parse("2026-05-01T08:00:00Z");

  @Test
  void tellsOfEachLabelNowAndThenAndOfItsEnd() {
    try (SearchDisplay display = display(false)) {
      for (int photo = 0; photo <= 40; photo++) {
        display.at("amanita", photo, 200, 1);
        display.at("boletus", photo, 41, 0);
        now = now.plusMillis(500);
      }
      display.at("boletus", 41, 41, 0);
      display.ended("boletus");
      display.ended("amanita");
    }
    assertThat(err.toString().lines())
        .containsExactly(
            "amanita: 0 of 200 photos, 1 refused",
            "boletus: 0 of 41 photos, 0 refused",
            "amanita: 20 of 200 photos, 1 refused, 120 a minute, 2 min left",
            "boletus: 20 of 41 photos, 0 refused, 120 a minute, 11 s left",
            "amanita: 40 of 200 photos, 1 refused, 120 a minute, 80 s left",
            "boletus: 40 of 41 photos, 0 refused, 120 a minute, 1 s left",
            "boletus: 41 of 41 photos, 0 refused, 120 a minute");
  }

  @Test
  void showsALineForEachLabelWhereSomebodyWatches() {
    try (SearchDisplay display = display(true)) {
      display.at("amanita", 1, 9, 0);
      now = now.plusSeconds(1);
      display.at("boletus", 1, 9, 0);
      assertThat(screen())
          .containsExactly(
              "amanita: 1 of 9 photos, 0 refused", "boletus: 1 of 9 photos, 0 refused");
      now = now.plusSeconds(1);
      display.at("boletus", 9, 9, 0);
      display.ended("boletus");
      assertThat(screen())
          .as("what is done stands above what changes")
          .containsExactly(
              "boletus: 9 of 9 photos, 0 refused, 480 a minute",
              "amanita: 1 of 9 photos, 0 refused");
      now = now.plusSeconds(1);
      display.at("coprinus", 2, 9, 3);
      display.at("coprinus", 3, 9, 3);
    }
    assertThat(screen())
        .containsExactly(
            "boletus: 9 of 9 photos, 0 refused, 480 a minute",
            "amanita: 1 of 9 photos, 0 refused",
            "coprinus: 3 of 9 photos, 3 refused");
  }

  @Test
  void noLineIsWiderThanAScreen() {
    try (SearchDisplay display = display(true)) {
      display.at("l".repeat(64), 1, 100_000, 100_000);
    }
    assertThat(screen()).singleElement().asString().hasSize(79).endsWith("…");
  }

  private SearchDisplay display(boolean interactive) {
    return new SearchDisplay(new PrintWriter(err, true), interactive, () -> now);
  }

  /** What a terminal shows after all that was printed. */
  private List<String> screen() {
    List<String> lines = new ArrayList<>(List.of(""));
    int row = 0;
    Matcher parts =
        Pattern.compile("\u001B\\[(\\d*)([AKJ])|[\r\n]|[^\u001B\r\n]+").matcher(err.toString());
    while (parts.find()) {
      String command = parts.group(2);
      if ("A".equals(command)) {
        row -= Integer.parseInt(parts.group(1));
      } else if ("J".equals(command)) {
        lines.subList(row + 1, lines.size()).clear();
      } else if (command == null && parts.group().equals("\n")) {
        row++;
        if (row == lines.size()) {
          lines.add("");
        }
      } else if (command == null && !parts.group().equals("\r")) {
        lines.set(row, parts.group());
      }
    }
    return lines.stream().filter(line -> !line.isEmpty()).toList();
  }
}
