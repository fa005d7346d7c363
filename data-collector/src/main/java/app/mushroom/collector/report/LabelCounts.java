package app.mushroom.collector.report;

import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.Split;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Photos per label and split. */
record LabelCounts(Map<String, Map<Split, Integer>> byLabel) {

  static LabelCounts of(List<DatasetPhoto> photos) {
    Map<String, Map<Split, Integer>> counts = new TreeMap<>();
    for (DatasetPhoto photo : photos) {
      counts
          .computeIfAbsent(photo.label(), label -> new EnumMap<>(Split.class))
          .merge(photo.split(), 1, Integer::sum);
    }
    return new LabelCounts(counts);
  }

  int of(String label) {
    return byLabel.getOrDefault(label, Map.of()).values().stream()
        .mapToInt(Integer::intValue)
        .sum();
  }

  int of(String label, Split split) {
    return byLabel.getOrDefault(label, Map.of()).getOrDefault(split, 0);
  }

  int of(Split split) {
    return byLabel.keySet().stream().mapToInt(label -> of(label, split)).sum();
  }
}
