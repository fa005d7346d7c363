package app.mushroom.collector.report;

import app.mushroom.storage.dataset.DatasetPhoto;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Photos by something, the most frequent first.
 *
 * @param left a sentence on rows that are not shown; empty if all are
 */
record Tally(String caption, String what, List<Row> rows, String left) {
  private static final int MAX_ROWS = 100;

  /** One of them. */
  record Row(String name, String photos) {}

  static Tally of(
      String caption, String what, List<DatasetPhoto> photos, Function<DatasetPhoto, String> by) {
    Map<String, Integer> counts = new TreeMap<>();
    photos.forEach(photo -> counts.merge(by.apply(photo), 1, Integer::sum));
    List<Row> rows =
        counts.entrySet().stream()
            .sorted(
                Map.Entry.<String, Integer>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(MAX_ROWS)
            .map(entry -> new Row(Words.shortened(entry.getKey()), Words.number(entry.getValue())))
            .toList();
    int left = counts.size() - rows.size();
    return new Tally(
        caption, what, rows, left == 0 ? "" : "Not shown here: " + Words.number(left) + " more.");
  }
}
