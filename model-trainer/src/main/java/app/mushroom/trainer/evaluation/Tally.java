package app.mushroom.trainer.evaluation;

import app.mushroom.trainer.evaluation.Bootstrap.Interval;
import app.mushroom.vision.decision.Assessment;
import app.mushroom.vision.decision.LabelSet;
import app.mushroom.vision.decision.PoisonFlag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the policy made of each photo, boiled down to what the headline figures count. */
final class Tally {

  private static final double MISSED_COST = 100;

  private final LabelSet labels;
  private final List<Mushroom> mushrooms = new ArrayList<>();
  private final List<Boolean> othersRefused = new ArrayList<>();

  /**
   * One mushroom photo.
   *
   * @param place of the true label in the ranking, 0 for the likeliest
   * @param confidence the likeliest label's probability
   * @param loss negative log-likelihood of the true label
   */
  private record Mushroom(
      int truth,
      int likeliest,
      int place,
      double confidence,
      double loss,
      boolean refused,
      PoisonFlag flag) {}

  Tally(LabelSet labels) {
    this.labels = labels;
  }

  /** Counts a photo; one of an unknown label counts nowhere. */
  void add(int truth, Assessment answer) {
    if (truth >= 0) {
      int likeliest = answer.ranking()[0];
      mushrooms.add(
          new Mushroom(
              truth,
              likeliest,
              place(answer.ranking(), truth),
              answer.probabilities()[likeliest],
              -Math.log(Math.max(1e-12, answer.probabilities()[truth])),
              !answer.isMushroom(),
              answer.flag()));
    } else if (truth == LabelledOutputs.NOT_MUSHROOM) {
      othersRefused.add(!answer.isMushroom());
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

  Figures figures() {
    return figures(mushrooms, othersRefused);
  }

  /**
   * Intervals of the headline figures, by {@link Headline#key}; a figure without photos has none.
   * Mushrooms and other photos are drawn apart. A share of none or all of the photos says nothing
   * by resampling: it gets the exact interval (Clopper and Pearson, Biometrika 1934).
   */
  Map<String, Interval> intervals(Bootstrap bootstrap) {
    List<Optional<Interval>> ofMushrooms =
        bootstrap.intervals(mushrooms.size(), drawn -> values(drawn(mushrooms, drawn), List.of()));
    List<Optional<Interval>> ofOthers =
        bootstrap.intervals(
            othersRefused.size(), drawn -> values(List.of(), drawn(othersRefused, drawn)));
    List<Headline> headlines = List.of(Headline.values());
    Figures figures = figures();
    Map<String, Interval> intervals = new LinkedHashMap<>();
    for (int i = 0; i < headlines.size(); i++) {
      Headline headline = headlines.get(i);
      int photos = counted(headline, mushrooms, othersRefused);
      double value = headline.of(figures);
      if (photos > 0 && headline.isShare() && (value == 0 || value == 1)) {
        intervals.put(headline.key(), exact(value, photos));
      } else if (photos > 0) {
        (headline.counted() == Headline.Counted.OTHERS ? ofOthers : ofMushrooms)
            .get(i)
            .ifPresent(interval -> intervals.put(headline.key(), interval));
      }
    }
    return intervals;
  }

  private static Interval exact(double share, int photos) {
    double rare = Math.pow(0.025, 1.0 / photos);
    return share == 0 ? new Interval(0, 1 - rare) : new Interval(rare, 1);
  }

  /** How many photos a figure is a share or a mean of. */
  private int counted(Headline headline, List<Mushroom> photos, List<Boolean> refusals) {
    int poisonous = (int) photos.stream().filter(this::isPoisonous).count();
    return switch (headline.counted()) {
      case MUSHROOMS -> photos.size();
      case POISONOUS -> poisonous;
      case REST -> photos.size() - poisonous;
      case OTHERS -> refusals.size();
    };
  }

  private double[] values(List<Mushroom> photos, List<Boolean> refusals) {
    Figures figures = figures(photos, refusals);
    return Arrays.stream(Headline.values())
        .mapToDouble(
            headline ->
                counted(headline, photos, refusals) == 0 ? Double.NaN : headline.of(figures))
        .toArray();
  }

  private static <T> List<T> drawn(List<T> all, int[] drawn) {
    return Arrays.stream(drawn).mapToObj(all::get).toList();
  }

  private boolean isPoisonous(Mushroom photo) {
    return labels.get(photo.truth()).toxicity().isPoisonous();
  }

  private Figures figures(List<Mushroom> photos, List<Boolean> refusals) {
    int n = photos.size();
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
      Mushroom photo = photos.get(row);
      truth[row] = photo.truth();
      predicted[row] = photo.likeliest();
      confidence[row] = photo.confidence();
      loss += photo.loss();
      top1 += photo.place() == 0 ? 1 : 0;
      top5 += photo.place() < 5 ? 1 : 0;
      genus += Objects.equals(genus(photo.likeliest()), genus(photo.truth())) ? 1 : 0;
      refused += photo.refused() ? 1 : 0;
      cannotTell += photo.flag() == PoisonFlag.CANNOT_TELL ? 1 : 0;
      if (isPoisonous(photo)) {
        poisonous++;
        missed += photo.flag() == PoisonFlag.NOT_KNOWN_POISONOUS ? 1 : 0;
      } else {
        alarms += photo.flag() == PoisonFlag.POISONOUS ? 1 : 0;
      }
    }
    int othersRefused = (int) refusals.stream().filter(refusal -> refusal).count();
    return new Figures(
        n,
        Evaluator.share(top1, n),
        Evaluator.share(top5, n),
        Evaluator.share(genus, n),
        new Evaluator(labels).macroF1(truth, predicted),
        Evaluator.calibrationError(truth, predicted, confidence),
        loss / Math.max(1, n),
        1 - Evaluator.share(missed, poisonous),
        Evaluator.share(alarms, n - poisonous),
        Evaluator.share(cannotTell, n),
        (MISSED_COST * missed + alarms) / Math.max(1, n),
        Evaluator.share(othersRefused, refusals.size()),
        Evaluator.share(refused, n));
  }

  private @Nullable String genus(int label) {
    return labels.get(label).genus();
  }
}
