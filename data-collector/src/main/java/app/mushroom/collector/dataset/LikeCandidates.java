package app.mushroom.collector.dataset;

import app.mushroom.collector.dataset.QualityFindings.Conflicting;
import app.mushroom.collector.quality.Conflicts;
import app.mushroom.collector.quality.Conflicts.Conflict;
import app.mushroom.collector.quality.Conflicts.Labelled;
import app.mushroom.collector.quality.Conflicts.Refinement;
import app.mushroom.collector.quality.Look;
import app.mushroom.collector.quality.NearDuplicates;
import app.mushroom.collector.quality.NearPair;
import app.mushroom.collector.quality.PerceptualHash;
import app.mushroom.storage.dataset.LabelRank;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is to be done about photos that look alike.
 *
 * <ul>
 *   <li>Under labels that contradict each other they go to quarantine.
 *   <li>Under a genus and one species of it they take the species.
 *   <li>All others become one group, so that no model is judged by a picture that it has learned
 *       from. A candidate that would join groups of different splits is left out.
 * </ul>
 *
 * What is published stays. A photo that has its split from its owner is not left out for looking
 * like one of another split.
 *
 * @param published in their order, some with a better label or in a larger group
 * @param staying the candidates that are left, in their order, in groups
 * @param refusals one for each candidate that is not
 * @param pairs that look alike, staying or not
 * @param conflicting pairs under labels that contradict each other
 * @param refined how many candidates took a species for their genus
 */
record LikeCandidates(
    List<Candidate> published,
    List<Candidate> staying,
    List<Refusal> refusals,
    List<LikePair> pairs,
    List<Conflicting> conflicting,
    int refined) {
  static final String ACROSS_SPLITS = "near_duplicate_across_splits";

  /**
   * @param published that stay
   * @param replaced published photos of which no more than the splits of their groups counts
   * @param looks of stored photos, by hash
   */
  static LikeCandidates of(
      List<Candidate> published,
      List<Candidate> replaced,
      List<Candidate> candidates,
      Function<String, Look> looks) {
    return new Comparison(published, replaced, candidates, looks).result();
  }

  /** One run over all photos: the published ones come first. */
  private static final class Comparison {
    private final List<Candidate> all;
    private final int published;
    private final List<Candidate> replaced;
    private final Set<String> fixed;
    private final Function<String, Look> looks;
    private final List<NearPair> pairs = new ArrayList<>();
    private final Map<Integer, Refusal> refused = new TreeMap<>();
    private final List<Conflicting> conflicting = new ArrayList<>();

    private Comparison(
        List<Candidate> published,
        List<Candidate> replaced,
        List<Candidate> candidates,
        Function<String, Look> looks) {
      this.all = new ArrayList<>(published);
      this.all.addAll(candidates);
      this.published = published.size();
      this.replaced = replaced;
      this.looks = looks;
      this.fixed =
          Stream.concat(published.stream(), replaced.stream())
              .map(Candidate::sha256)
              .collect(Collectors.toSet());
      NearDuplicates seen = new NearDuplicates();
      all.forEach(each -> pairs.addAll(seen.add(Optional.ofNullable(look(each).hash()))));
    }

    private Look look(Candidate candidate) {
      return looks.apply(candidate.sha256());
    }

    private LikeCandidates result() {
      List<Labelled> labelled = new ArrayList<>();
      for (int i = 0; i < all.size(); i++) {
        labelled.add(labelled(i));
      }
      List<NearPair> sure =
          pairs.stream().filter(pair -> pair.distance() <= NearDuplicates.SURE_RADIUS).toList();
      Conflicts conflicts = Conflicts.among(labelled, sure);
      conflicts.quarantined().forEach(this::quarantine);
      int refined = refine(conflicts.refinements());
      LikeGroups groups = new LikeGroups(all, published);
      remember(groups);
      join(groups);
      List<Candidate> staying = new ArrayList<>();
      for (int i = published; i < all.size(); i++) {
        if (!refused.containsKey(i)) {
          staying.add(groups.named(all.get(i)));
        }
      }
      return new LikeCandidates(
          all.subList(0, published).stream().map(groups::named).toList(),
          List.copyOf(staying),
          List.copyOf(refused.values()),
          pairs.stream().map(this::pair).filter(LikePair::isOfTwo).distinct().toList(),
          List.copyOf(conflicting),
          refined);
    }

    private Labelled labelled(int position) {
      Candidate candidate = all.get(position);
      return new Labelled(
          Integer.toString(position),
          candidate.sha256(),
          candidate.label(),
          candidate.genus(),
          candidate.rank() == LabelRank.GENUS,
          candidate.where());
    }

    private static int position(Labelled photo) {
      return Integer.parseInt(photo.id());
    }

    private void quarantine(Conflict conflict) {
      int position = position(conflict.photo());
      Candidate candidate = all.get(position);
      Candidate other = all.get(position(conflict.other()));
      conflicting.add(
          new Conflicting(
              pair(candidate, other),
              candidate.label(),
              candidate.where(),
              other.label(),
              other.where()));
      // The very same bytes under two labels are no matter of looks: Deduplication refuses them.
      if (!candidate.sha256().equals(other.sha256()) && !fixed.contains(candidate.sha256())) {
        refused.put(position, new Refusal(Conflicts.REASON, candidate.where(), conflict.message()));
      }
    }

    private int refine(List<Refinement> refinements) {
      int refined = 0;
      for (Refinement refinement : refinements) {
        int position = position(refinement.photo());
        Candidate species = all.get(position(refinement.species()));
        all.set(position, all.get(position).labelledAs(species));
        refined += position < published ? 0 : 1;
      }
      return refined;
    }

    /** Groups keep the splits that they, or their photos, had. */
    private void remember(LikeGroups groups) {
      Map<String, Candidate> had =
          replaced.stream()
              .collect(Collectors.toMap(Candidate::sha256, Function.identity(), (a, b) -> a));
      replaced.forEach(photo -> groups.remember(photo.groupOrOwn(), photo));
      for (Candidate candidate : all) {
        Candidate before = had.get(candidate.sha256());
        if (before != null) {
          groups.remember(candidate.groupOrOwn(), before);
        }
      }
    }

    private void join(LikeGroups groups) {
      Map<Integer, List<Candidate>> alike = new TreeMap<>();
      for (NearPair pair : pairs) {
        if (!refused.containsKey(pair.earlier()) && !refused.containsKey(pair.later())) {
          alike
              .computeIfAbsent(pair.later(), later -> new ArrayList<>())
              .add(all.get(pair.earlier()));
        }
      }
      alike.forEach(
          (position, others) -> {
            Candidate candidate = all.get(position);
            if (!groups.join(candidate, others)
                && candidate.split() == null
                && !fixed.contains(candidate.sha256())) {
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
    }

    private LikePair pair(Candidate one, Candidate other) {
      PerceptualHash hash = look(one).hash();
      PerceptualHash otherHash = look(other).hash();
      if (hash == null || otherHash == null) {
        return new LikePair(one.sha256(), other.sha256(), 0, false); // equal bytes
      }
      int upright = hash.distance(otherHash);
      int mirrored = hash.mirrored().distance(otherHash);
      return new LikePair(
          one.sha256(), other.sha256(), Math.min(upright, mirrored), mirrored < upright);
    }

    private LikePair pair(NearPair pair) {
      return new LikePair(
          all.get(pair.earlier()).sha256(),
          all.get(pair.later()).sha256(),
          pair.distance(),
          pair.mirrored());
    }
  }
}
