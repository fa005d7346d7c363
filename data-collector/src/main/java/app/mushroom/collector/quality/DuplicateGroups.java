package app.mushroom.collector.quality;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Photos that must stay on one side of a split: equal bytes, near-duplicates, and photos of one
 * observation, and whatever a chain of these joins. The groups do not depend on the order of the
 * pairs.
 */
public final class DuplicateGroups {
  /**
   * What is known of a photo.
   *
   * @param id unique among the photos
   * @param exactHash equal for equal bytes
   * @param observation shared by photos of one find, with the source's name in it, so that numbers
   *     of two sources cannot meet; null where none is known
   */
  public record Member(String id, String exactHash, @Nullable String observation) {}

  private final DisjointSets sets;
  private final String[] names;
  private final List<List<Integer>> groups;

  private DuplicateGroups(DisjointSets sets, String[] names, List<List<Integer>> groups) {
    this.sets = sets;
    this.names = names;
    this.groups = groups;
  }

  /**
   * @param pairs positions in {@code members}
   * @throws IllegalArgumentException where a pair names a position that is not there
   */
  public static DuplicateGroups of(List<Member> members, Iterable<NearPair> pairs) {
    DisjointSets sets = new DisjointSets(members.size());
    Map<String, Integer> byHash = new HashMap<>();
    Map<String, Integer> byObservation = new HashMap<>();
    for (int i = 0; i < members.size(); i++) {
      Member member = members.get(i);
      join(sets, byHash.putIfAbsent(member.exactHash(), i), i);
      if (member.observation() != null) {
        join(sets, byObservation.putIfAbsent(member.observation(), i), i);
      }
    }
    for (NearPair pair : pairs) {
      if (pair.later() >= members.size()) {
        throw new IllegalArgumentException(
            "Expected pairs of " + members.size() + " photos, found position " + pair.later());
      }
      sets.join(pair.earlier(), pair.later());
    }
    return named(members, sets);
  }

  /**
   * The name of a photo's group: the smallest observation in it; where there is none, the smallest
   * id. Neither depends on the order of the photos.
   */
  public String group(int position) {
    return names[sets.find(position)];
  }

  /** Positions by group, both in ascending order; groups of one photo too. */
  public List<List<Integer>> groups() {
    return groups;
  }

  private static void join(DisjointSets sets, @Nullable Integer before, int position) {
    if (before != null) {
      sets.join(before, position);
    }
  }

  private static DuplicateGroups named(List<Member> members, DisjointSets sets) {
    String[] names = new String[members.size()];
    boolean[] observed = new boolean[members.size()];
    Map<Integer, List<Integer>> groups = new LinkedHashMap<>();
    for (int i = 0; i < members.size(); i++) {
      int root = sets.find(i);
      String observation = members.get(i).observation();
      String name = observation == null ? members.get(i).id() : observation;
      boolean better = observation != null && !observed[root];
      boolean asGood = (observation != null) == observed[root];
      List<Integer> group = groups.computeIfAbsent(root, unused -> new ArrayList<>());
      if (group.isEmpty() || better || (asGood && name.compareTo(names[root]) < 0)) {
        names[root] = name;
        observed[root] = observation != null;
      }
      group.add(i);
    }
    return new DuplicateGroups(sets, names, groups.values().stream().map(List::copyOf).toList());
  }
}
