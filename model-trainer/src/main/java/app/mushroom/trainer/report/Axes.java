package app.mushroom.trainer.report;

/**
 * The frame of a plot of shares: a grid at every fifth, or at every tenth where it shows less than
 * half of them.
 *
 * @param left of the plotted area, in pixels of the drawing; so are the others
 * @param lowest share at the bottom
 */
record Axes(double left, double top, double right, double bottom, double lowest) {

  double x(double share) {
    return left + share * (right - left);
  }

  double y(double share) {
    return bottom - (share - lowest) / (1 - lowest) * (bottom - top);
  }

  void draw(Svg svg, String across, String up) {
    for (int fifth = 0; fifth <= 5; fifth++) {
      double x = x(fifth / 5.0);
      svg.line(x, top, x, bottom, "grid");
      svg.text(
          x + (fifth == 5 ? 8 : 0),
          bottom + 15,
          fifth == 5 ? "end" : "middle",
          percent(fifth * 20));
    }
    int step = lowest > 0.45 ? 10 : 20;
    for (int level = (int) Math.round(100 * lowest); level <= 100; level += step) {
      double y = y(level / 100.0);
      svg.line(left, y, right, y, "grid");
      svg.text(left - 5, y + 4, "end", percent(level));
    }
    svg.text((left + right) / 2, bottom + 32, "middle strong", across);
    svg.text(left - 34, top - 12, "start strong", up);
  }

  private static String percent(int value) {
    return value + (value == 100 ? " %" : "");
  }
}
