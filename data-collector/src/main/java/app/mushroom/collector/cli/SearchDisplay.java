package app.mushroom.collector.cli;

import app.mushroom.collector.search.SearchProgress;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Shows how a search comes along: per label how many photos of how many, the rate, and what is left
 * at that rate. Where somebody watches, a line for each label that is searched, which changes,
 * below those of the labels that are done; else a line for each label now and then.
 */
final class SearchDisplay implements SearchProgress, AutoCloseable {
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);
  private static final Duration BETWEEN_CHANGES = Duration.ofMillis(200);
  private static final int WIDTH = 79;

  private final PrintWriter err;
  private final boolean interactive;
  private final InstantSource clock;
  private final Map<String, Row> rows = new LinkedHashMap<>();

  /** Lines on the screen that may still change. */
  private int changing;

  private long drawnMillis;

  /** What is shown of a label. */
  private static final class Row {
    private final long begunMillis;
    private final int begunWith;
    private long printedMillis;
    private String line = "";
    private String printed = "";

    private Row(long begunMillis, int begunWith) {
      this.begunMillis = begunMillis;
      this.begunWith = begunWith;
    }
  }

  SearchDisplay(PrintWriter err, boolean interactive, InstantSource clock) {
    this.err = err;
    this.interactive = interactive;
    this.clock = clock;
  }

  @Override
  public synchronized void at(String label, int has, int wanted, int refused) {
    long now = clock.millis();
    Row row = rows.computeIfAbsent(label, any -> new Row(now, has));
    row.line = line(label, has, wanted, refused, now - row.begunMillis, has - row.begunWith);
    if (!interactive && now - row.printedMillis >= BETWEEN_LINES.toMillis()) {
      row.printedMillis = now;
      print(row);
    } else if (interactive && now - drawnMillis >= BETWEEN_CHANGES.toMillis()) {
      drawnMillis = now;
      draw("");
    }
  }

  @Override
  public synchronized void ended(String label) {
    Row row = rows.remove(label);
    if (row != null && interactive) {
      draw(row.line);
    } else if (row != null && !row.line.equals(row.printed)) {
      print(row);
    }
  }

  private void print(Row row) {
    err.println(row.line);
    err.flush();
    row.printed = row.line;
  }

  /** Draws the lines anew over those that were drawn last: ECMA-48 CUU, EL and ED. */
  private void draw(String done) {
    StringBuilder text = new StringBuilder();
    if (changing > 0) {
      text.append("\u001B[").append(changing).append('A');
    }
    if (!done.isEmpty()) {
      text.append(fitting(done));
    }
    rows.values().forEach(row -> text.append(fitting(row.line)));
    err.print(text.append("\u001B[J"));
    err.flush();
    changing = rows.size();
  }

  /** A line that went on below would be drawn over in part. */
  private static String fitting(String line) {
    String cut = line.length() <= WIDTH ? line : line.substring(0, WIDTH - 1) + "…";
    return "\r" + cut + "\u001B[K\n";
  }

  private static String line(
      String label, int has, int wanted, int refused, long millis, int gained) {
    String line = "%s: %d of %d photos, %d refused".formatted(label, has, wanted, refused);
    double perMinute = millis == 0 ? 0 : 60_000.0 * gained / millis;
    if (perMinute < 0.05) {
      return line;
    }
    line += String.format(Locale.ROOT, ", %.0f a minute", perMinute);
    long left = Math.round(60 * (wanted - has) / perMinute);
    return left <= 0
        ? line
        : line + ", " + (left < 90 ? left + " s" : (left + 30) / 60 + " min") + " left";
  }

  /** Leaves the last lines where they are. */
  @Override
  public synchronized void close() {
    if (interactive && !rows.isEmpty()) {
      draw("");
    }
  }
}
