package app.mushroom.trainer.report;

import app.mushroom.trainer.evaluation.Abstention;
import app.mushroom.trainer.evaluation.Abstention.Answers;
import app.mushroom.trainer.evaluation.AssessedPhoto;
import app.mushroom.trainer.evaluation.EvaluationDetails;
import app.mushroom.trainer.report.Section.Block;
import app.mushroom.vision.decision.Calibration;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What the model names wrongly, how well it knows that it does, and what abstaining gains. */
final class RecognitionSections {

  private static final int MISTAKES_SHOWN = 12;

  private RecognitionSections() {}

  static Section mistakes(Part part, Cards cards) throws IOException {
    List<AssessedPhoto> worst =
        part.examination().mushrooms().stream()
            .filter(photo -> !photo.isRight())
            .filter(photo -> !cards.isShown(photo))
            .sorted(Comparator.comparingDouble(photo -> -photo.confidence()))
            .limit(MISTAKES_SHOWN)
            .toList();
    List<Block> blocks = new ArrayList<>();
    if (worst.isEmpty()) {
      blocks.add(Block.text("There is none to show."));
    } else {
      blocks.add(
          Block.text(
              "Wrong and sure of it: the "
                  + worst.size()
                  + " most confident of the wrong names, without those shown above. A confident"
                  + " mistake is sometimes the label's, not the model's: labels come from the"
                  + " photographs' sources."));
      blocks.add(cards.gallery(worst, false));
    }
    return new Section(part.id("mistakes"), "The most confident mistakes", blocks);
  }

  static Section reliability(Part part) {
    EvaluationDetails details = part.details();
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        Block.text(
            "Can its percentages be taken at their word? On the dashed line, what it gives"
                + " 70 % is so 70 times in 100. Below the line it is too sure of itself, above"
                + " it too modest. The whiskers are 95 % intervals; short of photographs they are"
                + " long. Expected calibration error: "
                + Words.percent(details.figures().expectedCalibrationError())
                + " (95 % interval "
                + Words.percents(details.intervals().get("expectedCalibrationError"))
                + ")."));
    blocks.add(
        Block.plots(
            ReliabilityPlot.of(
                part.id("reliability-plot"),
                "Reliability of the first name",
                "first name right",
                details.reliability(),
                "The first name: how often it is right, by the probability that it was given."),
            ReliabilityPlot.of(
                part.id("poison-reliability-plot"),
                "Reliability of the poison probability",
                "poisonous in truth",
                details.poisonReliability(),
                "Poison: how many of these mushrooms are poisonous, by the summed probability of"
                    + " the poisonous labels.")));
    return new Section(part.id("reliability"), "Does it know how sure it can be?", blocks);
  }

  static Section abstention(Part part) {
    Abstention abstention = part.details().abstention();
    Calibration calibration = part.examination().calibration();
    int photos = part.details().figures().photos();
    List<Block> blocks = new ArrayList<>();
    if (photos > 0) {
      blocks.add(
          Block.plots(
              CoveragePlot.of(
                  part.id("coverage-plot"),
                  abstention,
                  "Answering only the photographs that it is surest of. The ring is the model as"
                      + " served: it names a species from "
                      + Words.percent(calibration.answer().speciesAt())
                      + " on. Labels that are a genus count as answers of a genus, so the ring"
                      + " need not lie on the line.")));
    }
    Table.Builder table =
        Table.of("How it answers, as served", "answer", "#photographs", "#share", "#right");
    answers(table, "a species", abstention.species());
    answers(table, "a genus only", abstention.genus());
    table
        .row("not sure")
        .count(abstention.notSure())
        .share(share(abstention.notSure(), photos))
        .text("–");
    table
        .row("not a mushroom (wrongly)")
        .count(abstention.notMushroom())
        .share(share(abstention.notMushroom(), photos))
        .text("–");
    blocks.add(Block.table(table.build()));
    blocks.add(
        Block.text(
            "Mean share of wrong answers over all coverages (area under the risk-coverage curve,"
                + " lower is better): "
                + Words.number(abstention.riskCoverageArea(), 3)
                + "."));
    return new Section(part.id("abstention"), "What abstaining gains", blocks);
  }

  private static void answers(Table.Builder table, String name, Answers answers) {
    table.row(name).count(answers.photos()).share(answers.coverage()).share(answers.accuracy());
  }

  private static double share(int part, int whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
