package app.mushroom.trainer.report;

import app.mushroom.trainer.evaluation.AssessedPhoto;
import app.mushroom.trainer.evaluation.ClassScore;
import app.mushroom.trainer.evaluation.Confusion;
import app.mushroom.trainer.evaluation.EvaluationDetails;
import app.mushroom.trainer.evaluation.LabelToxicities;
import app.mushroom.trainer.evaluation.PoisonCosts;
import app.mushroom.trainer.report.Section.Block;
import app.mushroom.vision.species.Toxicity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Whom the model would have let down: what it missed, what it cried wolf at, and what it costs. */
final class PoisonSection {

  private static final int MISSED_SHOWN = 24;
  private static final int ALARMS_SHOWN = 6;
  private static final int PAIRS_SHOWN = 12;

  /** The worst label to be wrong about first. */
  static final Comparator<ClassScore> WORST_FIRST =
      Comparator.comparingInt((ClassScore score) -> -score.flags().unwarned())
          .thenComparing(ClassScore::toxicity)
          .thenComparingInt(score -> -score.flags().cannotTell())
          .thenComparingInt(score -> -score.support())
          .thenComparing(ClassScore::name);

  private PoisonSection() {}

  static Section of(Part part, Cards cards) throws IOException {
    EvaluationDetails details = part.details();
    LabelToxicities toxicities = part.examination().toxicities();
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        Block.plots(
            PhotoGrid.of(
                part.id("grid"),
                "Photographs of poisonous mushrooms",
                details.poisonCosts().poisonous(),
                "Each square is a photograph of a mushroom whose label is poisonous or deadly.")));
    blocks.add(Block.subheading("Missed: poisonous, and no warning"));
    missed(part, cards, toxicities, blocks);
    blocks.add(Block.subheading("Which poisonous labels to worry about"));
    blocks.add(Block.table(worries(details, cards.words())));
    blocks.add(Block.subheading("Taken for a mushroom that is not known to be poisonous"));
    misnamed(details, cards.words(), blocks);
    blocks.add(Block.subheading("False alarms: flagged poisonous, and are not"));
    alarms(part, cards, toxicities, blocks);
    blocks.add(Block.subheading("What it costs"));
    costs(details.poisonCosts(), blocks);
    return new Section(part.id("poison"), "Poison first", blocks);
  }

  private static void missed(Part part, Cards cards, LabelToxicities toxicities, List<Block> blocks)
      throws IOException {
    List<AssessedPhoto> missed =
        part.examination().mushrooms().stream()
            .filter(photo -> photo.isPoisonous(toxicities) && photo.isUnwarned())
            .sorted(
                Comparator.comparing((AssessedPhoto photo) -> toxicities.of(photo.truth()))
                    .thenComparing(photo -> photo.assessment().poisonProbability()))
            .toList();
    if (missed.isEmpty()) {
      blocks.add(
          Block.text(
              part.poisonous() == 0
                  ? "There is no photograph of a poisonous label here, so nothing can be said."
                  : "None of these photographs. That is not none of all: see the interval."));
      return;
    }
    blocks.add(
        Block.text(
            "Deadly ones first, then those that looked least poisonous to the model. Bright is"
                + " what spoke for a label; both pictures of a photograph have one scale."
                + (missed.size() > MISSED_SHOWN
                    ? " The first " + Words.of(MISSED_SHOWN, missed.size()) + "."
                    : "")));
    blocks.add(cards.gallery(missed.stream().limit(MISSED_SHOWN).toList(), true));
    pairs("Missed, by answer", part.details().missed(), cards.words(), false, blocks);
  }

  private static void misnamed(EvaluationDetails details, Words words, List<Block> blocks) {
    List<Confusion> misnamed = details.misnamed();
    int flagged = misnamed.stream().mapToInt(pair -> pair.flags().flagged()).sum();
    int unwarned = misnamed.stream().mapToInt(pair -> pair.flags().unwarned()).sum();
    int photos = misnamed.stream().mapToInt(Confusion::photos).sum();
    blocks.add(
        Block.text(
            Words.photographs(photos)
                + " of poisonous labels had a likeliest label that is not poisonous. The flag does"
                + " not trust the likeliest label, it sums up the probability of all poisonous"
                + " ones: of these it flagged "
                + flagged
                + " all the same, could not tell of "
                + (photos - flagged - unwarned)
                + ", and let "
                + unwarned
                + " go."));
    pairs("Poisonous labels taken for others", misnamed, words, true, blocks);
  }

  private static Table worries(EvaluationDetails details, Words words) {
    Table.Builder table =
        Table.of(
            "Poisonous labels of which photographs were not flagged",
            "label",
            "toxicity",
            "#photographs",
            "#no warning",
            "#cannot tell",
            "#flagged",
            "#share flagged");
    details.labels().stream()
        .filter(score -> score.toxicity().isPoisonous())
        .filter(score -> score.flags().flagged() < score.support())
        .sorted(WORST_FIRST)
        .forEach(
            score ->
                table
                    .row(words.full(score.name()))
                    .text(Words.toxicity(score.toxicity()))
                    .count(score.support())
                    .alarm(score.flags().unwarned())
                    .count(score.flags().cannotTell())
                    .count(score.flags().flagged())
                    .share((double) score.flags().flagged() / score.support()));
    return table.build();
  }

  private static void alarms(Part part, Cards cards, LabelToxicities toxicities, List<Block> blocks)
      throws IOException {
    List<AssessedPhoto> alarms =
        part.examination().mushrooms().stream()
            .filter(photo -> !photo.isPoisonous(toxicities) && photo.isFlagged())
            .sorted(Comparator.comparingDouble(photo -> -photo.assessment().poisonProbability()))
            .toList();
    if (alarms.isEmpty()) {
      blocks.add(Block.text("None of these photographs."));
      return;
    }
    long right = alarms.stream().filter(AssessedPhoto::isRight).count();
    blocks.add(
        Block.text(
            "An alarm too many is the price of a miss too few. Of the "
                + alarms.size()
                + " alarms "
                + right
                + " had the right name, and still enough probability on poisonous labels to warn."
                + " Here are the pairs behind most of them, then the loudest single ones."));
    pairs(
        "Labels flagged poisonous that are not, by answer",
        part.details().falseAlarms(),
        cards.words(),
        false,
        blocks);
    blocks.add(cards.gallery(alarms.stream().limit(ALARMS_SHOWN).toList(), false));
  }

  /** The most frequent pairs, and all of them on demand where there are more. */
  private static void pairs(
      String caption, List<Confusion> pairs, Words words, boolean withFlags, List<Block> blocks) {
    if (pairs.isEmpty()) {
      return;
    }
    if (pairs.size() <= PAIRS_SHOWN) {
      blocks.add(Block.table(table(caption, pairs, words, withFlags).build()));
      return;
    }
    blocks.add(
        Block.table(
            table(caption + ": the most frequent", pairs.subList(0, PAIRS_SHOWN), words, withFlags)
                .build()));
    blocks.add(
        Block.table(table(caption + ": all pairs", pairs, words, withFlags).folded().build()));
  }

  private static Table.Builder table(
      String caption, List<Confusion> pairs, Words words, boolean withFlags) {
    Table.Builder table =
        withFlags
            ? Table.of(
                caption,
                "it was",
                "taken for",
                "#photographs",
                "#no warning",
                "#cannot tell",
                "#flagged")
            : Table.of(caption, "it was", "it was called", "#photographs");
    for (Confusion pair : pairs) {
      table
          .row(words.full(pair.truth()) + dagger(pair.truthToxicity()))
          .text(words.full(pair.answer()) + dagger(pair.answerToxicity()))
          .count(pair.photos());
      if (withFlags) {
        table
            .alarm(pair.flags().unwarned())
            .count(pair.flags().cannotTell())
            .count(pair.flags().flagged());
      }
    }
    return table;
  }

  private static String dagger(Toxicity toxicity) {
    return toxicity == Toxicity.DEADLY ? " †" : "";
  }

  private static void costs(PoisonCosts costs, List<Block> blocks) {
    blocks.add(
        Block.text(
            "One missed poisonous mushroom weighs as much as 100 false alarms, as in the second"
                + " track of FungiCLEF: (100 · missed + alarms) / photographs of mushrooms. There"
                + " an answer is a label and “unknown” counts as not poisonous; a “cannot tell”"
                + " that tells people so is something else, hence three ways to count. FungiCLEF's"
                + " published scores are of other species and do not compare."));
    blocks.add(
        Block.table(
            Table.of("Poison cost at 100 : 1", "what counts as missed", "#cost a photograph")
                .row("no warning (the headline figure)")
                .number(Words.number(costs.cost(), 3), costs.cost())
                .row("no warning, or “cannot tell”")
                .number(Words.number(costs.cannotTellIsMissed(), 3), costs.cannotTellIsMissed())
                .row("the likeliest label alone decides, without gate, thresholds or flag")
                .number(Words.number(costs.likeliestLabel(), 3), costs.likeliestLabel())
                .build()));
  }
}
