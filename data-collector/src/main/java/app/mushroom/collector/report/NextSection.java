package app.mushroom.collector.report;

import app.mushroom.collector.report.NextLabels.Missing;
import app.mushroom.collector.report.NextLabels.Scarce;
import app.mushroom.storage.dataset.LabelRank;
import app.mushroom.vision.species.SpeciesCatalogue;
import java.util.ArrayList;
import java.util.List;

/**
 * What to collect next, in words and as commands.
 *
 * @param wishes commands, each with the labels that it is for
 * @param notMushroom whether there is no photo of anything else
 */
record NextSection(List<Wish> wishes, boolean notMushroom) {
  private static final int MAX_LABELS = 12;

  /** Some labels and the command that collects them. */
  record Wish(String heading, String text, List<Item> items, String command) {}

  /** A label and why it needs photos. */
  record Item(String label, String reason, boolean poisonous) {}

  static NextSection of(Reported reported, NextLabels next, SpeciesCatalogue catalogue) {
    List<Wish> wishes = new ArrayList<>();
    List<Scarce> scarce = next.scarce().stream().limit(MAX_LABELS).toList();
    if (!scarce.isEmpty()) {
      wishes.add(
          new Wish(
              "More of these",
              "%s: fewer than %d photos or %d finds, or none in val or test. %sPoisonous ones come first, then those without a photo in val or test, then those with the fewest photos."
                  .formatted(
                      count(next.scarce().size(), "needs", "need"),
                      next.target(),
                      NextLabels.MIN_FINDS,
                      first(scarce.size(), next.scarce().size())),
              scarce.stream().map(label -> item(label, catalogue)).toList(),
              next.command(reported.dataset(), scarce.stream().map(Scarce::label))));
    }
    List<Missing> missing = next.missing().stream().limit(MAX_LABELS).toList();
    if (!missing.isEmpty()) {
      wishes.add(
          new Wish(
              "Dangerous ones that are missing",
              "There is no photo of %s that the species catalogue calls poisonous or deadly. %sThe deadly come first, then what is mistaken for a mushroom of this dataset."
                  .formatted(
                      Words.number(next.missing().size()) + " species",
                      first(missing.size(), next.missing().size())),
              missing.stream().map(NextSection::item).toList(),
              next.command(
                  reported.dataset(), missing.stream().map(label -> label.species().label()))));
    }
    return new NextSection(
        wishes, reported.photos().stream().noneMatch(photo -> photo.rank() == LabelRank.NONE));
  }

  private static String count(int labels, String one, String many) {
    return Words.count(labels, "label") + (labels == 1 ? " " + one : " " + many) + " photos";
  }

  private static String first(int shown, int of) {
    return shown == of ? "" : "These are the first " + shown + ". ";
  }

  private static Item item(Scarce label, SpeciesCatalogue catalogue) {
    List<String> reasons = new ArrayList<>();
    reasons.add(LabelBalance.toxicity(catalogue.find(label.label())));
    reasons.add(Words.count(label.photos(), "photo") + " of " + Words.count(label.finds(), "find"));
    if (label.withoutVal() || label.withoutTest()) {
      reasons.add(
          "none in "
              + (label.withoutVal() ? "val" : "")
              + (label.withoutVal() && label.withoutTest() ? " or " : "")
              + (label.withoutTest() ? "test" : ""));
    }
    return new Item(label.label(), String.join("; ", reasons), label.toxicity().isPoisonous());
  }

  private static Item item(Missing missing) {
    return new Item(
        missing.species().label(),
        Words.toxicity(missing.species().toxicity())
            + (missing.mistakenFor().isEmpty()
                ? ""
                : "; mistaken for " + Words.list(missing.mistakenFor(), 2)),
        true);
  }
}
