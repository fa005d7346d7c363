package app.mushroom.trainer.training;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * A hyperparameter as a thing that can be named, checked and explained.
 *
 * @param name as in options and settings files: {@code head-epochs}
 * @param component as in run records: {@code headEpochs}
 * @param whole whether only whole numbers are allowed
 * @param from smallest value allowed
 * @param to largest value allowed
 * @param balanced what the preset balanced takes
 * @param before what runs did that were recorded before it was there; NaN if it always was
 * @param about what it does, without a full stop
 */
public record HyperparameterKey(
    String name,
    String component,
    boolean whole,
    double from,
    double to,
    double balanced,
    double before,
    String about) {

  static List<HyperparameterKey> of(Class<? extends Record> record) {
    List<HyperparameterKey> keys = new ArrayList<>();
    for (RecordComponent component : record.getRecordComponents()) {
      Hyperparameter facts = component.getAnnotation(Hyperparameter.class);
      if (facts == null) {
        throw new IllegalStateException(component + " needs @Hyperparameter");
      }
      keys.add(
          new HyperparameterKey(
              facts.name().isEmpty() ? kebab(component.getName()) : facts.name(),
              component.getName(),
              component.getType() != double.class,
              facts.from(),
              facts.to(),
              facts.value(),
              facts.before(),
              facts.about()));
    }
    return Collections.unmodifiableList(keys);
  }

  private static String kebab(String camel) {
    return camel.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException if the value is out of range
   */
  void check(Number value) {
    double number = value.doubleValue();
    if (!(number >= from && number <= to)) {
      throw new IllegalArgumentException(
          "Expected " + name + " to be " + range() + ", found " + value + ".");
    }
  }

  /** What values are allowed, to be read after "expected": {@code a number in [0, 1]}. */
  public String range() {
    return (whole ? "a whole number in [" : "a number in [") + plain(from) + ", " + plain(to) + "]";
  }

  /** A number as people write it: 0.0005, not 5.0E-4; 12, not 12.0. */
  public static String plain(double value) {
    String text = new java.math.BigDecimal(Double.toString(value)).toPlainString();
    return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
  }
}
