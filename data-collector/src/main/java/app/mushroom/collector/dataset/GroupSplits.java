package app.mushroom.collector.dataset;

import app.mushroom.collector.dataset.SplitAssigner.Unassigned;
import app.mushroom.storage.dataset.Split;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The groups of a version and the one split of each. Groups that share a photo are one group: two
 * lists may hold the same photo under different group names.
 */
final class GroupSplits {
  private final Partition joined = new Partition();
  private final Map<String, Group> groups = new TreeMap<>();

  /** What is known of one group. */
  private static final class Group {
    private @Nullable String name;
    private boolean named;
    private @Nullable String label;
    private int photos;
    private @Nullable Split split;
    private final Map<Split, String> given = new EnumMap<>(Split.class);
    private final Map<Split, String> remembered = new EnumMap<>(Split.class);

    private void offerName(String offered, boolean isNamed) {
      String current = name;
      if (current == null
          || (isNamed && !named)
          || (isNamed == named && offered.compareTo(current) < 0)) {
        name = offered;
        named = isNamed;
      }
    }
  }

  /** Says that these are one photo, so their groups are one group. */
  void join(List<Candidate> samePhoto) {
    samePhoto.forEach(
        candidate -> joined.join(samePhoto.get(0).groupOrOwn(), candidate.groupOrOwn()));
  }

  /** Adds what a candidate says of its group. Call after every {@link #join}. */
  void mention(Candidate candidate) {
    Group group = group(candidate);
    group.offerName(candidate.groupOrOwn(), !candidate.hasOwnGroup());
    Split split = candidate.split();
    if (split != null) {
      group.given.putIfAbsent(split, candidate.where());
    }
  }

  /** Adds the split that a photo had in an earlier version: it holds where none is given now. */
  void remember(Candidate published) {
    Split split = published.split();
    if (split != null) {
      group(published).remembered.putIfAbsent(split, published.where());
    }
  }

  /** Counts a photo that will be in the version. */
  void count(Candidate candidate) {
    Group group = group(candidate);
    group.photos++;
    if (group.label == null) {
      group.label = candidate.label();
    }
  }

  /** Gives every group its split. */
  void decide(SplitShares shares) throws StraddlingGroupException {
    List<String> straddling = new ArrayList<>();
    SplitAssigner assigner = new SplitAssigner(shares);
    List<Unassigned> unassigned = new ArrayList<>();
    Map<String, Group> byName = new HashMap<>();
    for (Group group : groups.values()) {
      String label = group.label;
      if (label == null) {
        continue;
      }
      String name = Objects.requireNonNull(group.name);
      Map<Split, String> known = group.given.isEmpty() ? group.remembered : group.given;
      if (known.size() > 1) {
        straddling.add(describe(name, known));
      } else if (known.size() == 1) {
        group.split = known.keySet().iterator().next();
        assigner.count(label, group.split, group.photos);
      } else {
        byName.put(name, group);
        unassigned.add(new Unassigned(name, label, group.photos));
      }
    }
    if (!straddling.isEmpty()) {
      throw new StraddlingGroupException(straddling);
    }
    assigner.assign(
        unassigned, (name, split) -> Objects.requireNonNull(byName.get(name)).split = split);
  }

  private static String describe(String name, Map<Split, String> known) {
    StringBuilder text = new StringBuilder(name).append(':');
    known.forEach(
        (split, where) ->
            text.append(text.charAt(text.length() - 1) == ':' ? " " : ", ")
                .append(split.name().toLowerCase(java.util.Locale.ROOT))
                .append(" by ")
                .append(where));
    return text.toString();
  }

  String name(Candidate candidate) {
    return Objects.requireNonNull(group(candidate).name);
  }

  Split split(Candidate candidate) {
    return Objects.requireNonNull(group(candidate).split, "decide() comes first");
  }

  private Group group(Candidate candidate) {
    return groups.computeIfAbsent(joined.find(candidate.groupOrOwn()), root -> new Group());
  }
}
