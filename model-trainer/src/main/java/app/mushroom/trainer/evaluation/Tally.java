package app.mushroom.trainer.evaluation;

import app.mushroom.vision.decision.Assessment;
import app.mushroom.vision.decision.PoisonFlag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the policy made of each photo, boiled down to what the headline figures count. */
final class Tally {

  /** Follows those of {@link OutcomeFigures}. */
  private static final int LOSS = OutcomeFigures.COUNT;

  private final LabelToxicities toxicities;
  private final List<Mushroom> mushrooms = new ArrayList<>();
  private final List<Other> others = new ArrayList<>();

  /**
   * One mushroom photo.
   *
   * @param find that it belongs to
   * @param place of the true label in the ranking, 0 for the likeliest
   * @param confidence the likeliest label's probability
   * @param loss negative log-likelihood of the true label
   */
  private record Mushroom(
      String find,
      int truth,
      int likeliest,
      int place,
      double confidence,
      double loss,
      boolean refused,
      PoisonFlag flag) {}

  /** One photo of anything else. */
  private record Other(String find, boolean refused) {}

  Tally(LabelToxicities toxicities) {
    this.toxicities = toxicities;
  }

  void add(AssessedPhoto photo) {
    add(photo.photo().group(), photo.truth(), photo.assessment());
  }

  /**
   * Counts a photo; one of an unknown label counts nowhere.
   *
   * @param find photos of one find say less than as many finds
   */
  void add(String find, int truth, Assessment answer) {
    if (truth >= 0) {
      int likeliest = answer.ranking()[0];
      mushrooms.add(
          new Mushroom(
              find,
              truth,
              likeliest,
              place(answer.ranking(), truth),
              answer.probabilities()[likeliest],
              -Math.log(Math.max(1e-12, answer.probabilities()[truth])),
              !answer.isMushroom(),
              answer.flag()));
    } else if (truth == LabelledOutputs.NOT_MUSHROOM) {
      others.add(new Other(find, !answer.isMushroom()));
    }
  }

  private static int place(int[] ranking, int truth) {
    for (int place = 0; place < ranking.length; place++) {
      if (ranking[place] == truth) {
        return place;
      }
    }
    return ranking.length;
  }

  /**
   * Intervals of the headline figures, by {@link Headline#key}; a figure without photos has none.
   * Shares get the exact interval, the others that of the bootstrap. Drawing with replacement
   * raises the calibration error by itself, so nothing honest can be said about its luck: it has
   * none.
   */
  Map<String, Interval> intervals(Bootstrap bootstrap) {
    Figures figures = figures();
    List<Bootstrap.Values> drawn =
        bootstrap.values(mushrooms.stream().map(Mushroom::find).toList(), weighted());
    Map<String, Interval> intervals = new LinkedHashMap<>();
    for (Headline headline : Headline.values()) {
      Double value = headline.of(figures);
      List<String> finds = finds(headline.counted());
      if (value == null || finds.isEmpty()) {
        continue;
      }
      Optional<Interval> interval =
          switch (headline) {
            case MACRO_F1 -> drawn.get(OutcomeFigures.MACRO_F1).basic(value);
            case LOSS -> drawn.get(LOSS).percentile();
            case POISON_COST -> drawn.get(OutcomeFigures.COST).percentile();
            case CALIBRATION_ERROR -> Optional.empty();
            default -> Optional.of(exact(value, finds));
          };
      interval.ifPresent(found -> intervals.put(headline.key(), found));
    }
    return intervals;
  }

  private static Interval exact(double share, List<String> finds) {
    int part = (int) Math.round(share * finds.size());
    return Interval.ofShare(part, finds.size(), (int) finds.stream().distinct().count());
  }

  /** For each photo that a figure is a share or a mean of, the find it belongs to. */
  private List<String> finds(Headline.Counted counted) {
    return switch (counted) {
      case MUSHROOMS -> mushrooms.stream().map(Mushroom::find).toList();
      case POISONOUS -> mushrooms.stream().filter(this::isPoisonous).map(Mushroom::find).toList();
      case REST ->
          mushrooms.stream().filter(photo -> !isPoisonous(photo)).map(Mushroom::find).toList();
      case OTHERS -> others.stream().map(Other::find).toList();
    };
  }

  private Bootstrap.Figures weighted() {
    OutcomeFigures outcomes = new OutcomeFigures(mushrooms.stream().map(this::outcome).toList());
    return weights -> {
      double[] figures = Arrays.copyOf(outcomes.of(weights), LOSS + 1);
      figures[LOSS] = loss(weights);
      return figures;
    };
  }

  private OutcomeFigures.Outcome outcome(Mushroom photo) {
    return new OutcomeFigures.Outcome(
        photo.truth(), photo.likeliest(), isPoisonous(photo), photo.flag(), photo.refused());
  }

  private double loss(int[] weights) {
    double total = 0;
    double loss = 0;
    for (int row = 0; row < weights.length; row++) {
      total += weights[row];
      loss += weights[row] * mushrooms.get(row).loss();
    }
    return loss / total;
  }

  private boolean isPoisonous(Mushroom photo) {
    return toxicities.isPoisonous(photo.truth());
  }

  Figures figures() {
    int n = mushrooms.size();
    int top1 = 0;
    int top5 = 0;
    int genus = 0;
    int poisonous = 0;
    int missed = 0;
    int alarms = 0;
    int cannotTell = 0;
    int refused = 0;
    double loss = 0;
    int[] truth = new int[n];
    int[] predicted = new int[n];
    double[] confidence = new double[n];
    for (int row = 0; row < n; row++) {
      Mushroom photo = mushrooms.get(row);
      truth[row] = photo.truth();
      predicted[row] = photo.likeliest();
      confidence[row] = photo.confidence();
      loss += photo.loss();
      top1 += photo.place() == 0 ? 1 : 0;
      top5 += photo.place() < 5 ? 1 : 0;
      genus += genus(photo.likeliest()).equals(genus(photo.truth())) ? 1 : 0;
      refused += photo.refused() ? 1 : 0;
      cannotTell += photo.flag() == PoisonFlag.CANNOT_TELL ? 1 : 0;
      if (isPoisonous(photo)) {
        poisonous++;
        missed += photo.flag() == PoisonFlag.NOT_KNOWN_POISONOUS ? 1 : 0;
      } else {
        alarms += photo.flag() == PoisonFlag.POISONOUS ? 1 : 0;
      }
    }
    int othersRefused = (int) others.stream().filter(Other::refused).count();
    return new Figures(
        n,
        Evaluator.share(top1, n),
        Evaluator.share(top5, n),
        Evaluator.share(genus, n),
        Evaluator.macroF1(toxicities.labels().size(), truth, predicted),
        Evaluator.calibrationError(truth, predicted, confidence),
        loss / Math.max(1, n),
        Evaluator.shareOrNull(poisonous - missed, poisonous),
        Evaluator.shareOrNull(alarms, n - poisonous),
        Evaluator.share(cannotTell, n),
        (PoisonCosts.COST_RATIO * missed + alarms) / Math.max(1, n),
        Evaluator.shareOrNull(othersRefused, others.size()),
        Evaluator.share(refused, n));
  }

  private String genus(int label) {
    return ClassScore.genus(toxicities.labels().get(label));
  }
}
