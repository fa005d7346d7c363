package app.mushroom.trainer.publishing;

import app.mushroom.storage.dataset.DatasetCard;
import app.mushroom.storage.dataset.DatasetVersion;
import app.mushroom.trainer.evaluation.CalibrationFitter.Fitted;
import app.mushroom.trainer.evaluation.Figures;
import app.mushroom.vision.decision.Calibration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code MODEL_CARD.md}: what the model is, how good it is, and what it must not be used for
 * (Mitchell et al., "Model Cards for Model Reporting", FAT* 2019).
 */
public final class ModelCard {

  private ModelCard() {}

  /**
   * What the card tells beside the figures.
   *
   * @param backbone where the backbone came from
   * @param backboneSha256 hash of its bytes
   * @param labels number of labels
   * @param ingredients versions whose weights were averaged; null for a network that was trained
   */
  public record Facts(
      String model,
      String run,
      String architecture,
      String backbone,
      String backboneSha256,
      int labels,
      @Nullable List<String> ingredients) {}

  public static String write(
      Facts facts, DatasetVersion dataset, Fitted fitted, BundleMetrics metrics) {
    StringBuilder card = new StringBuilder();
    card.append("# Model card: ").append(facts.model()).append("\n\n");
    card.append("Tells from a photograph which of ")
        .append(facts.labels())
        .append(" mushroom labels it shows, whether it shows a mushroom at all, and how likely it")
        .append(" is that the mushroom is poisonous.\n\n");
    card.append("**Never eat a mushroom on the word of this model.** It is wrong about one")
        .append(" photograph in ")
        .append(oneIn(metrics.test().top1()))
        .append(", and misses poisonous ones: see the figures.\n\n");
    origin(card, facts, dataset.card(), metrics.training());
    photographs(card, dataset);
    figures(card, fitted, metrics);
    limits(card, facts.labels());
    return card.toString();
  }

  private static void origin(
      StringBuilder card, Facts facts, DatasetCard dataset, BundleMetrics.Training training) {
    card.append("## How it was made\n\n");
    card.append("- Network: ")
        .append(facts.architecture())
        .append(", ")
        .append(made(facts, training))
        .append(", ");
    card.append(training.trainableParameters()).append(" parameters.\n");
    card.append("- Backbone: `").append(facts.backbone()).append("`, SHA-256 `");
    card.append(facts.backboneSha256()).append("`.\n");
    card.append("- Run: `").append(facts.run()).append("`");
    if (facts.ingredients() == null && training.epochs() > 0) {
      card.append(", ").append(training.epochs());
      card.append(training.epochs() == 1 ? " epoch of " : " epochs of ");
      card.append(training.optimizer());
    }
    card.append(".\n");
    card.append("- Dataset: `").append(dataset.name()).append("` version ");
    card.append(dataset.version()).append(", ").append(dataset.photos()).append(" photographs (");
    card.append(joined(dataset.splits())).append("). Splits keep near-duplicates together.\n");
    Integer unreadable = training.unreadablePhotos();
    if (unreadable != null && unreadable > 0) {
      card.append("- ").append(unreadable).append(" of these photographs could not be read and");
      card.append(" were left out; the run record lists them.\n");
    }
  }

  private static String made(Facts facts, BundleMetrics.Training training) {
    List<String> ingredients = facts.ingredients();
    if (ingredients != null) {
      return "the average of the weights of "
          + (ingredients.size() == 1 ? "version " : "versions ")
          + String.join(", ", ingredients);
    }
    return training.epochs() > 0
        ? "all layers trained"
        : "only the head trained, on the embeddings of a backbone left as it was";
  }

  private static void photographs(StringBuilder card, DatasetVersion dataset) {
    Map<String, Integer> licences = dataset.card().licences();
    Map<String, Integer> sources = new TreeMap<>();
    dataset.photos().forEach(photo -> sources.merge(origin(photo.source()), 1, Integer::sum));
    int unstated =
        licences.entrySet().stream()
            .filter(licence -> unstated(licence.getKey()))
            .mapToInt(Map.Entry::getValue)
            .sum();
    card.append("\n## Photographs and licence\n\n");
    if (2 * unstated > dataset.card().photos()) {
      card.append("The sources of ").append(unstated).append(" of the photographs state no");
      card.append(" licence for them. **The weights are therefore for evaluation and");
      card.append(" non-commercial use only.** Train your own on photographs whose licences");
      card.append(" allow more.\n\n");
    } else {
      card.append("The weights may be used as far as the photographs' licences allow.\n\n");
    }
    counts(card, "What the sources state:", licences);
    counts(card, "Where they come from:", sources);
  }

  private static void counts(StringBuilder card, String title, Map<String, Integer> counts) {
    card.append(title).append("\n\n");
    counts.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .forEach(
            count ->
                card.append("- ")
                    .append(count.getKey())
                    .append(": ")
                    .append(count.getValue())
                    .append('\n'));
    card.append('\n');
  }

