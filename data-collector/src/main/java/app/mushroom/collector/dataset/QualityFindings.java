package app.mushroom.collector.dataset;

import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.PictureFindings;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What was seen in the photos while a version was assembled, for people to look at.
 *
 * @param nearDuplicates photos of the version that look alike; chains of pairs join all that belong
 *     together
 * @param conflicting photos that look the same under labels that contradict each other; what was
 *     not in a version before is not in this one
 * @param review photo of the version, by its hash → words for what a person should look at, such as
 *     {@code drawing}; photos without such words are left out
 */
public record QualityFindings(
    List<LikePair> nearDuplicates,
    List<Conflicting> conflicting,
    Map<String, List<String>> review) {

  /** Nothing to look at. */
  public static final QualityFindings NONE = new QualityFindings(List.of(), List.of(), Map.of());

  public QualityFindings {
    nearDuplicates = List.copyOf(nearDuplicates);
    conflicting = List.copyOf(conflicting);
    review = Map.copyOf(review);
  }

  /**
   * Two photos, or one, under labels that contradict each other.
   *
   * @param photos of which one may be the other
   * @param label of the first
   * @param where the first comes from, as its owner would find it
   * @param otherLabel of the second
   * @param otherWhere where the second comes from
   */
  public record Conflicting(
      LikePair photos, String label, String where, String otherLabel, String otherWhere) {

    /** The same for the same two, whichever comes first. */
    private String key() {
      return Stream.of(photos.sha256() + " " + label, photos.otherSha256() + " " + otherLabel)
          .sorted()
          .collect(Collectors.joining(" "));
    }
  }

  /** The conflicts, each of them once: two photos that accuse each other are one. */
  public List<Conflicting> distinctConflicts() {
    Map<String, Conflicting> distinct = new TreeMap<>();
    conflicting.forEach(conflict -> distinct.putIfAbsent(conflict.key(), conflict));
    return List.copyOf(distinct.values());
  }

  /**
   * As a version's card counts them.
   *
   * @param photos of the version
   */
  public PictureFindings counts(List<DatasetPhoto> photos) {
    Map<String, DatasetPhoto> byHash =
        photos.stream()
            .collect(Collectors.toMap(DatasetPhoto::sha256, Function.identity(), (a, b) -> a));
    Map<String, Integer> words = new TreeMap<>();
    review.values().forEach(of -> of.forEach(word -> words.merge(word, 1, Integer::sum)));
    return new PictureFindings(
        nearDuplicates.size(),
        differing(byHash, DatasetPhoto::label),
        differing(byHash, DatasetPhoto::split),
        distinctConflicts().size(),
        words);
  }

  private int differing(Map<String, DatasetPhoto> photos, Function<DatasetPhoto, Object> in) {
    return (int)
        nearDuplicates.stream()
            .filter(
                pair -> {
                  DatasetPhoto one = photos.get(pair.sha256());
                  DatasetPhoto other = photos.get(pair.otherSha256());
                  return one != null
                      && other != null
                      && !Objects.equals(in.apply(one), in.apply(other));
                })
            .count();
  }
}
