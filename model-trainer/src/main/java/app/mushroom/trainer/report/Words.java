package app.mushroom.trainer.report;

import app.mushroom.trainer.evaluation.Interval;
import app.mushroom.vision.decision.Label;
import app.mushroom.vision.decision.LabelSet;
import app.mushroom.vision.species.Species;
import app.mushroom.vision.species.SpeciesCatalogue;
import app.mushroom.vision.species.Toxicity;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Numbers and names as people read them. */
final class Words {

  /** Keeps a number and its unit on one line. */
  private static final String GAP = "\u00a0";

  private final Map<String, String> scientific = new HashMap<>();
  private final Map<String, String> common = new HashMap<>();

  Words(LabelSet labels, SpeciesCatalogue catalogue) {
    for (Label label : labels.labels()) {
      scientific.put(label.label(), label.scientificName());
    }
    for (Species species : catalogue.all()) {
      scientific.putIfAbsent(species.label(), species.scientificName());
      List<String> names = species.commonNames();
      if (!names.isEmpty()) {
        common.put(species.label(), names.get(0));
      }
    }
  }

  /** The scientific name of a label; a genus with a capital letter; else the name itself. */
  String scientific(String name) {
    String known = scientific.get(name);
    return known != null ? known : capital(name.replace('_', ' '));
  }

  /** " (fly agaric)", or nothing. */
  String common(String name) {
    String known = common.get(name);
    return known == null ? "" : " (" + known + ")";
  }

  String full(String name) {
    return scientific(name) + common(name);
  }

  static String capital(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  static String toxicity(Toxicity toxicity) {
    return switch (toxicity) {
      case DEADLY -> "deadly";
      case POISONOUS -> "poisonous";
      case CAUTION -> "harms some people";
      case UNKNOWN -> "little known";
      case NOT_KNOWN_POISONOUS -> "not known to be poisonous";
    };
  }

  static String percent(double share) {
    return number(100 * share, 1) + GAP + "%";
  }

  static String number(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  /** Such as "0.3 to 2.9 %". */
  static String percents(@Nullable Interval interval) {
    return interval == null
        ? "–"
        : number(100 * interval.low(), 1) + " to " + percent(interval.high());
  }

  static String numbers(@Nullable Interval interval, int decimals) {
    return interval == null
        ? "–"
        : number(interval.low(), decimals) + " to " + number(interval.high(), decimals);
  }

  /** Such as "1 photograph" or "3 photographs". */
  static String photographs(int count) {
    return count(count, "photograph");
  }

  static String count(int count, String thing) {
    return count + GAP + thing + (count == 1 ? "" : "s");
  }

  static String of(int part, int whole) {
    return part + " of " + whole;
  }
}
