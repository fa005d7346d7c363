package app.mushroom.collector.dataset;

import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.PictureFindings;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What was seen in the photos while a version was assembled, for people to look at.
 *
 * @param nearDuplicates photos of the version that look alike; chains of pairs join all that belong
 *     together
 * @param conflicting photos that look the same under labels that contradict each other; at least
 *     the first of each is not in the version; one photo under two labels makes a pair with itself
 * @param review photo of the version, by its hash → words for what a person should look at, such as
 *     {@code drawing}; photos without such words are left out
 * @param claims photo of a conflict, by its hash → what is said of it, and by whom: the version
 *     says nothing of photos that it does not hold
 */
public record QualityFindings(
    List<LikePair> nearDuplicates,
    List<LikePair> conflicting,
    Map<String, List<String>> review,
    Map<String, List<Claim>> claims) {

  /** Nothing was found, or nobody looked. */
  public static final QualityFindings NONE =
      new QualityFindings(List.of(), List.of(), Map.of(), Map.of());

  /**
   * What a photo is said to show.
   *
   * @param label as given there
   * @param where which photo, as its owner would find it; text from outside
   */
  public record Claim(String label, String where) {}

  public QualityFindings {
    nearDuplicates = List.copyOf(nearDuplicates);
    conflicting = List.copyOf(conflicting);
    review = Map.copyOf(review);
    claims = Map.copyOf(claims);
  }

  public QualityFindings(
      List<LikePair> nearDuplicates, List<LikePair> conflicting, Map<String, List<String>> review) {
    this(nearDuplicates, conflicting, review, Map.of());
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
        conflicting.size(),
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
