package app.mushroom.collector.dataset;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A photo that does not enter the dataset.
 *
 * @param reason stable name in lower case with underscores, such as {@code truncated}: what cards
 *     and summaries count
 * @param where which photo, as its owner would find it, such as {@code photos.csv line 12
 *     (photos/a.jpg)}; text from outside
 * @param detail a sentence: what was expected, what was found, what to do; text from outside
 */
public record Refusal(String reason, String where, String detail) {

  /** How many for each reason. */
  public static Map<String, Integer> counts(List<Refusal> refusals) {
    Map<String, Integer> counts = new TreeMap<>();
    refusals.forEach(refusal -> counts.merge(refusal.reason(), 1, Integer::sum));
    return counts;
  }
}
