package app.mushroom.trainer.report;

import app.mushroom.trainer.evaluation.Interval;
import app.mushroom.trainer.report.Section.Plot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A share for each of a few groups, with its interval, one below the other. */
final class IntervalPlot {

  private static final double LEFT = 16;
  private static final double RIGHT = 384;
  private static final double ROW = 40;

  private IntervalPlot() {}

  /**
   * @param share in [0, 1]
   */
  record Row(String name, double share, @Nullable Interval interval) {}

  static Plot of(String id, String title, List<Row> rows, String caption) {
    StringBuilder description = new StringBuilder();
    double lowest = 1;
    for (Row row : rows) {
      description
          .append(row.name())
          .append(": ")
          .append(Words.percent(row.share()))
          .append(", 95 % interval ")
          .append(Words.percents(row.interval()))
          .append("; ");
      lowest = Math.min(lowest, row.interval() == null ? row.share() : row.interval().low());
    }
    double from = Math.max(0, Math.floor(lowest * 10 - 0.01) / 10);
    double bottom = 24 + ROW * rows.size();
    Svg svg = new Svg(id, 400, bottom + 24, title, description.toString());
    svg.text(LEFT - 12, 12, "start strong", title);
    for (int tenth = (int) Math.round(from * 10); tenth <= 10; tenth++) {
      double x = x(tenth / 10.0, from);
      svg.line(x, 22, x, bottom, "grid");
      if (from > 0.49 || tenth % 2 == 0) {
        svg.text(
            x, bottom + 16, tenth == 10 ? "end" : "middle", tenth * 10 + (tenth == 10 ? " %" : ""));
      }
    }
    double y = 24;
    for (Row row : rows) {
      svg.text(LEFT - 12, y + 13, "start", row.name());
      svg.text(RIGHT + 12, y + 13, "end strong", Words.percent(row.share()));
      Interval interval = row.interval();
      if (interval != null) {
        svg.line(x(interval.low(), from), y + 26, x(interval.high(), from), y + 26, "range");
      }
      svg.circle(x(row.share(), from), y + 26, 5, "working");
      y += ROW;
    }
    return new Plot(svg.markup(), caption);
  }

  private static double x(double share, double from) {
    return LEFT + (share - from) / (1 - from) * (RIGHT - LEFT);
  }
}
