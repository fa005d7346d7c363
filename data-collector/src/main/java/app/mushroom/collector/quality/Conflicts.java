package app.mushroom.collector.quality;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the labels of photos that look alike say against one another. A bare genus and a species of
 * it agree, and the species says more; any other two labels cannot both be right.
 *
 * <p>Only photos that are a pair are held against each other, not all that a chain of pairs joins:
 * its ends may be quite different pictures. Equal bytes and equal hashes count as one picture.
 *
 * @param quarantined in the order of the photos, one for each photo that someone has to look at
 * @param refinements in the order of the photos: genus labels that a species can take the place of
 */
public record Conflicts(List<Conflict> quarantined, List<Refinement> refinements) {
  /** The word by which refusals of this kind are counted. */
  public static final String REASON = "conflicting_labels";

  /**
   * What is said of a photo.
   *
   * @param id unique among the photos
   * @param exactHash equal for equal bytes
   * @param genus null for what is no mushroom
   * @param wholeGenus whether the label is the bare genus
   * @param source where the photo came from, as its owner would find it
   */
  public record Labelled(
      String id,
      String exactHash,
      String label,
      @Nullable String genus,
      boolean wholeGenus,
      String source) {

    boolean agreesWith(Labelled other) {
      return label.equals(other.label)
          || (genus != null && genus.equals(other.genus) && (wholeGenus || other.wholeGenus));
    }
  }

  /**
   * @param photo goes to quarantine
   * @param other looks the same under another label; quarantined too
   */
  public record Conflict(Labelled photo, Labelled other) {
    public String message() {
      return ("Expected one label for one picture, found %s in %s and %s in %s, which looks"
              + " the same. Correct one of them, or leave both out.")
          .formatted(photo.label(), photo.source(), other.label(), other.source());
    }
  }

  /**
   * @param photo labelled with the bare genus
   * @param species looks the same and names the only species that any such photo names
   */
  public record Refinement(Labelled photo, Labelled species) {}

  /**
   * @param pairs positions in {@code photos}; leave out those that are farther apart than {@link
   *     NearDuplicates#SURE_RADIUS}, or strangers accuse each other
   */
  public static Conflicts among(List<Labelled> photos, Iterable<NearPair> pairs) {
    return new Comparison(photos, pairs).result();
  }

  /** One run over the photos. */
  private static final class Comparison {
    private final List<Labelled> photos;
    private final DisjointSets same;

    /** Of each picture its photos by label; the picture is named by its first photo. */
    private final Map<Integer, Map<String, List<Integer>>> labels = new TreeMap<>();

    /** Pictures that look alike, each picture being like itself. */
    private final Map<Integer, Set<Integer>> alike = new HashMap<>();

    private final Map<Integer, Integer> against = new TreeMap<>();

    private Comparison(List<Labelled> photos, Iterable<NearPair> pairs) {
      this.photos = photos;
      this.same = new DisjointSets(photos.size());
      Map<String, Integer> byBytes = new HashMap<>();
      for (int i = 0; i < photos.size(); i++) {
        Integer before = byBytes.putIfAbsent(photos.get(i).exactHash(), i);
        if (before != null) {
          same.join(before, i);
        }
      }
      for (NearPair pair : pairs) {
        if (pair.distance() == 0) {
          same.join(pair.earlier(), pair.later());
        }
      }
      for (int i = 0; i < photos.size(); i++) {
        labels
            .computeIfAbsent(same.find(i), picture -> new LinkedHashMap<>())
            .computeIfAbsent(photos.get(i).label(), label -> new ArrayList<>())
            .add(i);
      }
      for (NearPair pair : pairs) {
        int one = same.find(pair.earlier());
        int other = same.find(pair.later());
        alike.computeIfAbsent(one, picture -> new LinkedHashSet<>()).add(other);
        alike.computeIfAbsent(other, picture -> new LinkedHashSet<>()).add(one);
      }
    }

    private Conflicts result() {
      labels.forEach((picture, byLabel) -> byLabel.values().forEach(of -> quarantine(picture, of)));
      List<Conflict> quarantined = new ArrayList<>();
      against.forEach(
          (photo, other) -> quarantined.add(new Conflict(photos.get(photo), photos.get(other))));
      Map<Integer, Refinement> refinements = new TreeMap<>();
      labels.forEach(
          (picture, byLabel) -> byLabel.values().forEach(of -> refine(picture, of, refinements)));
      return new Conflicts(List.copyOf(quarantined), List.copyOf(refinements.values()));
    }

    private void quarantine(int picture, List<Integer> ofOneLabel) {
      Labelled photo = photos.get(ofOneLabel.get(0));
      for (int other : likes(picture)) {
        if (!photo.agreesWith(photos.get(other))) {
          ofOneLabel.forEach(position -> against.put(position, other));
          return;
        }
      }
    }

    private void refine(
        int picture, List<Integer> ofOneLabel, Map<Integer, Refinement> refinements) {
      if (!photos.get(ofOneLabel.get(0)).wholeGenus() || against.containsKey(ofOneLabel.get(0))) {
        return;
      }
      Map<String, Integer> species = new TreeMap<>();
      for (int other : likes(picture)) {
        if (!photos.get(other).wholeGenus() && !against.containsKey(other)) {
          species.putIfAbsent(photos.get(other).label(), other);
        }
      }
      if (species.size() == 1) {
        Labelled named = photos.get(species.values().iterator().next());
        ofOneLabel.forEach(
            position -> refinements.put(position, new Refinement(photos.get(position), named)));
      }
    }

    /** Of every label among the pictures that look like this one, and in it, the first photo. */
    private List<Integer> likes(int picture) {
      List<Integer> likes = new ArrayList<>();
      Set<Integer> pictures = new LinkedHashSet<>();
      pictures.add(picture);
      pictures.addAll(alike.getOrDefault(picture, Set.of()));
      for (int other : pictures) {
        Map<String, List<Integer>> byLabel = labels.getOrDefault(other, Map.of());
        byLabel.values().forEach(of -> likes.add(of.get(0)));
      }
      return likes;
    }
  }
}
