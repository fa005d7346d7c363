package app.mushroom.trainer.report;

import app.mushroom.trainer.evaluation.OutOfDistribution;
import app.mushroom.trainer.evaluation.OutOfDistribution.ScoreBin;
import app.mushroom.trainer.report.Section.Plot;

/** The gate's scores: mushrooms above the line, everything else below it. */
final class ScorePlot {

  private static final double LEFT = 10;
  private static final double RIGHT = 390;
  private static final double MIDDLE = 150;
  private static final double HEIGHT = 105;

  private ScorePlot() {}

  static Plot of(String id, OutOfDistribution scores, String caption) {
    Svg svg = new Svg(id, 400, 310, "Scores of the mushroom gate", description(scores));
    int mostKept = scores.gateScores().stream().mapToInt(ScoreBin::kept).max().orElse(1);
    int mostStrange = scores.gateScores().stream().mapToInt(ScoreBin::strange).max().orElse(1);
    for (ScoreBin bin : scores.gateScores()) {
      double x = x(scores, bin.from()) + 1;
      double width = x(scores, bin.to()) - x(scores, bin.from()) - 2;
      double up = HEIGHT * bin.kept() / Math.max(1, mostKept);
      double down = HEIGHT * bin.strange() / Math.max(1, mostStrange);
      svg.rect(x, MIDDLE - up, width, up, "bar-a");
      svg.rect(x, MIDDLE, width, down, "fill-b");
      if (bin.kept() > 0 && up < 12) {
        svg.text(x + width / 2, MIDDLE - up - 3, "middle tiny", String.valueOf(bin.kept()));
      }
    }
    svg.line(LEFT, MIDDLE, RIGHT, MIDDLE, "axis");
    double at = x(scores, scores.threshold());
    svg.line(at, 32, at, 268, "threshold");
    svg.text(at, 24, "middle strong", "threshold");
    svg.text(LEFT, 44, "start strong", Words.count(scores.kept(), "mushroom"));
    svg.text(RIGHT, 262, "end strong", Words.count(scores.strange(), "other photograph"));
    svg.text(LEFT, 300, "start", "← surely no mushroom");
    svg.text(RIGHT, 300, "end", "surely a mushroom →");
    return new Plot(svg.markup(), caption);
  }

  private static double x(OutOfDistribution scores, double score) {
    double from = scores.gateScores().get(0).from();
    double to = scores.gateScores().get(scores.gateScores().size() - 1).to();
    double share = Math.max(0, Math.min(1, (score - from) / (to - from)));
    return LEFT + share * (RIGHT - LEFT);
  }

  private static String description(OutOfDistribution scores) {
    StringBuilder text = new StringBuilder("Log-odds of being a mushroom: ");
    for (ScoreBin bin : scores.gateScores()) {
      if (bin.kept() + bin.strange() > 0) {
        text.append(Words.number(bin.from(), 0))
            .append(" to ")
            .append(Words.number(bin.to(), 0))
            .append(": ")
            .append(bin.kept())
            .append(" mushrooms, ")
            .append(bin.strange())
            .append(" others; ");
      }
    }
    return text.append("threshold ").append(Words.number(scores.threshold(), 1)).toString();
  }
}
