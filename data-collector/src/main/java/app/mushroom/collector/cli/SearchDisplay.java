package app.mushroom.collector.cli;

import app.mushroom.collector.search.SearchProgress;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;

/**
 * Shows how a search comes along: per label how many photos of how many, the rate, and what is left
 * at that rate. One line that changes where somebody watches, else a line now and then.
 */
final class SearchDisplay implements SearchProgress, AutoCloseable {
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);
  private static final Duration BETWEEN_CHANGES = Duration.ofMillis(200);

  private final PrintWriter err;
  private final boolean interactive;
  private final InstantSource clock;
  private String label = "";
  private long begunMillis;
  private int begunWith;
  private long shownMillis;
  private boolean open;

  SearchDisplay(PrintWriter err, boolean interactive, InstantSource clock) {
    this.err = err;
    this.interactive = interactive;
    this.clock = clock;
  }

  @Override
  public void at(String newLabel, int has, int wanted, int refused) {
    long now = clock.millis();
    if (!newLabel.equals(label)) {
      close();
      label = newLabel;
      begunMillis = now;
      begunWith = has;
      shownMillis = 0;
    }
    Duration pause = interactive ? BETWEEN_CHANGES : BETWEEN_LINES;
    if (has < wanted && now - shownMillis < pause.toMillis()) {
      return;
    }
    shownMillis = now;
    String line = line(has, wanted, refused, now - begunMillis);
    if (interactive) {
      err.print("\r" + line + " ".repeat(Math.max(0, 79 - line.length())));
      open = true;
    } else {
      err.println(line);
    }
    err.flush();
  }

  private String line(int has, int wanted, int refused, long millis) {
    String line = "%s: %d of %d photos, %d refused".formatted(label, has, wanted, refused);
    double perMinute = millis == 0 ? 0 : 60_000.0 * (has - begunWith) / millis;
    if (perMinute < 0.05) {
      return line;
    }
    line += String.format(Locale.ROOT, ", %.0f a minute", perMinute);
    long left = Math.round(60 * (wanted - has) / perMinute);
    return left <= 0
        ? line
        : line + ", " + (left < 90 ? left + " s" : (left + 30) / 60 + " min") + " left";
  }

  @Override
  public void close() {
    if (open) {
      err.println();
      open = false;
    }
  }
}
