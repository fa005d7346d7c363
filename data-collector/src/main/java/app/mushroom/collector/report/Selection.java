package app.mushroom.collector.report;

import app.mushroom.storage.dataset.DatasetPhoto;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A few photos of many, as different ones as there are. The same photos give the same few. */
final class Selection {
  private Selection() {}

  /** The first of every find, then the second of every find, and so on. */
  static List<DatasetPhoto> ofFinds(List<DatasetPhoto> photos, int most) {
    return inTurns(photos, DatasetPhoto::group, most);
  }

  /** The first of every label, then the second of every label, and so on. */
  static List<DatasetPhoto> ofLabels(List<DatasetPhoto> photos, int most) {
    return inTurns(photos, DatasetPhoto::label, most);
  }

  private static List<DatasetPhoto> inTurns(
      List<DatasetPhoto> photos, Function<DatasetPhoto, String> by, int most) {
    Map<String, Deque<DatasetPhoto>> queues = new LinkedHashMap<>();
    photos.forEach(
        photo -> queues.computeIfAbsent(by.apply(photo), name -> new ArrayDeque<>()).add(photo));
    List<DatasetPhoto> chosen = new ArrayList<>();
    while (chosen.size() < Math.min(most, photos.size())) {
      queues.values().removeIf(Deque::isEmpty);
      queues.values().stream()
          .limit(most - chosen.size())
          .forEach(queue -> chosen.add(queue.remove()));
    }
    return chosen;
  }
}
