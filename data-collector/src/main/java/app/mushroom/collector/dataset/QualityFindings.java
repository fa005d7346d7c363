package app.mushroom.collector.dataset;

import java.util.List;
import java.util.Map;

/**
 * What was seen in the photos while a version was assembled, for people to look at.
 *
 * @param nearDuplicates photos of the version that look alike; chains of pairs join all that belong
 *     together
 * @param conflicting photos that look the same under labels that contradict each other; at least
 *     the first of each is not in the version
 * @param review photo of the version, by its hash → words for what a person should look at, such as
 *     {@code drawing}; photos without such words are left out
 */
public record QualityFindings(
    List<LikePair> nearDuplicates, List<LikePair> conflicting, Map<String, List<String>> review) {

  public QualityFindings {
    nearDuplicates = List.copyOf(nearDuplicates);
    conflicting = List.copyOf(conflicting);
    review = Map.copyOf(review);
  }
}
