package app.mushroom.trainer.cli;

import app.mushroom.trainer.evaluation.Figures;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A figure, how to read it off, and which way is better.
 *
 * @param share whether it is shown in per cent
 */
record FigureRow(
    String name, boolean share, boolean higherIsBetter, Function<Figures, @Nullable Double> value) {

  /** The figures of a published version, in the order people ask for them. */
  static final List<FigureRow> ALL =
      List.of(
          new FigureRow("poison recall", true, true, Figures::poisonRecall),
          new FigureRow("poison cost (100 : 1)", false, false, Figures::poisonCost),
          new FigureRow("false poison alarms", true, false, Figures::falsePoisonAlarms),
          new FigureRow("cannot tell", true, false, Figures::cannotTell),
          new FigureRow("top-1", true, true, Figures::top1),
          new FigureRow("top-5", true, true, Figures::top5),
          new FigureRow("genus top-1", true, true, Figures::genusTop1),
          new FigureRow("macro-F1", false, true, Figures::macroF1),
          new FigureRow("calibration error", false, false, Figures::expectedCalibrationError),
          new FigureRow("loss", false, false, Figures::loss),
          new FigureRow("not a mushroom: refused", true, true, Figures::notMushroomRefused),
          new FigureRow("mushrooms refused", true, false, Figures::mushroomsRefused));

  /** NaN where there were no photos to count it on. */
  double of(Figures figures) {
    Double number = value.apply(figures);
    return number == null ? Double.NaN : number;
  }

  String show(double number) {
    return share ? Words.percent(number) : Words.number(number);
  }

  /** A signed difference, shares in percentage points. */
  String showDifference(double difference) {
    if (Double.isNaN(difference)) {
      return Words.NONE;
    }
    return share
        ? String.format(Locale.ROOT, "%+.1f", 100 * difference)
        : String.format(Locale.ROOT, "%+.3f", difference);
  }

  /** {@code better}, {@code worse}, or nothing where the two read the same. */
  String verdict(double before, double after) {
    if (Double.isNaN(before) || Double.isNaN(after) || show(before).equals(show(after))) {
      return "";
    }
    return after > before == higherIsBetter ? "better" : "worse";
  }
}
