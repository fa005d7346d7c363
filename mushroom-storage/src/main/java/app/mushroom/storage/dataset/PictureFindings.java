package app.mushroom.storage.dataset;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What comparing the pictures of a version found. Pairs are counted so that chains of them join all
 * photos that look alike: n copies of one picture are n - 1 pairs.
 *
 * @param nearDuplicatePairs photos of the version that look alike
 * @param acrossLabels of these, pairs of different labels, such as a genus and a species of it
 * @param acrossSplits of these, pairs of different splits: figures on val or test flatter
 * @param conflictingPairs photos that look the same under labels that contradict each other; of
 *     each, what was not published before was left out
 * @param review word, such as {@code drawing} → photos of the version that a person should look at
 */
public record PictureFindings(
    int nearDuplicatePairs,
    int acrossLabels,
    int acrossSplits,
    int conflictingPairs,
    Map<String, Integer> review) {

  public PictureFindings {
    review = sorted(review);
  }

  private static Map<String, Integer> sorted(@Nullable Map<String, Integer> counts) {
    return counts == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(counts));
  }
}
