package app.mushroom.storage.dataset;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What somebody who thinks of using a dataset version wants to know of its photos.
 *
 * @param finds groups: photos of one find, and photos that look alike, count once
 * @param photosPerLabel over the labels
 * @param shorterSide of the stored images in pixels, over the photos
 * @param labelsWithoutVal labels without a photo to choose by, sorted
 * @param labelsWithoutTest labels without a photo to judge by, sorted: no figure speaks of them
 * @param withoutAttribution photos whose source names no author
 * @param pictures what comparing the pictures found; null if nobody did
 */
public record DatasetQuality(
    int finds,
    Spread photosPerLabel,
    Spread shorterSide,
    List<String> labelsWithoutVal,
    List<String> labelsWithoutTest,
    int withoutAttribution,
    @Nullable PictureFindings pictures) {

  /**
   * The smallest, the middle and the largest of some numbers; of two in the middle the smaller, so
   * that it is a number that there is.
   */
  public record Spread(int min, int median, int max) {

    static Spread of(Collection<Integer> numbers) {
      List<Integer> sorted = numbers.stream().sorted().toList();
      return new Spread(
          sorted.get(0), sorted.get((sorted.size() - 1) / 2), sorted.get(sorted.size() - 1));
    }
  }

  public DatasetQuality {
    labelsWithoutVal = copy(labelsWithoutVal);
    labelsWithoutTest = copy(labelsWithoutTest);
  }

  private static List<String> copy(@Nullable List<String> labels) {
    return labels == null ? List.of() : List.copyOf(labels);
  }

  /**
   * @param photos at least one
   */
  public static DatasetQuality of(List<DatasetPhoto> photos, @Nullable PictureFindings pictures) {
    Map<String, List<DatasetPhoto>> byLabel =
        photos.stream()
            .collect(Collectors.groupingBy(DatasetPhoto::label, TreeMap::new, Collectors.toList()));
    return new DatasetQuality(
        (int) photos.stream().map(DatasetPhoto::group).distinct().count(),
        Spread.of(byLabel.values().stream().map(List::size).toList()),
        Spread.of(photos.stream().map(photo -> Math.min(photo.width(), photo.height())).toList()),
        without(Split.VAL, byLabel),
        without(Split.TEST, byLabel),
        (int) photos.stream().filter(DatasetQuality::namesNobody).count(),
        pictures);
  }

  private static boolean namesNobody(DatasetPhoto photo) {
    String attribution = photo.attribution();
    return attribution == null || attribution.isBlank();
  }

  private static List<String> without(Split split, Map<String, List<DatasetPhoto>> byLabel) {
    return byLabel.entrySet().stream()
        .filter(of -> of.getValue().stream().noneMatch(photo -> photo.split() == split))
        .map(Map.Entry::getKey)
        .toList();
  }
}
