package app.mushroom.trainer.promotion;

import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.model.DatasetReference;
import app.mushroom.trainer.evaluation.Bootstrap;
import app.mushroom.trainer.evaluation.OutcomeFigures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Turns what versions answered for test photos into the numbers that decide.
 *
 * @param poisonous names of the labels that count as poisonous
 */
record Measurement(TestPhotos test, Set<String> poisonous) {

  /**
   * A first version on its own.
   *
   * @param photos of mushrooms
   * @param dangers of them of poisonous labels
   * @param poisonRecall NaN without such photos
   */
  record Alone(int photos, int dangers, double poisonRecall, double cannotTell) {}

  /**
   * @param outcomes for each photo of {@link TestPhotos#all}
   */
  Alone alone(PhotoOutcomes outcomes) {
    int[] once = new int[test.photos().size()];
    Arrays.fill(once, 1);
    double[] figures = figures(test.photos(), outcomes.rows(mushrooms())).of(once);
    int dangers =
        (int) test.photos().stream().filter(photo -> poisonous.contains(photo.label())).count();
    return new Alone(
        once.length, dangers, figures[OutcomeFigures.RECALL], figures[OutcomeFigures.CANNOT_TELL]);
  }

  /**
   * @param champion the champion's outcomes for each photo of {@link TestPhotos#all}
   * @param candidate the new version's
   * @param known names of the champion's labels
   */
  Comparison compare(
      DatasetReference dataset,
      PhotoOutcomes champion,
      PhotoOutcomes candidate,
      Set<String> known) {
    List<DatasetPhoto> photos = test.photos();
    PhotoOutcomes before = champion.rows(mushrooms());
    PhotoOutcomes after = candidate.rows(mushrooms());
    List<Measured> measured = compare(photos, before, after);
    return new Comparison(
        dataset,
        photos.size(),
        bootstrap(photos).finds(),
        test.seenByChampion(),
        test.unreadable().size(),
        PairedBootstrap.BOOTSTRAP.rounds(),
        PairedBootstrap.BOOTSTRAP.seed(),
        measured.get(OutcomeFigures.RECALL),
        measured.get(OutcomeFigures.COST),
        measured.get(OutcomeFigures.MACRO_F1),
        changes(photos, before, after),
        measured.get(OutcomeFigures.CANNOT_TELL),
        measured.get(OutcomeFigures.REFUSED),
        test.others().size(),
        others(champion, candidate),
        known(before, after, known),
        test.seenByCandidate());
  }

  private int[] mushrooms() {
    return IntStream.range(0, test.photos().size()).toArray();
  }

  private OutcomeFigures figures(List<DatasetPhoto> photos, PhotoOutcomes outcomes) {
    Map<String, Integer> index = new HashMap<>();
    List<OutcomeFigures.Outcome> found = new ArrayList<>();
    for (int row = 0; row < photos.size(); row++) {
      String label = photos.get(row).label();
      found.add(
          new OutcomeFigures.Outcome(
              index.computeIfAbsent(label, unseen -> index.size()),
              index.computeIfAbsent(outcomes.named().get(row), unseen -> index.size()),
              poisonous.contains(label),
              outcomes.flags().get(row),
              outcomes.refused().get(row)));
    }
    return new OutcomeFigures(found);
  }

  private static PairedBootstrap bootstrap(List<DatasetPhoto> photos) {
    return new PairedBootstrap(photos.stream().map(DatasetPhoto::group).toList());
  }

  private List<Measured> compare(
      List<DatasetPhoto> photos, PhotoOutcomes before, PhotoOutcomes after) {
    return bootstrap(photos).compare(figures(photos, before), figures(photos, after));
  }

  private @Nullable Measured others(PhotoOutcomes champion, PhotoOutcomes candidate) {
    if (test.others().isEmpty()) {
      return null;
    }
    int first = test.photos().size();
    return bootstrap(test.others())
        .compare(
            share(row -> champion.refused().get(first + row)),
            share(row -> candidate.refused().get(first + row)))
        .get(0);
  }

  private static Bootstrap.Figures share(IntPredicate hit) {
    return weights -> {
      double total = 0;
      double hits = 0;
      for (int row = 0; row < weights.length; row++) {
        total += weights[row];
        hits += hit.test(row) ? weights[row] : 0;
      }
      return new double[] {hits / total};
    };
  }

  private Comparison.@Nullable KnownLabels known(
      PhotoOutcomes before, PhotoOutcomes after, Set<String> known) {
    List<DatasetPhoto> photos = test.photos();
    int[] rows =
        IntStream.range(0, photos.size())
            .filter(row -> known.contains(photos.get(row).label()))
            .toArray();
    if (rows.length == photos.size() || rows.length == 0) {
      return null;
    }
    List<Measured> measured =
        compare(
            Arrays.stream(rows).mapToObj(photos::get).toList(),
            before.rows(rows),
            after.rows(rows));
    return new Comparison.KnownLabels(
        rows.length,
        measured.get(OutcomeFigures.RECALL),
        measured.get(OutcomeFigures.COST),
        measured.get(OutcomeFigures.MACRO_F1));
  }

  private static List<Comparison.LabelChange> changes(
      List<DatasetPhoto> photos, PhotoOutcomes before, PhotoOutcomes after) {
    Map<String, int[]> counts = new TreeMap<>();
    for (int row = 0; row < photos.size(); row++) {
      String label = photos.get(row).label();
      int[] count = counts.computeIfAbsent(label, unseen -> new int[3]);
      count[0]++;
      count[1] += before.named().get(row).equals(label) ? 1 : 0;
      count[2] += after.named().get(row).equals(label) ? 1 : 0;
    }
    List<Comparison.LabelChange> changes = new ArrayList<>();
    counts.forEach(
        (label, count) -> {
          if (count[1] != count[2]) {
            changes.add(new Comparison.LabelChange(label, count[0], count[1], count[2]));
          }
        });
    return changes;
  }
}
