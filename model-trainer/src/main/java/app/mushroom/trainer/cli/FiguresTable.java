package app.mushroom.trainer.cli;

import app.mushroom.trainer.evaluation.Figures;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Figures as lines a person reads. */
final class FiguresTable {

  private FiguresTable() {}

  static String of(Figures figures) {
    return "  mushroom photographs                 "
        + figures.photos()
        + "\n"
        + percent("top-1", figures.top1())
        + percent("top-5", figures.top5())
        + percent("genus top-1", figures.genusTop1())
        + number("macro-F1", figures.macroF1())
        + number("calibration error (15 bins)", figures.expectedCalibrationError())
        + percent("poisonous: flagged or cannot tell", figures.poisonRecall())
        + percent("false poison alarms on the rest", figures.falsePoisonAlarms())
        + percent("cannot tell", figures.cannotTell())
        + number("poison cost (100 : 1)", figures.poisonCost())
        + percent("not a mushroom: refused", figures.notMushroomRefused())
        + percent("mushrooms refused", figures.mushroomsRefused());
  }

  private static String percent(String name, @Nullable Double share) {
    if (share == null || share.isNaN()) {
      return String.format(Locale.ROOT, "  %-36s %8s%n", name, "no photographs");
    }
    return String.format(Locale.ROOT, "  %-36s %6.1f %%%n", name, 100 * share);
  }

  private static String number(String name, double value) {
    return String.format(Locale.ROOT, "  %-36s %8.3f%n", name, value);
  }
}
