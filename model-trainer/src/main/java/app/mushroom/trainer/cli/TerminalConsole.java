package app.mushroom.trainer.cli;

import app.mushroom.trainer.runs.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Progress bars for people, a line every half minute for logs. */
final class TerminalConsole implements Console, AutoCloseable {

  private static final Duration BETWEEN_LINES = Duration.ofSeconds(30);

  private final PrintStream out;
  private final boolean interactive;
  private @Nullable ProgressBar bar;
  private String current = "";
  private Instant lastLine = Instant.EPOCH;

  TerminalConsole(PrintStream out) {
    this.out = out;
    this.interactive = System.console() != null;
  }

  @Override
  public void say(String line) {
    endBar();
    out.println(line);
  }

  @Override
  public void progress(String step, int done, int total, String detail) {
    if (interactive) {
      ProgressBar shown = bar;
      if (shown == null || !step.equals(current)) {
        endBar();
        shown =
            new ProgressBarBuilder()
                .setTaskName(step)
                .setInitialMax(total)
                .setStyle(ProgressBarStyle.ASCII)
                .setUnit(" photos", 1)
                .showSpeed()
                .build();
        bar = shown;
        current = step;
      }
      shown.setExtraMessage(detail);
      shown.stepTo(done);
      if (done >= total) {
        endBar();
      }
    } else {
      Instant now = Instant.now();
      boolean news = !step.equals(current) || done >= total;
      if (news || Duration.between(lastLine, now).compareTo(BETWEEN_LINES) >= 0) {
        out.println(step + ": " + done + "/" + total + (detail.isEmpty() ? "" : ", " + detail));
        lastLine = now;
        current = step;
      }
    }
  }

  private void endBar() {
    ProgressBar shown = bar;
    if (shown != null) {
      shown.close();
      bar = null;
    }
  }

  @Override
  public void close() {
    endBar();
  }
}
