package app.mushroom.trainer.report;

import app.mushroom.trainer.evaluation.ReliabilityBin;
import app.mushroom.trainer.report.Section.Plot;
import java.util.List;

/** Probability against truth, with the number of photos below. */
final class ReliabilityPlot {

  private static final double Z = 1.96;
  private static final Axes AXES = new Axes(44, 30, 388, 290, 0);
  private static final double COUNTS_BOTTOM = 392;
  private static final double COUNTS_HEIGHT = 48;

  private ReliabilityPlot() {}

  static Plot of(String id, String title, String what, List<ReliabilityBin> bins, String caption) {
    int most = bins.stream().mapToInt(ReliabilityBin::photos).max().orElse(0);
    StringBuilder description = new StringBuilder("Per range of probability: ");
    for (ReliabilityBin bin : bins) {
      if (bin.photos() > 0) {
        description
            .append(Words.percent(bin.meanProbability()))
            .append(" said, ")
            .append(Words.percent(bin.share()))
            .append(" true, ")
            .append(Words.photographs(bin.photos()))
            .append("; ");
      }
    }
    Svg svg = new Svg(id, 400, 414, title, description.toString());
    AXES.draw(svg, "probability that the model gave", what);
    for (ReliabilityBin bin : bins) {
      if (bin.photos() > 0) {
        bar(svg, bin, most);
      }
    }
    svg.line(AXES.x(0), AXES.y(0), AXES.x(1), AXES.y(1), "ideal");
    svg.text(AXES.left() - 34, COUNTS_BOTTOM - COUNTS_HEIGHT - 8, "start strong", "photographs");
    svg.line(AXES.left(), COUNTS_BOTTOM, AXES.right(), COUNTS_BOTTOM, "axis");
    return new Plot(svg.markup(), caption);
  }

  private static void bar(Svg svg, ReliabilityBin bin, int most) {
    double left = AXES.x(bin.from()) + 1;
    double width = AXES.x(bin.to()) - AXES.x(bin.from()) - 2;
    svg.rect(left, AXES.y(bin.share()), width, AXES.bottom() - AXES.y(bin.share()), "bar-a");
    double n = bin.photos();
    double p = bin.share();
    // Wilson's interval, which behaves for few photos and shares near 0 and 1.
    double centre = (p + Z * Z / (2 * n)) / (1 + Z * Z / n);
    double half = Z * Math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n);
    double middle = left + width / 2;
    double x = AXES.x(bin.meanProbability());
    svg.line(x, AXES.y(centre - half), x, AXES.y(centre + half), "whisker");
    svg.circle(x, AXES.y(p), 3.5, "point");
    double height = COUNTS_HEIGHT * n / most;
    svg.rect(left, COUNTS_BOTTOM - height, width, height, "fill-quiet");
    svg.text(middle, COUNTS_BOTTOM + 13, "middle tiny", String.valueOf(bin.photos()));
  }
}
