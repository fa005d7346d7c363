package app.mushroom.collector.report;

import app.mushroom.collector.dataset.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Photos that are not in the version, by reason.
 *
 * @param counted whether there is nothing but the counts
 */
record LeftOut(List<Reason> reasons, boolean counted) {
  private static final int MAX_PER_REASON = 100;
  private static final int MAX_LISTED = 1000;

  /**
   * One reason, the most frequent first.
   *
   * @param listed the first photos of it
   * @param left a sentence on those that are not listed; empty if all are
   */
  record Reason(String reason, String count, List<Entry> listed, String left) {}

  /** One photo. */
  record Entry(String where, String detail) {}

  static LeftOut of(Reported reported) {
    Map<String, List<Refusal>> byReason =
        reported.refusals().stream()
            .collect(
                Collectors.groupingBy(Refusal::reason, LinkedHashMap::new, Collectors.toList()));
    List<Map.Entry<String, Integer>> sorted =
        reported.refused().entrySet().stream()
            .sorted(
                Map.Entry.<String, Integer>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey()))
            .toList();
    int room = MAX_LISTED;
    List<Reason> reasons = new ArrayList<>();
    for (Map.Entry<String, Integer> reason : sorted) {
      List<Refusal> all = byReason.getOrDefault(reason.getKey(), List.of());
      List<Entry> listed =
          all.stream()
              .limit(Math.min(MAX_PER_REASON, room))
              .map(
                  refusal ->
                      new Entry(
                          Words.shortened(refusal.where()), Words.shortened(refusal.detail())))
              .toList();
      room -= listed.size();
      int left = all.size() - listed.size();
      reasons.add(
          new Reason(
              reason.getKey(),
              Words.number(reason.getValue()),
              listed,
              left == 0 ? "" : "Not listed here: " + Words.number(left) + "."));
    }
    return new LeftOut(reasons, reported.refusals().isEmpty() && !reasons.isEmpty());
  }
}
