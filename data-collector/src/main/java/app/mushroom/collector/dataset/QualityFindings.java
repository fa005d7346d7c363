package app.mushroom.collector.dataset;

import java.util.List;
import java.util.Map;

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
      LikePair photos, String label, String where, String otherLabel, String otherWhere) {}
}
