package app.mushroom.collector.dataset;

import app.mushroom.collector.quality.Look;
import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.DatasetVersion;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The photos of a next version, assembled from candidates and the version before it.
 *
 * @param photos sorted by label, then sha256
 * @param refusals photos under two labels, and photos that look like some of two splits
 * @param duplicates candidates that were the same photo as another under the same label
 * @param findings what people should look at
 * @param notes sentences that people should read
 */
public record DatasetAssembly(
    List<DatasetPhoto> photos,
    List<Refusal> refusals,
    int duplicates,
    QualityFindings findings,
    List<String> notes) {

  public DatasetAssembly {
    photos = List.copyOf(photos);
    refusals = List.copyOf(refusals);
    notes = List.copyOf(notes);
  }

  /** What becomes of the photos of the version before. */
  public enum Earlier {
    /** They stay, with their labels and splits; candidates come on top. */
    KEPT,
    /** They go; only the split of a group is remembered where no candidate gives it one. */
    REPLACED
  }

  /**
   * Collapses duplicates, refuses photos under two labels, and gives every photo its group and
   * split; photos that look alike share them.
   *
   * @param looks of stored photos, by hash; {@link Look#UNKNOWN} for what is like nothing else
   * @throws StraddlingGroupException when splits as given, or as published before, contradict one
   *     another within a group
   */
  public static DatasetAssembly of(
      List<Candidate> candidates,
      Optional<DatasetVersion> before,
      Earlier earlier,
      SplitShares shares,
      Function<String, Look> looks)
      throws StraddlingGroupException {
    List<Candidate> published =
        before.stream().flatMap(version -> published(version).stream()).toList();
    boolean keep = earlier == Earlier.KEPT;
    LikeCandidates like =
        keep
            ? LikeCandidates.of(published, List.of(), candidates, looks)
            : LikeCandidates.of(List.of(), published, candidates, looks);
    Deduplication photos = Deduplication.of(like.staying(), like.published());
    GroupSplits groups = new GroupSplits();
    photos.kept().forEach(groups::join);
    if (!keep) {
      // Also where the photo is now said to be of another find, or looks like one.
      Map<String, Candidate> had =
          published.stream()
              .collect(Collectors.toMap(Candidate::sha256, Function.identity(), (a, b) -> a));
      photos.kept().stream()
          .flatMap(List::stream)
          .filter(candidate -> had.containsKey(candidate.sha256()))
          .forEach(
              candidate ->
                  groups.join(
                      List.of(candidate, Objects.requireNonNull(had.get(candidate.sha256())))));
      published.forEach(groups::remember);
    }
    Stream.concat(photos.kept().stream().flatMap(List::stream), photos.published().stream())
        .forEach(groups::mention);
    List<Candidate> staying =
        Stream.concat(photos.kept().stream().map(same -> same.get(0)), photos.published().stream())
            .sorted(Comparator.comparing(Candidate::label).thenComparing(Candidate::sha256))
            .toList();
    staying.forEach(groups::count);
    groups.decide(shares);
    List<Refusal> refusals =
        Stream.concat(like.refusals().stream(), photos.refusals().stream()).toList();
    return new DatasetAssembly(
        staying.stream()
            .map(candidate -> candidate.toPhoto(groups.split(candidate), groups.name(candidate)))
            .toList(),
        refusals,
        candidates.size() - refusals.size() - photos.kept().size(),
        findings(staying, like, looks),
        notes(like));
  }

  private static List<Candidate> published(DatasetVersion version) {
    return version.photos().stream()
        .map(photo -> Candidate.published(photo, version.card().version()))
        .toList();
  }

  /** What people should look at in a version that is there already. */
  public static QualityFindings findings(DatasetVersion version, Function<String, Look> looks) {
    List<Candidate> published = published(version);
    return findings(published, LikeCandidates.of(published, List.of(), List.of(), looks), looks);
  }

  private static QualityFindings findings(
      List<Candidate> staying, LikeCandidates like, Function<String, Look> looks) {
    Map<String, List<String>> review = new TreeMap<>();
    Set<String> photos = new HashSet<>();
    for (Candidate candidate : staying) {
      photos.add(candidate.sha256());
      List<String> words = looks.apply(candidate.sha256()).review();
      if (!words.isEmpty()) {
        review.put(candidate.sha256(), words);
      }
    }
    return new QualityFindings(
        like.pairs().stream()
            .filter(pair -> photos.contains(pair.sha256()) && photos.contains(pair.otherSha256()))
            .toList(),
        like.conflicting(),
        review);
  }

  private static List<String> notes(LikeCandidates like) {
    return like.refined() == 0
        ? List.of()
        : List.of(
            "Photos labelled with a genus that look the same as one labelled with a species of it, and count as that species: %d."
                .formatted(like.refined()));
  }
}
