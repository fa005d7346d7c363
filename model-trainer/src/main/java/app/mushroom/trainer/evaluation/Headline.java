package app.mushroom.trainer.evaluation;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The headline figures one by one, for whoever goes through all of them. */
public enum Headline {
  TOP_1("top1", Counted.MUSHROOMS, true, Figures::top1),
  TOP_5("top5", Counted.MUSHROOMS, true, Figures::top5),
  GENUS_TOP_1("genusTop1", Counted.MUSHROOMS, true, Figures::genusTop1),
  MACRO_F1("macroF1", Counted.MUSHROOMS, false, Figures::macroF1),
  CALIBRATION_ERROR(
      "expectedCalibrationError", Counted.MUSHROOMS, false, Figures::expectedCalibrationError),
  LOSS("loss", Counted.MUSHROOMS, false, Figures::loss),
  POISON_RECALL("poisonRecall", Counted.POISONOUS, true, Figures::poisonRecall),
  FALSE_ALARMS("falsePoisonAlarms", Counted.REST, true, Figures::falsePoisonAlarms),
  CANNOT_TELL("cannotTell", Counted.MUSHROOMS, true, Figures::cannotTell),
  POISON_COST("poisonCost", Counted.MUSHROOMS, false, Figures::poisonCost),
  NOT_MUSHROOM_REFUSED("notMushroomRefused", Counted.OTHERS, true, Figures::notMushroomRefused),
  MUSHROOMS_REFUSED("mushroomsRefused", Counted.MUSHROOMS, true, Figures::mushroomsRefused);

  /** Which photos a figure is counted on. */
  public enum Counted {
    MUSHROOMS,
    /** Mushrooms whose label is poisonous. */
    POISONOUS,
    /** All other mushrooms. */
    REST,
    /** Photos of anything but a mushroom. */
    OTHERS
  }

  private final String key;
  private final Counted counted;
  private final boolean share;

  @SuppressWarnings("ImmutableEnumChecker") // accessors of a record
  private final Function<Figures, @Nullable Double> figure;

  Headline(String key, Counted counted, boolean share, Function<Figures, @Nullable Double> figure) {
    this.key = key;
    this.counted = counted;
    this.share = share;
    this.figure = figure;
  }

  /** Its name in {@code metrics.json}. */
  public String key() {
    return key;
  }

  public Counted counted() {
    return counted;
  }

  /** Whether it is a share of the photos counted, in [0, 1]. */
  public boolean isShare() {
    return share;
  }

  /** Null where there are no photos to count it on. */
  public @Nullable Double of(Figures figures) {
    return figure.apply(figures);
  }
}