  private static boolean unstated(String licence) {
    return licence.isBlank() || licence.startsWith("none stated") || licence.equals("unknown");
  }

  /** Host and first two folders of an address: the repository of a file in one, say. */
  private static String origin(String source) {
    String[] parts = source.split("/", 6);
    return parts.length < 4
        ? source
        : String.join("/", List.of(parts).subList(0, Math.min(5, parts.length)));
  }

  private static void figures(StringBuilder card, Fitted fitted, BundleMetrics metrics) {
    Calibration calibration = fitted.calibration();
    card.append("## Figures\n\n");
    card.append("Temperature and thresholds were chosen on val, and")
        .append(" the gate that refuses what is no mushroom also learned from val, so val's")
        .append(" figures flatter.\n\n");
    table(card, metrics.val(), metrics.test());
    card.append("\n\"Flagged or cannot tell\" counts photographs of poisonous labels whose poison")
        .append(" flag is *poisonous* or *cannot tell*. Photographs come from the same sources in")
        .append(" all splits; expect worse in the field, where tests of such apps found 35 to 49 %")
        .append(" of specimens named right (Clinical Toxicology 2023, 61(3)).\n\n");
    card.append("Thresholds: temperature ").append(number(calibration.temperature()));
    card.append(", mushroom gate ").append(number(calibration.gate().threshold()));
    card.append(", species from ").append(number(calibration.answer().speciesAt()));
    card.append(", genus from ").append(number(calibration.answer().genusAt()));
    card.append(", poisonous from ").append(number(calibration.poison().flagAt()));
    card.append(", cannot tell from ").append(number(calibration.poison().clearBelow()));
    card.append(".\n\n");
    if (!calibration.labels().isEmpty()) {
      card.append("Stricter thresholds have: ");
      card.append(String.join(", ", calibration.labels().keySet())).append(".\n\n");
    }
    if (!fitted.notices().isEmpty()) {
      card.append("What the choice of these thresholds could not do:\n\n");
      fitted.notices().forEach(notice -> card.append("- ").append(notice).append('\n'));
      card.append('\n');
    }
  }

  private static void limits(StringBuilder card, int labels) {
    card.append("## What it must not be used for\n\n");
    card.append("- To decide whether to eat, feed or sell a mushroom.\n");
    card.append("- To treat or triage a poisoning: call a poison centre.\n");
    card.append("- To rule a species out. It knows ").append(labels);
    card.append(" labels of tens of thousands of species, and a deadly one it never saw gets the");
    card.append(" name of one it knows.\n\n## Known weaknesses\n\n");
    card.append("- It sees one side of a mushroom; smell, spore print, base and habitat decide.\n");
    card.append("- Labels come from the photographs' sources, which are sometimes wrong.\n");
    card.append("- Labels with few photographs are recognised worst.\n");
  }

  private static void table(StringBuilder card, Figures val, Figures test) {
    card.append("| | val | test |\n| --- | --- | --- |\n");
    row(card, "mushroom photographs", val.photos() + "", test.photos() + "");
    row(card, "top-1", percent(val.top1()), percent(test.top1()));
    row(card, "top-5", percent(val.top5()), percent(test.top5()));
    row(card, "genus top-1", percent(val.genusTop1()), percent(test.genusTop1()));
    row(card, "macro-F1", number(val.macroF1()), number(test.macroF1()));
    row(
        card,
        "expected calibration error (15 bins)",
        number(val.expectedCalibrationError()),
        number(test.expectedCalibrationError()));
    row(
        card,
        "poisonous: flagged or cannot tell",
        percent(val.poisonRecall()),
        percent(test.poisonRecall()));
    row(
        card,
        "false poison alarms on the rest",
        percent(val.falsePoisonAlarms()),
        percent(test.falsePoisonAlarms()));
    row(card, "cannot tell", percent(val.cannotTell()), percent(test.cannotTell()));
    row(card, "poison cost (100 : 1)", number(val.poisonCost()), number(test.poisonCost()));
    row(
        card,
        "not a mushroom: refused",
        percent(val.notMushroomRefused()),
        percent(test.notMushroomRefused()));
    row(
        card,
        "mushrooms refused",
        percent(val.mushroomsRefused()),
        percent(test.mushroomsRefused()));
  }

  private static void row(StringBuilder card, String what, String val, String test) {
    card.append("| ").append(what).append(" | ").append(val).append(" | ").append(test);
    card.append(" |\n");
  }

  private static String joined(Map<String, Integer> counts) {
    StringBuilder text = new StringBuilder();
    counts.forEach(
        (name, count) ->
            text.append(text.isEmpty() ? "" : ", ").append(count).append(' ').append(name));
    return text.toString();
  }

  private static String oneIn(double right) {
    return right >= 1 ? "many" : String.format(Locale.ROOT, "%.1f", 1 / (1 - right));
  }

  private static String percent(@Nullable Double share) {
    return share == null || share.isNaN()
        ? "no photographs"
        : String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
