package app.mushroom.trainer.evaluation;

import static app.mushroom.trainer.evaluation.Cases.BAD;
import static app.mushroom.trainer.evaluation.Cases.DEAD;
import static app.mushroom.trainer.evaluation.Cases.ONE;
import static app.mushroom.trainer.evaluation.Cases.TWO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.mushroom.trainer.evaluation.Abstention.Point;
import app.mushroom.trainer.evaluation.OpenSet.UnknownLabel;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the details say about confidence: reliability, abstention, and what was never taught. */
class ConfidenceTest {

  @Test
  void reliabilityBinsAddUpToTheCalibrationError() {
    EvaluationDetails details =
        new Cases()
            .photo(ONE, 0.99, 0.004, 0.003, 0.003)
            .photo(ONE, 0.01, 0.98, 0.005, 0.005)
            .photo(TWO, 0.30, 0.62, 0.04, 0.04)
            .photo(BAD, 0.30, 0.64, 0.03, 0.03)
            .details();
    List<ReliabilityBin> bins = details.reliability();
    assertThat(bins).hasSize(15);
    assertThat(bins).extracting(ReliabilityBin::photos).endsWith(2).contains(2).contains(0);
    ReliabilityBin last = bins.get(14);
    assertThat(last.to()).isEqualTo(1);
    assertThat(last.meanProbability()).isCloseTo(0.985, within(1e-5));
    assertThat(last.share()).isEqualTo(0.5);
    double error =
        bins.stream()
                .mapToDouble(bin -> bin.photos() * Math.abs(bin.meanProbability() - bin.share()))
                .sum()
            / 4;
    assertThat(details.figures().expectedCalibrationError()).isCloseTo(error, within(1e-9));
    assertThat(details.poisonReliability().stream().mapToInt(ReliabilityBin::photos).sum())
        .isEqualTo(4);
    assertThat(details.poisonReliability().get(0).share())
        .as("one of the four below 1/15 is poisonous, the one at 0.08 lies in the next bin")
        .isCloseTo(1 / 3.0, within(1e-9));
  }

  @Test
  void answersTheSurestFirst() {
    Abstention abstention =
        new Cases()
            .photo(ONE, 0.9, 0.05, 0.03, 0.02) // right
            .photo(ONE, 0.1, 0.7, 0.1, 0.1) // wrong
            .photo(TWO, 0.1, 0.8, 0.05, 0.05) // right
            .photo(DEAD, 0.45, 0.4, 0.08, 0.07) // wrong, genus aa
            .details()
            .abstention();
    assertThat(abstention.curve())
        .extracting(Point::coverage)
        .containsExactly(0.25, 0.5, 0.75, 1.0);
    assertThat(abstention.curve().stream().map(Point::accuracy).toList())
        .containsExactly(1.0, 1.0, 2 / 3.0, 0.5);
    // shares wrong: 0, 0, 1/3, 1/2
    assertThat(abstention.riskCoverageArea()).isCloseTo((1 / 3.0 + 0.5) / 4, within(1e-9));
    assertThat(abstention.species().photos()).isEqualTo(3);
    assertThat(abstention.species().coverage()).isEqualTo(0.75);
    assertThat(abstention.species().accuracy()).isCloseTo(2 / 3.0, within(1e-9));
    assertThat(abstention.genus().photos()).isEqualTo(1);
    assertThat(abstention.genus().accuracy()).isZero();
  }

  @Test
  void photosOfOneConfidenceAreAnsweredTogether() {
    Abstention abstention =
        new Cases()
            .photo(ONE, 0.7, 0.1, 0.1, 0.1)
            .photo(BAD, 0.7, 0.1, 0.1, 0.1)
            .refused(ONE, 0.6, 0.2, 0.1, 0.1)
            .photo(ONE, 0.3, 0.05, 0.35, 0.3)
            .details()
            .abstention();
    assertThat(abstention.curve()).extracting(Point::coverage).containsExactly(0.5, 0.75, 1.0);
    assertThat(abstention.notMushroom()).isEqualTo(1);
    assertThat(abstention.notSure()).isEqualTo(1);
  }

  @Test
  void separationCountsTiesHalf() {
    assertThat(OutOfDistribution.auroc(new double[] {1, 2}, new double[] {0, 1}))
        .as("2>0, 2>1, 1>0 win; 1=1 ties")
        .isEqualTo(3.5 / 4);
    assertThat(OutOfDistribution.auroc(new double[] {1}, new double[] {2})).isZero();
  }

  @Test
  void gateIsMeasuredWhereItRefusesTwoPerCentOfMushrooms() {
    Cases cases = new Cases().other(2.5).other(3.5).other(-4).other(-40);
    for (int i = 0; i < 100; i++) {
      cases.photo(ONE, 0.97, 0.01, 0.01, 0.01); // gate 3
    }
    OutOfDistribution scores = cases.details().notMushroom();
    assertThat(scores).isNotNull();
    assertThat(scores.kept()).isEqualTo(100);
    assertThat(scores.strange()).isEqualTo(4);
    assertThat(scores.gate().auroc()).isEqualTo(0.75);
    assertThat(scores.gate().strangeKept()).as("the one at 3.5 passes at 3").isEqualTo(0.25);
    assertThat(scores.confidence().auroc()).isEqualTo(1);
    assertThat(scores.threshold()).isCloseTo(0, within(1e-9));
    assertThat(scores.gateScores().stream().mapToInt(bin -> bin.kept()).sum()).isEqualTo(100);
    assertThat(scores.gateScores().get(0).strange()).as("-40 lies in the outermost bin").isOne();
  }

  @Test
  void unknownLabelsAreToldApartAndCountInNoFigure() {
    Cases cases =
        new Cases()
            .photo(ONE, 0.97, 0.01, 0.01, 0.01)
            .unknown("galerina_marginata", 0.97, 0.01, 0.01, 0.01) // deadly, named, no warning
            .unknown("galerina_marginata", 0.30, 0.20, 0.30, 0.20) // genus aa from 0.5
            .unknown("aa_three", 0.40, 0.30, 0.15, 0.15) // the right genus
            .unknown("zz_top", 0.02, 0.02, 0.48, 0.48); // bb and cc: flagged
    EvaluationDetails details = cases.details();
    assertThat(details.figures().photos()).isEqualTo(1);
    OpenSet open = details.unknownLabels();
    assertThat(open).isNotNull();
    assertThat(open.photos()).isEqualTo(4);
    assertThat(open.species()).isEqualTo(1);
    assertThat(open.confident()).isEqualTo(1);
    assertThat(open.genus()).isEqualTo(3);
    assertThat(open.rightGenus()).isEqualTo(1);
    assertThat(open.notSure()).isZero();
    assertThat(open.flags()).isEqualTo(new FlagCounts(3, 0, 1));
    assertThat(open.poisonousFlags()).isEqualTo(new FlagCounts(1, 0, 1));
    assertThat(open.labels())
        .extracting(UnknownLabel::label)
        .containsExactly("aa_three", "galerina_marginata", "zz_top");
    assertThat(open.knownConfidence().auroc()).isCloseTo(3.5 / 4, within(1e-9));
  }
}
