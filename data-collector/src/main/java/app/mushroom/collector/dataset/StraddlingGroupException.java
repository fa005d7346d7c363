package app.mushroom.collector.dataset;

import java.util.List;

/**
 * Photos of one find lie in different splits, so a model would be judged by photos that it has
 * learned from.
 */
public final class StraddlingGroupException extends Exception {
  private static final int NAMED = 20;

  private final List<String> groups;

  StraddlingGroupException(List<String> groups) {
    super(
        "A group must lie in one split, but %d straddle several: %s%s. Give all photos of a group the same split."
            .formatted(
                groups.size(),
                String.join("; ", groups.subList(0, Math.min(NAMED, groups.size()))),
                groups.size() > NAMED ? "; …" : ""));
    this.groups = List.copyOf(groups);
  }

  /** A description per group: its name and where it was given which split. */
  public List<String> groups() {
    return groups;
  }
}
