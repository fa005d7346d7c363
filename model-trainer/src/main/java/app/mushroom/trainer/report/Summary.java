package app.mushroom.trainer.report;

import app.mushroom.storage.dataset.Split;
import app.mushroom.trainer.evaluation.ClassScore;
import app.mushroom.trainer.evaluation.EvaluationDetails;
import app.mushroom.trainer.evaluation.Figures;
import app.mushroom.trainer.evaluation.FlagCounts;
import app.mushroom.trainer.evaluation.Headline;
import app.mushroom.trainer.evaluation.Interval;
import app.mushroom.trainer.evaluation.OutOfDistribution;
import app.mushroom.vision.species.Toxicity;
import java.util.ArrayList;
import java.util.List;

/** The first screen: what the figures mean in plain words, and what flatters them. */
final class Summary {

  private Summary() {}

  /**
   * @param number what stands out
   * @param alarm whether it counts something that must not happen
   */
  record Tile(String number, String text, String detail, boolean alarm) {}

  static List<Tile> tiles(Part part) {
    EvaluationDetails details = part.details();
    Figures figures = details.figures();
    FlagCounts poisonous = details.poisonCosts().poisonous();
    FlagCounts rest = details.poisonCosts().rest();
    List<Tile> tiles = new ArrayList<>();
    Double warned = figures.poisonRecall();
    if (warned != null) {
      Interval recall = details.intervals().get(Headline.POISON_RECALL.key());
      tiles.add(
          new Tile(
              Words.of(poisonous.unwarned(), poisonous.photos()),
              "photographs of poisonous mushrooms got no warning",
              Words.percent(1 - warned)
                  + (recall == null
                      ? ""
                      : " (95 % interval "
                          + Words.percents(new Interval(1 - recall.high(), 1 - recall.low()))
                          + ")")
                  + "; "
                  + poisonous.cannotTell()
                  + " more were answered “cannot tell”.",
              poisonous.unwarned() > 0));
    }
    Double alarms = figures.falsePoisonAlarms();
    if (alarms != null) {
      tiles.add(
          new Tile(
              Words.of(rest.flagged(), rest.photos()),
              "photographs of other mushrooms were flagged poisonous",
              Words.percent(alarms)
                  + interval(details, Headline.FALSE_ALARMS)
                  + ": alarms that were not needed.",
              false));
    }
    if (figures.photos() > 0) {
      tiles.add(
          new Tile(
              Words.percent(figures.top1()),
              "were named right at the first try",
              "95 % interval "
                  + Words.percents(details.intervals().get(Headline.TOP_1.key()))
                  + "; the genus "
                  + Words.percent(figures.genusTop1())
                  + ", among five names "
                  + Words.percent(figures.top5())
                  + ".",
              false));
    }
    OutOfDistribution others = details.notMushroom();
    Double othersRefused = figures.notMushroomRefused();
    if (others != null && othersRefused != null) {
      int refused = (int) Math.round(othersRefused * others.strange());
      tiles.add(
          new Tile(
              Words.of(refused, others.strange()),
              "photographs of anything else were refused",
              "95 % interval "
                  + Words.percents(details.intervals().get(Headline.NOT_MUSHROOM_REFUSED.key()))
                  + "; so were "
                  + Words.percent(figures.mushroomsRefused())
                  + " of the mushrooms.",
              false));
    }
    return tiles;
  }

  private static String interval(EvaluationDetails details, Headline headline) {
    return " (95 % interval " + Words.percents(details.intervals().get(headline.key())) + ")";
  }

  /** What no figure here shows. */
  static final String FIELD =
      "Photographs come from the same sources as those it learned from. In the field expect worse:"
          + " tests of such apps found 35 to 49 % of specimens named right (Clinical Toxicology"
          + " 2023, 61(3)). Nobody may eat a mushroom on the word of this model.";

  /** What it comes down to. */
  static String plainWords(Part part, Words words) {
    EvaluationDetails details = part.details();
    FlagCounts poisonous = details.poisonCosts().poisonous();
    if (poisonous.photos() == 0) {
      return "There is no photograph of a poisonous mushroom in this split, so it says nothing about"
          + " what matters most.";
    }
    if (poisonous.unwarned() == 0) {
      Interval recall = details.intervals().get(Headline.POISON_RECALL.key());
      return "None of the "
          + poisonous.photos()
          + " photographs of poisonous mushrooms went without a warning. So few photographs cannot"
          + " show a rare miss: up to "
          + Words.percent(recall == null ? 1 : 1 - recall.low())
          + " may still be missed.";
    }
    return missed(details, poisonous, words);
  }

