package app.mushroom.collector.dataset;

import app.mushroom.storage.Sha256;
import app.mushroom.storage.dataset.Split;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * Shares groups without a split out, label by label: test and val take what they lack in the order
 * of the groups' hashes, train takes the rest. The order of the input plays no part, and what
 * already has a split is only counted, never moved.
 */
final class SplitAssigner {
  private final SplitShares shares;
  private final Map<String, Map<Split, Integer>> counts = new TreeMap<>();

  SplitAssigner(SplitShares shares) {
    this.shares = shares;
  }

  /** A group that has no split yet. */
  record Unassigned(String group, String label, int photos) {
    private String hash() {
      return Sha256.of(group.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Counts a photo that has its split. */
  void count(String label, Split split, int photos) {
    counts
        .computeIfAbsent(label, key -> new EnumMap<>(Split.class))
        .merge(split, photos, Integer::sum);
  }

  void assign(List<Unassigned> groups, BiConsumer<String, Split> decision) {
    groups.stream()
        .collect(Collectors.groupingBy(Unassigned::label, TreeMap::new, Collectors.toList()))
        .forEach((label, unassigned) -> assign(label, unassigned, decision));
  }

  private void assign(String label, List<Unassigned> groups, BiConsumer<String, Split> decision) {
    Map<Split, Integer> has = counts.getOrDefault(label, Map.of());
    int total =
        has.values().stream().mapToInt(Integer::intValue).sum()
            + groups.stream().mapToInt(Unassigned::photos).sum();
    int test = shares.of(Split.TEST, total) - has.getOrDefault(Split.TEST, 0);
    int val = shares.of(Split.VAL, total) - has.getOrDefault(Split.VAL, 0);
    for (Unassigned group :
        groups.stream().sorted(Comparator.comparing(Unassigned::hash)).toList()) {
      if (test > 0) {
        test -= group.photos();
        decision.accept(group.group(), Split.TEST);
      } else if (val > 0) {
        val -= group.photos();
        decision.accept(group.group(), Split.VAL);
      } else {
        decision.accept(
            group.group(),
            shares.train() > 0 ? Split.TRAIN : shares.val() > 0 ? Split.VAL : Split.TEST);
      }
    }
  }
}
