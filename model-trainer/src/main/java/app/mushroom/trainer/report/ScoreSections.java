package app.mushroom.trainer.report;

import app.mushroom.trainer.evaluation.ClassScore;
import app.mushroom.trainer.evaluation.Group;
import app.mushroom.trainer.report.IntervalPlot.Row;
import app.mushroom.trainer.report.Section.Block;
import app.mushroom.trainer.report.Section.Plot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The same figures for parts of the photos: by quality, by what was learned, by genus, by label.
 */
final class ScoreSections {

  private ScoreSections() {}

  static Section tiers(Part part) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        Block.text(
            "The tier is what the dataset says about the quality of a photograph's source. Where"
                + " one does much worse, better photographs help more than a better network."));
    groups(part.id("tier"), "tier ", part.details().tiers(), "Figures by tier", blocks);
    return new Section(part.id("tiers"), "By image quality", blocks);
  }

  /** Empty where the dataset that the model was trained on is not at hand. */
  static Optional<Section> trainingPhotos(Part part) {
    List<Group> groups = part.details().trainingPhotos();
    if (groups == null) {
      return Optional.empty();
    }
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        Block.text(
            "Photographs by how many of their label the model learned from. Where the figures rise"
                + " with the number, collecting more of the rare labels pays."));
    groups(part.id("learned"), "", groups, "Figures by photographs learned from", blocks);
    return Optional.of(new Section(part.id("training"), "By photographs learned from", blocks));
  }

  private static void groups(
      String id, String prefix, List<Group> groups, String caption, List<Block> blocks) {
    List<Row> named = new ArrayList<>();
    List<Row> warned = new ArrayList<>();
    Table.Builder table =
        Table.of(
            caption,
            "group",
            "#photographs",
            "#first name right",
            "#genus right",
            "#macro-F1",
            "#of poisonous labels",
            "#flagged or cannot tell",
            "#false alarms");
    for (Group group : groups) {
      String name = prefix + group.name() + ", " + Words.photographs(group.figures().photos());
      named.add(new Row(name, group.figures().top1(), group.intervals().get("top1")));
      Double recall = group.figures().poisonRecall();
      if (recall != null) {
        warned.add(
            new Row(
                prefix + group.name() + ", " + group.poisonous() + " poisonous",
                recall,
                group.intervals().get("poisonRecall")));
      }
      table
          .row(prefix + group.name())
          .count(group.figures().photos())
          .share(group.figures().top1())
          .share(group.figures().genusTop1())
          .number(Words.number(group.figures().macroF1(), 3), group.figures().macroF1())
          .count(group.poisonous())
          .share(recall)
          .share(group.figures().falsePoisonAlarms());
    }
    List<Plot> plots = new ArrayList<>();
    if (!named.isEmpty()) {
      plots.add(
          IntervalPlot.of(
              id + "-named",
              "First name right",
              named,
              "Share named right at the first try, with 95 % intervals."));
    }
    if (!warned.isEmpty()) {
      plots.add(
          IntervalPlot.of(
              id + "-warned",
              "Poisonous: flagged or “cannot tell”",
              warned,
              "Share of the poisonous that did not go without a warning, with 95 % intervals."));
    }
    blocks.add(Block.plots(plots.toArray(Plot[]::new)));
    blocks.add(Block.table(table.build()));
  }

  static Section genera(Part part) {
    Table.Builder table =
        Table.of(
            "Genera with photographs or answers",
            "genus",
            "worst known",
            "#photographs",
            "#answers",
            "#precision",
            "#recall",
            "#F1",
            "#learned from");
    for (ClassScore score : part.details().genera()) {
      if (score.support() + score.answers() > 0) {
        table
            .row(Words.capital(score.name()))
            .text(Words.toxicity(score.toxicity()))
            .count(score.support())
            .count(score.answers());
        shares(table, score);
      }
    }
    return new Section(
        part.id("genera"),
        "Genus by genus",
        List.of(
            Block.text("The genus of the likeliest label counts as the answer."),
            Block.table(table.build())));
  }

  static Section labels(Part part, Words words) {
    Table.Builder table =
        Table.of(
            "All labels",
            "label",
            "toxicity",
            "#photographs",
            "#answers",
            "#precision",
            "#recall",
            "#F1",
            "#learned from",
            "#no warning",
            "#cannot tell",
            "#flagged");
    int silent = 0;
    for (ClassScore score : part.details().labels()) {
      table
          .row(words.full(score.name()))
          .text(Words.toxicity(score.toxicity()))
          .count(score.support())
          .count(score.answers());
      shares(table, score);
      if (score.toxicity().isPoisonous()) {
        table.alarm(score.flags().unwarned());
      } else {
        table.count(score.flags().unwarned());
      }
      table.count(score.flags().cannotTell()).count(score.flags().flagged());
      silent += score.right() == 0 && score.support() > 0 ? 1 : 0;
    }
    return new Section(
        part.id("labels"),
        "Label by label",
        List.of(
            Block.text(
                Words.count(silent, "label")
                    + " with photographs here had not one named right. With a handful of"
                    + " photographs a label, single figures say little; the column “photographs”"
                    + " tells how little."),
            Block.table(table.folded().build())));
  }

  private static void shares(Table.Builder table, ClassScore score) {
    table.share(score.precision()).share(score.recall());
    Double f1 = score.f1();
    Integer learned = score.trainingPhotos();
    if (f1 == null) {
      table.number("–", -1);
    } else {
      table.number(Words.number(f1, 2), f1);
    }
    if (learned == null) {
      table.number("–", -1);
    } else {
      table.count(learned);
    }
  }
}
