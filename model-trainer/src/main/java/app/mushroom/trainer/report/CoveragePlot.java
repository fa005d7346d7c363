package app.mushroom.trainer.report;

import app.mushroom.trainer.evaluation.Abstention;
import app.mushroom.trainer.evaluation.Abstention.Point;
import app.mushroom.trainer.report.Section.Plot;
import java.util.List;

/** Share of photos answered against share of answers that are right. */
final class CoveragePlot {

  private CoveragePlot() {}

  static Plot of(String id, Abstention abstention, String caption) {
    List<Point> curve = abstention.curve();
    double worst = curve.stream().mapToDouble(Point::accuracy).min().orElse(0);
    Axes axes = new Axes(44, 30, 388, 290, Math.min(0.8, Math.floor(worst * 5) / 5));
    Svg svg = new Svg(id, 400, 330, "Accuracy when abstaining", description(abstention));
    axes.draw(svg, "photographs answered", "right answers");
    StringBuilder line = new StringBuilder();
    for (Point point : curve) {
      line.append(line.isEmpty() ? 'M' : 'L')
          .append(Svg.number(axes.x(point.coverage())))
          .append(' ')
          .append(Svg.number(axes.y(point.accuracy())));
    }
    svg.path(line, "curve");
    Double accuracy = abstention.species().accuracy();
    if (accuracy != null) {
      double x = axes.x(abstention.species().coverage());
      double y = axes.y(accuracy);
      svg.line(x, y, x, axes.bottom(), "threshold");
      svg.circle(x, y, 6, "working");
      svg.text(
          x + (x > 220 ? -10 : 10),
          Math.min(axes.bottom() - 8, y + 22),
          x > 220 ? "end strong" : "start strong",
          "as served: " + Words.percent(accuracy));
    }
    return new Plot(svg.markup(), caption);
  }

  private static String description(Abstention abstention) {
    StringBuilder text = new StringBuilder();
    double next = 0.1;
    for (Point point : abstention.curve()) {
      if (point.coverage() >= next) {
        text.append(Words.percent(point.coverage()))
            .append(" answered, ")
            .append(Words.percent(point.accuracy()))
            .append(" of them right; ");
        next = point.coverage() + 0.1;
      }
    }
    return text.toString();
  }
}
