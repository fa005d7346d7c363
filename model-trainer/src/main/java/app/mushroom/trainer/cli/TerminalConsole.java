package app.mushroom.trainer.cli;

import app.mushroom.trainer.runs.Console;
import app.mushroom.trainer.runs.RoughTime;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar for people at a terminal, a whole line every half minute for logs and pipes. */
final class TerminalConsole implements Console, AutoCloseable {

  private static final Duration BETWEEN_LINES = Duration.ofSeconds(30);

  private final PrintStream out;
  private final boolean interactive;
  private final InstantSource clock;
  private final BarLine barLine;
  private @Nullable ProgressBar bar;
  private String step = "";
  private Instant stepBegan = Instant.EPOCH;
  private int doneBefore;
  private Instant lastLine;

  TerminalConsole(PrintStream out) {
    this(out, atTerminal(), InstantSource.system());
  }

  TerminalConsole(PrintStream out, boolean interactive, InstantSource clock) {
    this.out = out;
    this.barLine = new BarLine(out);
    this.interactive = interactive;
    this.clock = clock;
    this.lastLine = clock.instant();
  }

  /** Whether input and output are a terminal that moves its cursor. */
  private static boolean atTerminal() {
    java.io.Console console = System.console();
    if (console == null || "dumb".equals(System.getenv("TERM"))) {
      return false;
    }
    try {
      // From JDK 22 on there may be a console where there is no terminal, and a way to ask.
      return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  @Override
  public void say(String line) {
    endBar();
    out.println(line);
  }

  @Override
  public void progress(String what, int done, int total, String detail) {
    Instant now = clock.instant();
    if (!what.equals(step)) {
      endBar();
      step = what;
      stepBegan = now;
      doneBefore = done;
    }
    if (interactive) {
      show(done, total, detail);
    } else if (Duration.between(lastLine, now).compareTo(BETWEEN_LINES) >= 0) {
      out.println(line(done, total, detail, Duration.between(stepBegan, now)));
      lastLine = now;
    }
    if (done >= total) {
      endBar();
      step = "";
    }
  }

  private String line(int done, int total, String detail, Duration spent) {
    StringBuilder line = new StringBuilder();
    line.append(
        String.format(
            Locale.ROOT,
            "%s: %,d of %,d photos, %d %%",
            step,
            done,
            total,
            total == 0 ? 100 : 100L * done / total));
    double seconds = spent.toMillis() / 1000.0;
    if (done > doneBefore && seconds > 0) {
      double rate = (done - doneBefore) / seconds;
      Duration left = Duration.ofMillis((long) (1000 * (total - done) / rate));
      line.append(String.format(Locale.ROOT, ", %.1f photos/s, ", rate));
      line.append(RoughTime.of(left)).append(" left");
    }
    return line.append(detail.isEmpty() ? "" : ", " + detail).toString();
  }

  private void show(int done, int total, String detail) {
    ProgressBar shown = bar;
    if (shown == null) {
      shown =
          new ProgressBarBuilder()
              .setTaskName(step)
              .setInitialMax(total)
              .setStyle(ProgressBarStyle.ASCII)
              .showSpeed()
              .setConsumer(barLine)
              .build();
      bar = shown;
    }
    shown.setExtraMessage(detail.isEmpty() ? "" : " " + detail);
    shown.stepTo(done);
  }

  private void endBar() {
    ProgressBar shown = bar;
    if (shown != null) {
      shown.close();
      bar = null;
      // A bar closed before it was drawn by the clock leaves its line open.
      barLine.end();
    }
  }

  /** The line that the bar is drawn on, over and over. */
  private static final class BarLine extends ConsoleProgressBarConsumer {

    private volatile boolean open;

    BarLine(PrintStream out) {
      super(out);
    }

    @Override
    public void accept(String bar) {
      open = true;
      super.accept(bar);
    }

    @Override
    public void close() {
      end();
    }

    void end() {
      if (open) {
        open = false;
        super.close();
      }
    }
  }

  @Override
  public void close() {
    endBar();
  }
}
