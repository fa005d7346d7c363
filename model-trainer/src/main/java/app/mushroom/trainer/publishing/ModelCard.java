package app.mushroom.trainer.publishing;

import app.mushroom.storage.dataset.DatasetCard;
import app.mushroom.trainer.evaluation.Figures;
import app.mushroom.vision.decision.Calibration;
import java.util.Locale;
import java.util.Map;

/**
 * {@code MODEL_CARD.md}: what the model is, how good it is, and what it must not be used for
 * (Mitchell et al., "Model Cards for Model Reporting", FAT* 2019).
 */
public final class ModelCard {

  private ModelCard() {}

  /**
   * @param backbone where the backbone came from
   * @param labels number of labels
   */
  public static String write(
      String model,
      String run,
      String architecture,
      String backbone,
      int labels,
      DatasetCard dataset,
      Calibration calibration,
      BundleMetrics metrics) {
    StringBuilder card = new StringBuilder();
    card.append("# Model card: ").append(model).append("\n\n");
    card.append("Tells from a photograph which of ")
        .append(labels)
        .append(" mushroom labels it shows, whether it shows a mushroom at all, and how likely it")
        .append(" is that the mushroom is poisonous.\n\n");
    card.append("**Never eat a mushroom on the word of this model.** It is wrong about one")
        .append(" photograph in ")
        .append(oneIn(metrics.test().top1()))
        .append(", and misses poisonous ones: see the figures.\n\n");
    card.append("## How it was made\n\n");
    card.append("- Network: ").append(architecture).append(", all layers trained; backbone ");
    card.append("from `").append(backbone).append("`.\n");
    card.append("- Run: `").append(run).append("`, ");
    card.append(metrics.training().epochs()).append(" epochs of ");
    card.append(metrics.training().optimizer()).append(", ");
    card.append(metrics.training().trainableParameters()).append(" trainable parameters.\n");
    card.append("- Dataset: `").append(dataset.name()).append("` version ");
    card.append(dataset.version()).append(", ").append(dataset.photos()).append(" photographs (");
    card.append(joined(dataset.splits())).append("). Splits keep near-duplicates together.\n");
    card.append("- Licences the photographs' sources state:\n");
    dataset.licences().entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(12)
        .forEach(
            licence ->
                card.append("  - ")
                    .append(licence.getKey().isBlank() ? "none stated" : licence.getKey())
                    .append(": ")
                    .append(licence.getValue())
                    .append('\n'));
    card.append("\n## Licence of the weights\n\n");
    card.append("Most of the photographs' sources state no licence. The weights are therefore for")
        .append(" evaluation and non-commercial use only. Train your own on photographs whose")
        .append(" licences allow more.\n\n");
    card.append("## Figures\n\n");
    card.append("Temperature and thresholds were chosen on val; test was measured once.\n\n");
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
    card.append(".\n\n## What it must not be used for\n\n");
    card.append("- To decide whether to eat, feed or sell a mushroom.\n");
    card.append("- To treat or triage a poisoning: call a poison centre.\n");
    card.append("- To rule a species out. It knows ").append(labels);
    card.append(" labels of tens of thousands of species, and a deadly one it never saw gets the");
    card.append(" name of one it knows.\n\n## Known weaknesses\n\n");
    card.append("- Many training photographs are small web pictures, and a few per cent of the");
    card.append(" labels are wrong.\n");
    card.append("- Half of the labels have fewer than 30 photographs.\n");
    card.append("- It sees one side of a mushroom; smell, spore print, base and habitat decide.\n");
    return card.toString();
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

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
