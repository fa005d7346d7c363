package app.mushroom.collector.cli;

import app.mushroom.collector.imports.ImportProgress;
import java.io.PrintWriter;
import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows progress: a bar where somebody watches, else a plain line now and then. */
final class ProgressDisplay implements ImportProgress, AutoCloseable {
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

  private final PrintWriter err;
  private final boolean interactive;
  private @Nullable ProgressBar bar;
  private long lastLineNanos = System.nanoTime();

  ProgressDisplay(PrintWriter err, boolean interactive) {
    this.err = err;
    this.interactive = interactive;
  }

  @Override
  public void at(int done, int of, int refused) {
    if (interactive) {
      ProgressBar shown = bar;
      if (shown == null) {
        shown =
            new ProgressBarBuilder()
                .setTaskName("photos")
                .setInitialMax(of)
                .setStyle(ProgressBarStyle.ASCII)
                .build();
        bar = shown;
      }
      shown.stepTo(done);
      shown.setExtraMessage(refused + " refused");
    } else if (done == of || System.nanoTime() - lastLineNanos > BETWEEN_LINES.toNanos()) {
      lastLineNanos = System.nanoTime();
      err.printf("%d of %d photos, %d refused%n", done, of, refused);
      err.flush();
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
