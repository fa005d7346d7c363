package app.mushroom.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class TerminalConsoleTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private Instant now = Instant.EPOCH;

  @Test
  void aLogGetsAWholeLineEveryHalfMinute() {
    try (TerminalConsole console = new TerminalConsole(out, false, () -> now)) {
      for (int done = 0; done <= 3968; done += 32) {
        console.progress("epoch 3/12", done, 3968, "loss 2.410");
        now = now.plusSeconds(1);
      }
    }
    assertThat(text().lines())
        .hasSize(4)
        .first()
        .isEqualTo("epoch 3/12: 960 of 3,968 photos, 24 %, 32.0 photos/s, 94 s left, loss 2.410");
    assertThat(text()).doesNotContain("\r", "\u001b");
  }

  @Test
  void manyShortStepsAreNoMoreThanALineEveryHalfMinute() {
    try (TerminalConsole console = new TerminalConsole(out, false, () -> now)) {
      for (int step = 0; step < 60; step++) {
        console.progress("val " + step, 0, 2, "");
        now = now.plusSeconds(1);
        console.progress("val " + step, 2, 2, "");
      }
    }
    assertThat(text().lines()).hasSize(2);
  }

  @Test
  void tellsNoRateBeforeThereIsOne() {
    try (TerminalConsole console = new TerminalConsole(out, false, () -> now)) {
      now = now.plusSeconds(31);
      console.progress("embedding", 32, 0, "");
      now = now.plusSeconds(31);
      console.progress("epoch 1/1", 32, 64, "");
    }
    assertThat(text().lines())
        .containsExactly("embedding: 32 of 0 photos, 100 %", "epoch 1/1: 32 of 64 photos, 50 %");
  }

  @Test
  void aStepOfTheSameNameCountsAnew() {
    try (TerminalConsole console = new TerminalConsole(out, false, () -> now)) {
      console.progress("val", 0, 100, "");
      now = now.plusSeconds(10);
      console.progress("val", 100, 100, "");
      now = now.plusSeconds(1000);
      console.progress("val", 10, 100, "");
      now = now.plusSeconds(40);
      console.progress("val", 50, 100, "");
    }
    assertThat(text()).endsWith("val: 50 of 100 photos, 50 %, 1.0 photos/s, 50 s left\n");
  }

  @Test
  void aTerminalGetsABarWithShareAndRate() {
    try (TerminalConsole console = new TerminalConsole(out, true, () -> now)) {
      console.progress("epoch 3/12", 0, 64, "loss 2.410");
      console.progress("epoch 3/12", 64, 64, "loss 2.305");
      console.say("epoch 3: done");
    }
    assertThat(text()).contains("epoch 3/12", "100%", "64/64", "/s", "loss 2.305");
    assertThat(text()).endsWith("\nepoch 3: done\n");
  }

  @Test
  void theEnginesNewsAreSilenced() {
    assertThat(LoggerFactory.getLogger("ai.djl.engine").isInfoEnabled()).isFalse();
    assertThat(LoggerFactory.getLogger("ai.djl.engine").isWarnEnabled()).isTrue();
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
