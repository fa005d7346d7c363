package app.mushroom.collector.versions;

import app.mushroom.collector.dataset.Candidate;
import app.mushroom.collector.dataset.QualityFindings;
import app.mushroom.collector.dataset.Refusal;
import app.mushroom.collector.quality.Conflicts;
import app.mushroom.collector.quality.Conflicts.Conflict;
import app.mushroom.collector.quality.Conflicts.Labelled;
import app.mushroom.collector.quality.NearDuplicates;
import app.mushroom.collector.quality.NearPair;
import app.mushroom.collector.quality.PerceptualHash;
import app.mushroom.storage.dataset.LabelRank;
import app.mushroom.storage.dataset.Split;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is to be done about candidates that look alike. Under labels that contradict each other they
 * go to quarantine; else they are one group, so that no model is judged by a picture that it has
 * learned from. What is published stays as it is: a new photo that would join published groups of
 * different splits is left out.
 *
 * @param staying the candidates that are left, in their order, in groups
 * @param refusals one for each candidate that is not
 * @param findings pairs among those that stay, and those that contradict each other
 */
record LikeCandidates(List<Candidate> staying, List<Refusal> refusals, QualityFindings findings) {
  private static final String ACROSS_SPLITS = "near_duplicate_across_splits";

  /**
   * @param hashes of the candidates, in their order; empty where there is none
   * @param published split of each photo of the version before, by its hash
   */
  static LikeCandidates of(
      List<Candidate> candidates,
      List<Optional<PerceptualHash>> hashes,
      Map<String, Split> published) {
    NearDuplicates seen = new NearDuplicates();
    List<NearPair> pairs = new ArrayList<>();
    hashes.forEach(hash -> pairs.addAll(seen.add(hash)));
    List<Labelled> labelled = new ArrayList<>();
    for (int i = 0; i < candidates.size(); i++) {
      labelled.add(labelled(i, candidates.get(i)));
    }
    Map<Integer, Refusal> refused = new HashMap<>();
    List<NearPair> sure =
        pairs.stream().filter(pair -> pair.distance() <= NearDuplicates.SURE_RADIUS).toList();
    List<Conflict> conflicts = Conflicts.among(labelled, sure).quarantined();
    for (Conflict conflict : conflicts) {
      int position = Integer.parseInt(conflict.photo().id());
      Candidate candidate = candidates.get(position);
      if (!published.containsKey(candidate.sha256())) {
        refused.put(position, new Refusal(Conflicts.REASON, candidate.where(), conflict.message()));
      }
    }
    Groups groups = new Groups(candidates, published);
    Map<Integer, List<Candidate>> alike = new TreeMap<>();
    for (NearPair pair : pairs) {
      if (!refused.containsKey(pair.earlier()) && !refused.containsKey(pair.later())) {
        alike
            .computeIfAbsent(pair.later(), later -> new ArrayList<>())
            .add(candidates.get(pair.earlier()));
      }
    }
    alike.forEach(
        (position, others) -> {
          Candidate candidate = candidates.get(position);
          if (!groups.join(candidate, others) && !published.containsKey(candidate.sha256())) {
            refused.put(
                position,
                new Refusal(
                    ACROSS_SPLITS,
                    candidate.where(),
                    "It looks like photos that are in different splits, such as "
                        + others.get(0).where()
                        + ", so it can be in neither."));
          }
        });
    List<Candidate> staying = new ArrayList<>();
    for (int i = 0; i < candidates.size(); i++) {
      if (!refused.containsKey(i)) {
        staying.add(groups.named(candidates.get(i)));
      }
    }
    return new LikeCandidates(
        List.copyOf(staying),
        refused.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(Map.Entry::getValue)
            .toList(),
        Likeness.findings(
            candidates.stream().map(Candidate::sha256).toList(),
            pairs,
            conflicts,
            refused.keySet()));
  }

  private static Labelled labelled(int position, Candidate candidate) {
    return new Labelled(
        Integer.toString(position),
        candidate.sha256(),
        candidate.label(),
        candidate.genus(),
        candidate.rank() == LabelRank.GENUS,
        candidate.where());
  }

  /** Groups that grow together, each with the split that published photos gave it. */
  private static final class Groups {
    private final Map<String, String> parents = new HashMap<>();
    private final Map<String, Set<Split>> splits = new HashMap<>();

    private Groups(List<Candidate> candidates, Map<String, Split> published) {
      for (Candidate candidate : candidates) {
        Split split = published.get(candidate.sha256());
        Set<Split> of = splits.computeIfAbsent(candidate.groupOrOwn(), name -> new HashSet<>());
        if (split != null) {
          of.add(split);
        }
      }
    }

    private String find(String name) {
      String parent = parents.get(name);
      return parent == null ? name : find(parent);
    }

    /** Makes the groups of all these one, unless they are in different splits. */
    private boolean join(Candidate one, List<Candidate> others) {
      Set<Split> all = new HashSet<>(splits(find(one.groupOrOwn())));
      others.forEach(other -> all.addAll(splits(find(other.groupOrOwn()))));
      if (all.size() > 1) {
        return false;
      }
      others.forEach(other -> join(find(one.groupOrOwn()), find(other.groupOrOwn())));
      return true;
    }

    private void join(String a, String b) {
      if (!a.equals(b)) {
        // A published group keeps its name; else the smaller one stands, whatever the order.
        boolean aStands =
            splits(a).isEmpty() == splits(b).isEmpty() ? a.compareTo(b) < 0 : !splits(a).isEmpty();
        Set<Split> both = new HashSet<>(splits(a));
        both.addAll(splits(b));
        parents.put(aStands ? b : a, aStands ? a : b);
        splits.put(aStands ? a : b, both);
      }
    }

    private Set<Split> splits(String root) {
      return splits.getOrDefault(root, Set.of());
    }

    private Candidate named(Candidate candidate) {
      String root = find(candidate.groupOrOwn());
      return root.equals(candidate.groupOrOwn()) ? candidate : candidate.inGroup(root);
    }
  }
}
