package app.mushroom.trainer.promotion;

import app.mushroom.storage.model.DatasetReference;
import java.util.List;

/**
 * Champion and candidate on the same test photos.
 *
 * @param dataset whose test split it is
 * @param photos compared on
 * @param finds they belong to, which the intervals resample
 * @param seenByChampion test photos left out since the champion learned from them
 * @param unreadable test photos left out since they cannot be read
 * @param rounds of the bootstrap
 * @param seed of the bootstrap
 * @param poisonRecall share of photos of poisonous labels flagged or answered "cannot tell"
 * @param poisonCost (100·missed + alarms) / photos
 * @param macroF1 over the labels that occur
 * @param labels those that one version names more often right than the other
 */
public record Comparison(
    DatasetReference dataset,
    int photos,
    int finds,
    int seenByChampion,
    int unreadable,
    int rounds,
    long seed,
    Measured poisonRecall,
    Measured poisonCost,
    Measured macroF1,
    List<LabelChange> labels) {

  /**
   * How often a label was named right.
   *
   * @param photos of it
   * @param champion how many of them the champion named right
   * @param candidate how many of them the candidate named right
   */
  public record LabelChange(String label, int photos, int champion, int candidate) {}

  public Comparison {
    labels = List.copyOf(labels);
  }

  /** What was compared, in words. */
  String basis() {
    return "Both asked about the same %d test photos (%d finds) of %s version %d%s%s."
        .formatted(
            photos,
            finds,
            dataset.name(),
            dataset.version(),
            seenByChampion == 0
                ? ""
                : ", without %d that the champion learned from".formatted(seenByChampion),
            unreadable == 0 ? "" : ", without %d that cannot be read".formatted(unreadable));
  }
}
