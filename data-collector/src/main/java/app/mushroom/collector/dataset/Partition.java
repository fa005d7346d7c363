package app.mushroom.collector.dataset;

import java.util.HashMap;
import java.util.Map;

/** Names joined into sets that share no name: two names are together once any chain joins them. */
final class Partition {
  private final Map<String, String> parents = new HashMap<>();

  /** The name that stands for the set of this one; the smallest of them, so order plays no part. */
  String find(String name) {
    String root = name;
    for (String up = parents.get(root); up != null; up = parents.get(root)) {
      root = up;
    }
    String at = name;
    while (!at.equals(root)) {
      String next = parents.put(at, root);
      at = next == null ? root : next;
    }
    return root;
  }

  void join(String one, String other) {
    String a = find(one);
    String b = find(other);
    int order = a.compareTo(b);
    if (order < 0) {
      parents.put(b, a);
    } else if (order > 0) {
      parents.put(a, b);
    }
  }
}
