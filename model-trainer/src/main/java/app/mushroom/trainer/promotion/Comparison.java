package app.mushroom.trainer.promotion;

import app.mushroom.storage.model.DatasetReference;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
 * @param cannotTell share of photos answered "cannot tell"; this and what follows is null in
 *     decisions of before it was looked at
 * @param mushroomsRefused share of photos that the gate takes for no mushroom
 * @param others photos of anything but mushrooms compared on
 * @param notMushroomRefused share of those that the gate refuses; null without any
 * @param knownLabels null where the champion knows every label
 * @param seenByCandidate test photos left out since the new version's ingredients or teachers
 *     learned from them
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
    List<LabelChange> labels,
    @Nullable Measured cannotTell,
    @Nullable Measured mushroomsRefused,
    @Nullable Integer others,
    @Nullable Measured notMushroomRefused,
    @Nullable KnownLabels knownLabels,
    @Nullable Integer seenByCandidate) {

  /**
   * The figures that new labels could hide a fall of, on the photos of labels that the champion
   * knows.
   *
   * @param photos of them
   */
  public record KnownLabels(
      int photos, Measured poisonRecall, Measured poisonCost, Measured macroF1) {}

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
    Integer others = this.others;
    Integer seen = seenByCandidate;
    return "Both asked about the same %d test photos (%d finds) of %s version %d%s%s%s%s."
        .formatted(
            photos,
            finds,
            dataset.name(),
            dataset.version(),
            seenByChampion == 0
                ? ""
                : ", without %d that the champion learned from".formatted(seenByChampion),
            seen == null || seen == 0
                ? ""
                : ", without %d that the new version's ingredients or teachers learned from"
                    .formatted(seen),
            others == null || others == 0
                ? ""
                : ", and %d of anything but mushrooms".formatted(others),
            unreadable == 0 ? "" : ", without %d that cannot be read".formatted(unreadable));
  }
}