  private static String missed(EvaluationDetails details, FlagCounts poisonous, Words words) {
    ClassScore worst =
        details.labels().stream()
            .filter(score -> score.toxicity().isPoisonous() && score.support() > 0)
            .min(PoisonSection.WORST_FIRST)
            .orElseThrow();
    long deadly =
        details.labels().stream()
            .filter(score -> score.toxicity() == Toxicity.DEADLY)
            .mapToLong(score -> score.flags().unwarned())
            .sum();
    return "Whoever had sent the "
        + poisonous.photos()
        + " photographs of poisonous mushrooms would have read “not known to be poisonous” "
        + times(poisonous.unwarned())
        + (deadly == 0
            ? ", never of a deadly one"
            : ", " + times((int) deadly) + " of a deadly one")
        + ". The label it is worst to be wrong about is "
        + words.full(worst.name())
        + ", "
        + Words.toxicity(worst.toxicity())
        + ": no warning on "
        + Words.of(worst.flags().unwarned(), worst.support())
        + ".";
  }

  private static String times(int count) {
    return switch (count) {
      case 1 -> "once";
      case 2 -> "twice";
      default -> count + " times";
    };
  }

  /** What the reader has to know before believing the figures. */
  static List<String> cautions(Part part, Provenance provenance) {
    List<String> cautions = new ArrayList<>();
    Integer unreadable = part.details().unreadable();
    if (unreadable != null && unreadable > 0) {
      cautions.add(
          "The "
              + part.name()
              + " split: "
              + Words.photographs(unreadable)
              + " could not be read and count nowhere.");
    }
    Integer trainedOn = part.details().trainedOn();
    int photos = part.examination().photos().size();
    String split = "The " + part.name() + " split: ";
    if (trainedOn == null) {
      cautions.add(
          split
              + "the dataset that the model was trained on (“"
              + provenance.bundle().dataset().name()
              + "”, version "
              + provenance.bundle().dataset().version()
              + ") is not in this store, so nobody checked whether it learned from these"
              + " photographs. If it did, the figures flatter.");
    } else if (trainedOn > 0) {
      cautions.add(
          split
              + "the model learned from "
              + Words.of(trainedOn, photos)
              + " of these photographs, or from near-duplicates of them. The figures flatter.");
    }
    if (part.split() == Split.VAL && provenance.isTrainedOnThisDataset()) {
      cautions.add(
          split
              + "temperature and thresholds were chosen on it, and the gate that refuses what is no"
              + " mushroom also learned from it. The figures flatter: trust the test split's.");
    }
    return cautions;
  }

  /** All headline figures with their intervals, side by side for every split. */
  static Table headlines(List<Part> parts) {
    List<String> columns = new ArrayList<>();
    columns.add("figure");
    for (Part part : parts) {
      columns.add("#" + part.name());
      columns.add("#95\u00a0% interval");
    }
    Table.Builder table = Table.of("Headline figures", columns.toArray(String[]::new));
    table.row("photographs of mushrooms");
    for (Part part : parts) {
      table.count(part.details().figures().photos()).text("");
    }
    for (Headline headline : Headline.values()) {
      table.row(name(headline));
      for (Part part : parts) {
        Double value = headline.of(part.details().figures());
        Interval interval = part.details().intervals().get(headline.key());
        if (value == null || (interval == null && headline.isShare())) {
          table.number("–", -1).text("–");
        } else if (headline.isShare()) {
          table.number(Words.percent(value), value).number(Words.percents(interval), 0);
        } else {
          table.number(Words.number(value, 3), value).number(Words.numbers(interval, 3), 0);
        }
      }
    }
    return table.build();
  }

  private static String name(Headline headline) {
    return switch (headline) {
      case TOP_1 -> "first name right (top-1)";
      case TOP_5 -> "right name among five (top-5)";
      case GENUS_TOP_1 -> "genus right";
      case MACRO_F1 -> "macro-F1";
      case CALIBRATION_ERROR -> "expected calibration error (15 bins)";
      case LOSS -> "loss";
      case POISON_RECALL -> "poisonous: flagged or “cannot tell”";
      case FALSE_ALARMS -> "false poison alarms on the rest";
      case CANNOT_TELL -> "“cannot tell”";
      case POISON_COST -> "poison cost (100 : 1)";
      case NOT_MUSHROOM_REFUSED -> "not a mushroom: refused";
      case MUSHROOMS_REFUSED -> "mushrooms refused";
    };
  }
}
