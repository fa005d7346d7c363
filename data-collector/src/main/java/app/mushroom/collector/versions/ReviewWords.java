package app.mushroom.collector.versions;

import app.mushroom.collector.dataset.QualityFindings;
import app.mushroom.collector.search.PhotoRecord;
import app.mushroom.collector.search.SearchHistory;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.dataset.DatasetPhoto;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a person should look at in photos, as searches noted when they took them.
 *
 * @param byHash hash of a stored photo → words, at least one
 */
public record ReviewWords(Map<String, List<String>> byHash) {

  public ReviewWords {
    byHash = Map.copyOf(byHash);
  }

  public static ReviewWords read(ObjectStore store, String dataset) throws IOException {
    return of(SearchHistory.read(store, dataset));
  }

  static ReviewWords of(SearchHistory history) {
    Map<String, List<String>> words = new HashMap<>();
    for (PhotoRecord record : history.taken()) {
      PhotoRecord.Taken taken = Objects.requireNonNull(record.taken());
      if (!taken.review().isEmpty()) {
        words.put(taken.sha256(), taken.review());
      }
    }
    return new ReviewWords(words);
  }

  /** Those of these photos, sorted by hash. */
  public Map<String, List<String>> among(List<DatasetPhoto> photos) {
    Map<String, List<String>> of = new TreeMap<>();
    for (DatasetPhoto photo : photos) {
      List<String> words = byHash.get(photo.sha256());
      if (words != null) {
        of.put(photo.sha256(), words);
      }
    }
    return of;
  }

  /** The findings, with the words of these photos, and without pairs that they do not hold. */
  QualityFindings within(List<DatasetPhoto> photos, QualityFindings findings) {
    Set<String> held = photos.stream().map(DatasetPhoto::sha256).collect(Collectors.toSet());
    return new QualityFindings(
        findings.nearDuplicates().stream()
            .filter(pair -> held.contains(pair.sha256()) && held.contains(pair.otherSha256()))
            .toList(),
        findings.conflicting(),
        among(photos),
        findings.claims());
  }
}
