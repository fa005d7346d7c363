package app.mushroom.trainer.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Recipes to start from. Each is told by what it does otherwise than balanced, whose values stand
 * with the {@link app.mushroom.trainer.training.Hyperparameters}.
 */
public enum Preset {
  /** Few epochs through all layers end below this: they disturb the backbone before they help. */
  QUICK(
      "a classifier on the backbone as it is: a first look within minutes on 2 cores",
      Map.of("epochs", 0.0)),

  BALANCED("good figures in about 45 minutes on 2 cores", Map.of()),

  BEST(
      "the best figures without a teacher, in about 70 minutes on 2 cores",
      Map.of(
          "epochs", 24.0,
          "largest-size", 224.0,
          "learning-rate", 3e-4,
          "average-decay", 0.998,
          "dropout", 0.3,
          "balance", 0.3,
          "min-crop-area", 0.3,
          "colour", 0.25,
          "erasing", 0.2));

  private final String about;
  private final Map<String, Double> changes;

  Preset(String about, Map<String, Double> changes) {
    this.about = about;
    this.changes = changes;
  }

  /** The name as it is written: {@code quick}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static List<String> words() {
    return Arrays.stream(values()).map(Preset::word).toList();
  }

  static Preset of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** What it gives and what it costs, without a full stop. Times are for 4,000 training photos. */
  public String about() {
    return about;
  }

  /** What it does otherwise than balanced, by the names of the keys. */
  public Map<String, Double> changes() {
    return changes;
  }
}
