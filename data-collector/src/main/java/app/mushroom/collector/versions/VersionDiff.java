package app.mushroom.collector.versions;

import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.DatasetVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How one version differs from another.
 *
 * @param added photos that only the later version has
 * @param removed photos that only the earlier one has
 * @param changed photos that both have and say different things of
 */
public record VersionDiff(
    List<DatasetPhoto> added, List<DatasetPhoto> removed, List<Change> changed) {

  /** One photo as it was and as it is. */
  public record Change(DatasetPhoto before, DatasetPhoto after) {

    /** Whether it learned to be something else: what makes figures of the two incomparable. */
    public boolean isRelabelled() {
      return !before.label().equals(after.label());
    }

    /** Whether a model could now be judged by what an earlier one has learned from. */
    public boolean isMoved() {
      return before.split() != after.split();
    }
  }

  public VersionDiff {
    added = List.copyOf(added);
    removed = List.copyOf(removed);
    changed = List.copyOf(changed);
  }

  public static VersionDiff of(DatasetVersion before, DatasetVersion after) {
    Map<String, DatasetPhoto> earlier = byHash(before);
    Map<String, DatasetPhoto> later = byHash(after);
    List<Change> changed = new ArrayList<>();
    earlier.forEach(
        (sha256, photo) -> {
          DatasetPhoto now = later.get(sha256);
          if (now != null && !now.equals(photo)) {
            changed.add(new Change(photo, now));
          }
        });
    return new VersionDiff(only(later, earlier), only(earlier, later), changed);
  }

  private static Map<String, DatasetPhoto> byHash(DatasetVersion version) {
    return version.photos().stream()
        .collect(
            Collectors.toMap(
                DatasetPhoto::sha256, Function.identity(), (one, other) -> one, TreeMap::new));
  }

  private static List<DatasetPhoto> only(
      Map<String, DatasetPhoto> these, Map<String, DatasetPhoto> notThose) {
    return these.values().stream().filter(photo -> !notThose.containsKey(photo.sha256())).toList();
  }

  public boolean isEmpty() {
    return added.isEmpty() && removed.isEmpty() && changed.isEmpty();
  }

  /** Label → photos more, or fewer, than before; labels without a difference are left out. */
  public Map<String, Integer> byLabel() {
    Map<String, Integer> difference = new TreeMap<>();
    added.forEach(photo -> difference.merge(photo.label(), 1, Integer::sum));
    removed.forEach(photo -> difference.merge(photo.label(), -1, Integer::sum));
    changed.stream()
        .filter(Change::isRelabelled)
        .forEach(
            change -> {
              difference.merge(change.before().label(), -1, Integer::sum);
              difference.merge(change.after().label(), 1, Integer::sum);
            });
    difference.values().removeIf(count -> count == 0);
    return difference;
  }
}
