package app.mushroom.collector.dataset;

import app.mushroom.storage.dataset.Split;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Groups that grow together, each with the splits that its photos have. */
final class LikeGroups {
  private final Partition sets = new Partition();
  private final Map<String, Group> groups = new HashMap<>();

  /**
   * What is known of a set of groups.
   *
   * @param given whether splits are said now, and not only remembered
   */
  private record Group(Name name, Set<Split> splits, boolean given) {}

  /** What a set may be called: published names come first, then those of finds. */
  private record Name(boolean isNew, boolean isOwn, String text) implements Comparable<Name> {
    @Override
    public int compareTo(Name other) {
      return Comparator.comparing(Name::isNew)
          .thenComparing(Name::isOwn)
          .thenComparing(Name::text)
          .compare(this, other);
    }
  }

  /**
   * @param published how many of them come from the version before; these come first
   */
  LikeGroups(List<Candidate> all, int published) {
    for (int i = 0; i < all.size(); i++) {
      Candidate candidate = all.get(i);
      String group = candidate.groupOrOwn();
      Name name = new Name(i >= published, candidate.hasOwnGroup(), group);
      Split split = candidate.split();
      Group mentioned = new Group(name, split == null ? Set.of() : Set.of(split), split != null);
      groups.merge(group, mentioned, LikeGroups::both);
    }
  }

  /** The split that a photo had counts in this group where none is given. */
  void remember(String group, Candidate published) {
    Split split = published.split();
    if (split != null) {
      groups.computeIfPresent(
          group,
          (name, known) ->
              known.given() ? known : new Group(known.name(), with(known.splits(), split), false));
    }
  }

  private static Set<Split> with(Set<Split> splits, Split another) {
    Set<Split> both = new TreeSet<>(splits);
    both.add(another);
    return both;
  }

  private static Group both(Group one, Group other) {
    Set<Split> splits = new TreeSet<>(one.splits());
    splits.addAll(other.splits());
    return new Group(
        one.name().compareTo(other.name()) <= 0 ? one.name() : other.name(),
        splits,
        one.given() || other.given());
  }

  /** Makes the groups of all these one, unless they are in different splits. */
  boolean join(Candidate one, List<Candidate> others) {
    Group together = of(one);
    for (Candidate other : others) {
      together = both(together, of(other));
    }
    if (together.splits().size() > 1) {
      return false;
    }
    others.forEach(other -> sets.join(one.groupOrOwn(), other.groupOrOwn()));
    groups.put(sets.find(one.groupOrOwn()), together);
    return true;
  }

  private Group of(Candidate candidate) {
    return Objects.requireNonNull(groups.get(sets.find(candidate.groupOrOwn())));
  }

  /** The candidate in the group that its own has become part of. */
  Candidate named(Candidate candidate) {
    String name = of(candidate).name().text();
    return name.equals(candidate.groupOrOwn()) ? candidate : candidate.inGroup(name);
  }
}
