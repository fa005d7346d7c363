package app.mushroom.trainer.report;

import app.mushroom.trainer.evaluation.AssessedPhoto;
import app.mushroom.trainer.evaluation.Headline;
import app.mushroom.trainer.evaluation.Interval;
import app.mushroom.trainer.evaluation.OpenSet;
import app.mushroom.trainer.evaluation.OutOfDistribution;
import app.mushroom.trainer.evaluation.OutOfDistribution.Separation;
import app.mushroom.trainer.report.Section.Block;
import app.mushroom.vision.decision.AnswerRank;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What the model makes of what it was never taught: things, and species. */
final class StrangerSections {

  private static final int GATE_MISTAKES_SHOWN = 6;
  private static final int UNKNOWN_SHOWN = 9;

  private StrangerSections() {}

  static Section notMushroom(Part part, Cards cards) throws IOException {
    List<Block> blocks = new ArrayList<>();
    OutOfDistribution scores = part.details().notMushroom();
    if (scores == null) {
      blocks.add(
          Block.text(
              "Nothing can be said: the split lacks photographs of mushrooms, or of anything"
                  + " else."));
    } else {
      blocks.add(
          Block.plots(
              ScorePlot.of(
                  part.id("gate-plot"),
                  scores,
                  "The gate's score (log-odds): mushrooms above the line, other photographs below"
                      + " it. Left of the threshold a photograph is refused. Each half has a scale"
                      + " of its own.")));
      blocks.add(Block.table(detectors(scores)));
      if (scores.strange() < 50) {
        blocks.add(
            Block.text(
                "With "
                    + Words.count(scores.strange(), "other photograph")
                    + " these figures are rough: even if all are refused, up to "
                    + Words.percent(mostLetIn(part, scores.strange()))
                    + " of such photographs may pass."));
      }
      gateMistakes(part, cards, blocks);
    }
    return new Section(part.id("not-mushroom"), "What is no mushroom", blocks);
  }

  /** The share that may pass although all were refused, as the headline's interval has it. */
  private static double mostLetIn(Part part, int others) {
    Double refused = part.details().figures().notMushroomRefused();
    Interval interval = part.details().intervals().get(Headline.NOT_MUSHROOM_REFUSED.key());
    return refused != null && refused == 1 && interval != null
        ? 1 - interval.low()
        : Interval.ofShare(0, others).high();
  }

  private static Table detectors(OutOfDistribution scores) {
    Table.Builder table =
        Table.of(
            "Telling mushrooms from anything else",
            "score",
            "#AUROC",
            "#others let in when 98\u00a0% of mushrooms are");
    detector(table, "the gate, as served", scores.gate());
    detector(table, "probability of the first name, for comparison", scores.confidence());
    detector(table, "energy of the logits, for comparison", scores.energy());
    return table.build();
  }

  private static void detector(Table.Builder table, String name, Separation separation) {
    table
        .row(name)
        .number(Words.number(separation.auroc(), 4), separation.auroc())
        .share(separation.strangeKept());
  }

  private static void gateMistakes(Part part, Cards cards, List<Block> blocks) throws IOException {
    List<AssessedPhoto> letIn =
        part.examination().others().stream()
            .filter(photo -> photo.assessment().isMushroom())
            .sorted(Comparator.comparingDouble(p -> -p.assessment().mushroomProbability()))
            .limit(GATE_MISTAKES_SHOWN)
            .toList();
    List<AssessedPhoto> refused =
        part.examination().mushrooms().stream()
            .filter(photo -> !photo.assessment().isMushroom())
            .sorted(Comparator.comparingDouble(p -> p.assessment().mushroomProbability()))
            .limit(GATE_MISTAKES_SHOWN)
            .toList();
    if (!letIn.isEmpty()) {
      blocks.add(Block.subheading("Let in, but no mushroom"));
      blocks.add(cards.gallery(letIn, false));
    }
    if (!refused.isEmpty()) {
      blocks.add(Block.subheading("Refused, but a mushroom"));
      blocks.add(cards.gallery(refused, false));
    }
  }

  /** Empty if every mushroom is of a known label. */
  static Optional<Section> unknownLabels(Part part, Cards cards) throws IOException {
    OpenSet open = part.details().unknownLabels();
    if (open == null) {
      return Optional.empty();
    }
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        Block.text(
            "The dataset has "
                + Words.photographs(open.photos())
                + " of "
                + Words.count(open.labels().size(), "label")
                + " that the model was never taught. They count in no other figure. No species"
                + " name is right for them; it named "
                + Words.of(open.species(), open.photos())
                + ", "
                + open.confident()
                + " of them with the word “very likely”."));
    blocks.add(Block.table(answers(open)));
    blocks.add(Block.table(labels(open, cards.words())));
    List<AssessedPhoto> surest =
        part.examination().unknown().stream()
            .filter(photo -> photo.assessment().rank() == AnswerRank.SPECIES)
            .sorted(Comparator.comparingDouble(photo -> -photo.confidence()))
            .limit(UNKNOWN_SHOWN)
            .toList();
    if (!surest.isEmpty()) {
      blocks.add(Block.subheading("Unknown, and named with most confidence"));
      blocks.add(cards.gallery(surest, false));
    }
    return Optional.of(new Section(part.id("unknown"), "Species it was never taught", blocks));
  }

  private static Table answers(OpenSet open) {
    Table.Builder table =
        Table.of("What it said to unknown species", "answer", "#photographs", "#share");
    row(table, "some species", open.species(), open.photos());
    row(table, "a genus only", open.genus(), open.photos());
    row(table, "… the right genus", open.rightGenus(), open.photos());
    row(table, "not sure", open.notSure(), open.photos());
    row(table, "not a mushroom", open.refused(), open.photos());
    row(table, "flagged poisonous", open.flags().flagged(), open.photos());
    row(table, "cannot tell", open.flags().cannotTell(), open.photos());
    row(table, "no warning", open.flags().unwarned(), open.photos());
    row(
        table,
        "no warning, of those that the catalogue calls poisonous",
        open.poisonousFlags().unwarned(),
        open.poisonousFlags().photos());
    Separation confidence = open.knownConfidence();
    Separation energy = open.knownEnergy();
    if (confidence != null && energy != null) {
      auroc(table, "AUROC of known against unknown, by probability", confidence);
      auroc(table, "AUROC of known against unknown, by energy", energy);
    }
    return table.build();
  }

  private static void auroc(Table.Builder table, String name, Separation separation) {
    table.row(name).text("–").number(Words.number(separation.auroc(), 3), separation.auroc());
  }

  private static void row(Table.Builder table, String name, int count, int of) {
    table.row(name).count(count).share(of == 0 ? null : Double.valueOf((double) count / of));
  }

  private static Table labels(OpenSet open, Words words) {
    Table.Builder table =
        Table.of(
            "Unknown labels",
            "label",
            "toxicity",
            "#photographs",
            "#named",
            "#no warning",
            "#cannot tell",
            "#flagged");
    open.labels()
        .forEach(
            label ->
                table
                    .row(words.full(label.label()))
                    .text(Words.toxicity(label.toxicity()))
                    .count(label.photos())
                    .count(label.species())
                    .count(label.flags().unwarned())
                    .count(label.flags().cannotTell())
                    .count(label.flags().flagged()));
    return table.build();
  }
}
