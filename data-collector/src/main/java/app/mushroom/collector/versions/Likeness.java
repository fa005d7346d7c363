package app.mushroom.collector.versions;

import app.mushroom.collector.dataset.LikePair;
import app.mushroom.collector.dataset.QualityFindings;
import app.mushroom.collector.dataset.QualityFindings.Claim;
import app.mushroom.collector.quality.Conflicts.Conflict;
import app.mushroom.collector.quality.Conflicts.Labelled;
import app.mushroom.collector.quality.NearPair;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tells of pairs by the hashes of their photos instead of positions, each pair once. */
final class Likeness {
  private Likeness() {}

  /**
   * @param hashes of the photos, in the order that positions count
   * @param left positions of photos that are not in the version
   */
  static QualityFindings findings(
      List<String> hashes, List<NearPair> pairs, List<Conflict> conflicts, Set<Integer> left) {
    Map<String, LikePair> alike = new HashMap<>();
    List<LikePair> near = new ArrayList<>();
    for (NearPair pair : pairs) {
      LikePair like =
          new LikePair(
              hashes.get(pair.earlier()),
              hashes.get(pair.later()),
              pair.distance(),
              pair.mirrored());
      boolean isNew = alike.putIfAbsent(key(like.sha256(), like.otherSha256()), like) == null;
      if (isNew
          && !like.sha256().equals(like.otherSha256())
          && !left.contains(pair.earlier())
          && !left.contains(pair.later())) {
        near.add(like);
      }
    }
    List<LikePair> conflicting = new ArrayList<>();
    Map<String, List<Claim>> claims = new HashMap<>();
    Set<String> seen = new HashSet<>();
    for (Conflict conflict : conflicts) {
      String one = conflict.photo().exactHash();
      String other = conflict.other().exactHash();
      claim(claims, conflict.photo());
      claim(claims, conflict.other());
      if (seen.add(key(one, other))) {
        // Equal hashes are one picture to Conflicts, so that a pair may be of its copies.
        conflicting.add(alike.getOrDefault(key(one, other), new LikePair(one, other, 0, false)));
      }
    }
    return new QualityFindings(near, conflicting, Map.of(), claims);
  }

  private static void claim(Map<String, List<Claim>> claims, Labelled photo) {
    List<Claim> of = claims.computeIfAbsent(photo.exactHash(), hash -> new ArrayList<>());
    Claim claim = new Claim(photo.label(), photo.source());
    if (!of.contains(claim)) {
      of.add(claim);
    }
  }

  private static String key(String one, String other) {
    return one.compareTo(other) < 0 ? one + other : other + one;
  }
}
