package app.mushroom.trainer.report;

import app.mushroom.trainer.evaluation.FlagCounts;
import app.mushroom.trainer.report.Section.Plot;

/** A square for each photo, by what the poison flag said to it: the missed ones first. */
final class PhotoGrid {

  private static final int MOST_SQUARES = 800;
  private static final int COLUMNS = 40;
  private static final double STEP = 10;
  private static final double SIDE = 8.4;

  private PhotoGrid() {}

  static Plot of(String id, String title, FlagCounts flags, String caption) {
    int each = Math.max(1, (flags.photos() + MOST_SQUARES - 1) / MOST_SQUARES);
    int unwarned = squares(flags.unwarned(), each);
    int cannotTell = squares(flags.cannotTell(), each);
    int flagged = squares(flags.flagged(), each);
    int rows = (unwarned + cannotTell + flagged + COLUMNS - 1) / COLUMNS;
    String description =
        "%d no warning, %d cannot tell, %d flagged poisonous"
            .formatted(flags.unwarned(), flags.cannotTell(), flags.flagged());
    Svg svg = new Svg(id, COLUMNS * STEP, rows * STEP + 64, title, description);
    svg.path(squaresPath(0, unwarned), "missed");
    svg.path(crossesPath(0, unwarned), "missed-cross");
    svg.path(squaresPath(unwarned, cannotTell), "hollow");
    svg.path(squaresPath(unwarned + cannotTell, flagged), "fill-a");
    double y = rows * STEP + 18;
    legend(svg, y, "missed", flags.unwarned() + " no warning", true);
    legend(svg, y + 20, "hollow", flags.cannotTell() + " cannot tell", false);
    legend(svg, y + 40, "fill-a", flags.flagged() + " flagged poisonous", false);
    if (each > 1) {
      svg.text(COLUMNS * STEP, y, "end", "a square is " + each + " photographs");
    }
    return new Plot(svg.markup(), caption);
  }

  private static int squares(int photos, int each) {
    return (photos + each - 1) / each;
  }

  private static void legend(Svg svg, double y, String style, String text, boolean cross) {
    svg.rect(0, y - 9, 11, 11, style);
    if (cross) {
      svg.path("M2 " + Svg.number(y - 7) + "l7 7m0 -7l-7 7", "missed-cross");
    }
    svg.text(18, y, "start", text);
  }

  private static StringBuilder squaresPath(int from, int count) {
    StringBuilder path = new StringBuilder();
    for (int i = from; i < from + count; i++) {
      path.append('M').append(x(i)).append(' ').append(y(i));
      path.append("h").append(SIDE).append("v").append(SIDE).append("h-").append(SIDE).append("z");
    }
    return path;
  }

  private static StringBuilder crossesPath(int from, int count) {
    StringBuilder path = new StringBuilder();
    for (int i = from; i < from + count; i++) {
      path.append('M')
          .append(x(i))
          .append(' ')
          .append(y(i))
          .append("m1.6 1.6l5.2 5.2m0 -5.2l-5.2 5.2");
    }
    return path;
  }

  private static String x(int square) {
    return Svg.number(square % COLUMNS * STEP);
  }

  private static String y(int square) {
    int row = square / COLUMNS;
    return Svg.number(row * STEP);
  }
}
