package app.mushroom.collector.report;

import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.LabelRank;
import app.mushroom.storage.dataset.Split;
import app.mushroom.vision.species.Species;
import app.mushroom.vision.species.SpeciesCatalogue;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How many photos each label has in each split.
 *
 * @param rows those with most photos first
 */
record LabelBalance(LabelCounts counts, List<Row> rows) {
  /** Fewer labels are seen at a glance without columns of their own. */
  private static final int MIN_TAIL = 25;

  /** Whether the shape of all labels together is worth a picture. */
  boolean tail() {
    return rows.size() >= MIN_TAIL;
  }

  /**
   * One label.
   *
   * @param parts of the label, between which a line may break
   * @param toxicity in words
   * @param poisonous whether it is poisonous or deadly
   * @param few whether it is poisonous and has fewer photos than it should
   * @param height of a column, in per cent of the highest, for a style
   * @param trainWidth of a part of a bar, in per cent of the longest, for a style
   */
  record Row(
      String label,
      List<String> parts,
      String toxicity,
      boolean poisonous,
      boolean few,
      int train,
      int val,
      int test,
      int photos,
      String height,
      String trainWidth,
      String valWidth,
      String testWidth) {}

  static LabelBalance of(List<DatasetPhoto> photos, SpeciesCatalogue catalogue, int target) {
    LabelCounts counts = LabelCounts.of(photos);
    Map<String, LabelRank> ranks = new HashMap<>();
    photos.forEach(photo -> ranks.putIfAbsent(photo.label(), photo.rank()));
    int most = counts.byLabel().keySet().stream().mapToInt(counts::of).max().orElse(1);
    return new LabelBalance(
        counts,
        counts.byLabel().keySet().stream()
            .map(
                label ->
                    row(
                        label,
                        ranks.get(label) == LabelRank.NONE
                            ? "no mushroom"
                            : toxicity(catalogue.find(label)),
                        catalogue
                            .find(label)
                            .filter(species -> species.toxicity().isPoisonous())
                            .isPresent(),
                        counts,
                        most,
                        target))
            .sorted(Comparator.comparing(Row::photos).reversed().thenComparing(Row::label))
            .toList());
  }

  static String toxicity(Optional<Species> species) {
    return species
        .map(known -> Words.toxicity(known.toxicity()))
        .orElse("not in the species catalogue");
  }

  private static Row row(
      String label, String toxicity, boolean poisonous, LabelCounts counts, int most, int target) {
    int photos = counts.of(label);
    return new Row(
        label,
        List.of(label.split("(?<=_)")),
        toxicity,
        poisonous,
        poisonous && photos < target,
        counts.of(label, Split.TRAIN),
        counts.of(label, Split.VAL),
        counts.of(label, Split.TEST),
        photos,
        width(photos, most),
        width(counts.of(label, Split.TRAIN), most),
        width(counts.of(label, Split.VAL), most),
        width(counts.of(label, Split.TEST), most));
  }

  private static String width(int photos, int most) {
    return String.format(Locale.ROOT, "%.2f", 100.0 * photos / most);
  }
}
