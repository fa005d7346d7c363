package app.mushroom.collector.dataset;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the same photo among candidates: equal stored bytes, or equal bytes at the source. Under
 * one label it stays once; under two it cannot be right, so it is refused under both.
 *
 * @param kept one list per photo: the candidate that stays comes first, its duplicates follow
 * @param published photos of the earlier version of which nothing was imported
 * @param refusals one per candidate of a photo with conflicting labels
 */
record Deduplication(
    List<List<Candidate>> kept, List<Candidate> published, List<Refusal> refusals) {
  static final String CONFLICTING_LABELS = "conflicting_labels";

  /**
   * @param imported in the order of the input: the first of equal photos stays
   * @param published what the earlier version holds; its labels hold against an import
   */
  static Deduplication of(List<Candidate> imported, List<Candidate> published) {
    Partition same = new Partition();
    Stream.concat(published.stream(), imported.stream())
        .forEach(
            candidate -> {
              String source = candidate.sourceSha256();
              if (source != null) {
                same.join(stored(candidate), "source:" + source);
              }
            });
    Map<String, List<Candidate>> earlier = byPhoto(published, same);
    Deduplication result =
        new Deduplication(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    byPhoto(imported, same)
        .forEach((photo, found) -> result.add(found, earlier.getOrDefault(photo, List.of())));
    Set<String> importedPhotos =
        imported.stream()
            .map(candidate -> same.find(stored(candidate)))
            .collect(Collectors.toSet());
    published.stream()
        .filter(candidate -> !importedPhotos.contains(same.find(stored(candidate))))
        .forEach(result.published::add);
    return result;
  }

  private static String stored(Candidate candidate) {
    return "stored:" + candidate.sha256();
  }

  private static Map<String, List<Candidate>> byPhoto(List<Candidate> candidates, Partition same) {
    return candidates.stream()
        .collect(
            Collectors.groupingBy(
                candidate -> same.find(stored(candidate)),
                LinkedHashMap::new,
                Collectors.toList()));
  }

  private void add(List<Candidate> found, List<Candidate> earlier) {
    List<Candidate> all = Stream.concat(earlier.stream(), found.stream()).toList();
    if (earlier.isEmpty()) {
      if (labels(found).size() > 1) {
        found.forEach(candidate -> refuse(candidate, all));
      } else {
        kept.add(found);
      }
      return;
    }
    Candidate before = earlier.get(0);
    List<Candidate> agreeing =
        found.stream().filter(candidate -> candidate.label().equals(before.label())).toList();
    found.stream()
        .filter(candidate -> !agreeing.contains(candidate))
        .forEach(candidate -> refuse(candidate, all));
    if (agreeing.isEmpty()) {
      published.addAll(earlier);
      return;
    }
    // What is said of the same bytes now replaces what was said of them before.
    Candidate stays =
        agreeing.stream()
            .filter(candidate -> candidate.sha256().equals(before.sha256()))
            .findFirst()
            .orElse(before);
    kept.add(
        Stream.concat(
                Stream.of(stays),
                Stream.concat(earlier.stream(), agreeing.stream())
                    .filter(candidate -> candidate != stays))
            .toList());
  }

  private static Set<String> labels(List<Candidate> candidates) {
    return candidates.stream().map(Candidate::label).collect(Collectors.toSet());
  }

  private void refuse(Candidate candidate, List<Candidate> all) {
    String others =
        all.stream()
            .filter(other -> !other.label().equals(candidate.label()))
            .map(other -> other.label() + " in " + other.where())
            .distinct()
            .limit(3)
            .collect(Collectors.joining(", "));
    refusals.add(
        new Refusal(
            CONFLICTING_LABELS,
            candidate.where(),
            "Labelled %s here, but the same photo is labelled %s. Correct one of them."
                .formatted(candidate.label(), others)));
  }
}
