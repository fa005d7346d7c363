package app.mushroom.collector.dataset;

import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.DatasetVersion;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The photos of a next version, assembled from candidates and the version before it.
 *
 * @param photos sorted by label, then sha256
 * @param refusals photos under two labels
 * @param duplicates candidates that were the same photo as another under the same label
 */
public record DatasetAssembly(List<DatasetPhoto> photos, List<Refusal> refusals, int duplicates) {

  public DatasetAssembly {
    photos = List.copyOf(photos);
    refusals = List.copyOf(refusals);
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
   * split.
   *
   * @throws StraddlingGroupException when splits as given, or as published before, contradict one
   *     another within a group
   */
  public static DatasetAssembly of(
      List<Candidate> candidates,
      Optional<DatasetVersion> before,
      Earlier earlier,
      SplitShares shares)
      throws StraddlingGroupException {
    List<Candidate> published =
        before.stream()
            .flatMap(
                version ->
                    version.photos().stream()
                        .map(photo -> Candidate.published(photo, version.card().version())))
            .toList();
    boolean keep = earlier == Earlier.KEPT;
    Deduplication photos = Deduplication.of(candidates, keep ? published : List.of());
    GroupSplits groups = new GroupSplits();
    photos.kept().forEach(groups::join);
    if (!keep) {
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
    return new DatasetAssembly(
        staying.stream()
            .map(candidate -> candidate.toPhoto(groups.split(candidate), groups.name(candidate)))
            .toList(),
        photos.refusals(),
        candidates.size() - photos.refusals().size() - photos.kept().size());
  }
}
