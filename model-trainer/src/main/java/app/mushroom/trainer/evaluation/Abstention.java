package app.mushroom.trainer.evaluation;

import app.mushroom.vision.decision.AnswerRank;
import app.mushroom.vision.decision.LabelSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much better the answers get when the least confident are withheld, and what the model's own
 * thresholds withhold.
 *
 * @param curve from the most confident photos to all of them, at most a hundred points
 * @param riskCoverageArea mean share of wrong answers over all coverages (AURC: Geifman, Uziel and
 *     El-Yaniv, ICLR 2019); lower is better, 0 without photos
 * @param species answers that name a species
 * @param genus answers that name only a genus
 * @param notSure photos answered with no name at all
 * @param notMushroom photos that the gate took for something else
 */
public record Abstention(
    List<Point> curve,
    double riskCoverageArea,
    Answers species,
    Answers genus,
    int notSure,
    int notMushroom) {

  private static final int POINTS = 100;

  /**
   * @param confidence that the least confident photo answered has
   * @param coverage share of photos answered
   * @param accuracy share of these whose likeliest label is right
   */
  public record Point(double confidence, double coverage, double accuracy) {}

  /**
   * @param photos answered so
   * @param coverage share of all mushroom photos
   * @param accuracy share of them that are right: the label, or the genus where only that is named;
   *     null without photos
   */
  public record Answers(int photos, double coverage, @Nullable Double accuracy) {}

  public Abstention {
    curve = List.copyOf(curve);
  }

  static Abstention of(List<AssessedPhoto> mushrooms, LabelSet labels) {
    List<AssessedPhoto> species = ranked(mushrooms, AnswerRank.SPECIES);
    List<AssessedPhoto> genus = ranked(mushrooms, AnswerRank.GENUS);
    int rightSpecies = (int) species.stream().filter(AssessedPhoto::isRight).count();
    int rightGenus =
        (int)
            genus.stream()
                .filter(
                    photo ->
                        ClassScore.genus(labels.get(photo.truth()))
                            .equals(photo.assessment().answer()))
                .count();
    int refused = (int) mushrooms.stream().filter(p -> !p.assessment().isMushroom()).count();
    List<AssessedPhoto> sorted =
        mushrooms.stream()
            .sorted(Comparator.comparingDouble(AssessedPhoto::confidence).reversed())
            .toList();
    return new Abstention(
        curve(sorted),
        area(sorted),
        answers(species.size(), rightSpecies, mushrooms.size()),
        answers(genus.size(), rightGenus, mushrooms.size()),
        mushrooms.size() - species.size() - genus.size() - refused,
        refused);
  }

  private static List<AssessedPhoto> ranked(List<AssessedPhoto> photos, AnswerRank rank) {
    return photos.stream().filter(photo -> photo.assessment().rank() == rank).toList();
  }

  private static Answers answers(int photos, int right, int all) {
    return new Answers(
        photos, all == 0 ? 0 : (double) photos / all, photos == 0 ? null : (double) right / photos);
  }

  /** Photos of equal confidence are answered together: no threshold tells them apart. */
  private static List<Point> curve(List<AssessedPhoto> sorted) {
    List<Point> points = new ArrayList<>();
    int right = 0;
    int n = sorted.size();
    double next = 0;
    for (int i = 0; i < n; i++) {
      right += sorted.get(i).isRight() ? 1 : 0;
      double coverage = (i + 1.0) / n;
      boolean tied = i + 1 < n && sorted.get(i + 1).confidence() == sorted.get(i).confidence();
      if (!tied && (coverage >= next || i + 1 == n)) {
        points.add(new Point(sorted.get(i).confidence(), coverage, right / (i + 1.0)));
        next = coverage + 1.0 / POINTS;
      }
    }
    return points;
  }

  private static double area(List<AssessedPhoto> sorted) {
    double sum = 0;
    int wrong = 0;
    for (int i = 0; i < sorted.size(); i++) {
      wrong += sorted.get(i).isRight() ? 0 : 1;
      sum += wrong / (i + 1.0);
    }
    return sorted.isEmpty() ? 0 : sum / sorted.size();
  }
}
