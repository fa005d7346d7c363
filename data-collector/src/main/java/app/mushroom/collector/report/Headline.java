package app.mushroom.collector.report;

import app.mushroom.collector.report.LabelBalance.Row;
import app.mushroom.storage.dataset.DatasetCard;
import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.PictureFindings;
import app.mushroom.storage.dataset.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The first thing to see: what it is, how much, and what to mind.
 *
 * @param cautions sentences that change what the dataset may be used for
 */
record Headline(String title, String lead, List<Tile> tiles, List<String> cautions) {
  private static final int NAMED = 8;

  /** A figure and what it counts. */
  record Tile(String number, String what, String detail, boolean alarm) {}

  static Headline of(Reported reported, LabelBalance balance, Changes changes) {
    PictureFindings pictures = reported.findings().counts(reported.photos());
    return new Headline(
        reported.title(),
        lead(reported, balance),
        tiles(reported, balance, changes, pictures),
        cautions(balance, pictures));
  }

  private static String lead(Reported reported, LabelBalance balance) {
    DatasetCard card = reported.card();
    String made =
        card == null
            ? "No version was made of these photos. "
            : "Made on "
                + Words.day(card.created())
                + (card.parent() == null ? "" : " from version " + card.parent())
                + ". ";
    LabelCounts counts = balance.counts();
    return made
        + "%s of %s: %s to train on, %s to choose by (val), %s to judge by (test)."
            .formatted(
                Words.count(reported.photos().size(), "photo"),
                Words.count(counts.byLabel().size(), "label"),
                Words.number(counts.of(Split.TRAIN)),
                Words.number(counts.of(Split.VAL)),
                Words.number(counts.of(Split.TEST)));
  }

  private static List<Tile> tiles(
      Reported reported, LabelBalance balance, Changes changes, PictureFindings pictures) {
    List<Row> poisonous = balance.rows().stream().filter(Row::poisonous).toList();
    int ofPoisonous = poisonous.stream().mapToInt(Row::photos).sum();
    int photos = reported.photos().size();
    int finds = (int) reported.photos().stream().map(DatasetPhoto::group).distinct().count();
    int conflicting = Math.max(pictures.conflictingPairs(), reported.conflictsCounted());
    int review = reported.findings().review().size();
    int refused = reported.refused().values().stream().mapToInt(Integer::intValue).sum();
    return List.of(
        new Tile(
            Words.number(photos),
            photos == 1 ? "photo" : "photos",
            "of " + Words.count(finds, "find") + "; " + changes.brief(),
            false),
        new Tile(
            Words.number(poisonous.size()),
            poisonous.size() == 1 ? "poisonous label" : "poisonous labels",
            photos == 0
                ? ""
                : String.format(
                    Locale.ROOT,
                    "%s, that is %.0f\u00a0%%",
                    Words.count(ofPoisonous, "photo"),
                    100.0 * ofPoisonous / photos),
            false),
        new Tile(
            Words.number(conflicting),
            "under two labels",
            "pairs of photos that look the same; new ones are left out until somebody decides",
            conflicting > 0),
        new Tile(
            Words.number(review),
            "to look at",
            review == 0 ? "no photo looks like a drawing or a collage" : review(pictures),
            false),
        new Tile(
            Words.number(refused),
            "left out",
            reported.refused().isEmpty()
                ? "every photo could stay"
                : "for " + Words.count(reported.refused().size(), "reason"),
            false));
  }

  private static String review(PictureFindings pictures) {
    List<String> words = new ArrayList<>();
    pictures.review().forEach((word, count) -> words.add(word + ": " + Words.number(count)));
    return "kept, but they may be no photographs: " + String.join(", ", words);
  }

  private static List<String> cautions(LabelBalance balance, PictureFindings pictures) {
    List<String> cautions = new ArrayList<>();
    List<String> unjudged =
        balance.rows().stream()
            .filter(row -> row.poisonous() && row.test() == 0)
            .map(Row::label)
            .sorted()
            .toList();
    if (!unjudged.isEmpty()) {
      cautions.add(
          "No photo in test shows these poisonous mushrooms, so no figure will tell whether a model"
              + " warns of them: "
              + Words.list(unjudged, NAMED)
              + ".");
    }
    if (pictures.acrossSplits() > 0) {
      cautions.add(
          "%s that look alike lie in different splits: where they are copies, a model is judged by what it has learned from."
              .formatted(Words.count(pictures.acrossSplits(), "pair")));
    }
    return cautions;
  }
}
