package app.mushroom.collector.versions;

import app.mushroom.collector.dataset.LikePair;
import app.mushroom.collector.dataset.QualityFindings;
import app.mushroom.collector.looks.PhotoLooks;
import app.mushroom.collector.quality.NearDuplicates;
import app.mushroom.collector.quality.NearPair;
import app.mushroom.collector.search.PhotoRecord;
import app.mushroom.collector.search.SearchHistory;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.DatasetVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** What is to be seen in a version that is already there; what was left out of it is not. */
public final class VersionFindings {
  private VersionFindings() {}

  /**
   * Looks at every photo that nobody has looked at yet.
   *
   * @param threads photos that are looked at at once, at least 1
   * @throws IOException if the store fails or an image is damaged
   */
  public static QualityFindings of(ObjectStore store, DatasetVersion version, int threads)
      throws IOException, InterruptedException {
    String dataset = version.card().name();
    List<String> hashes = version.photos().stream().map(DatasetPhoto::sha256).toList();
    NearDuplicates seen = new NearDuplicates();
    List<LikePair> alike = new ArrayList<>();
    Map<String, List<String>> review = new TreeMap<>();
    try (PhotoLooks looks = new PhotoLooks(store, dataset)) {
      for (PhotoRecord record : SearchHistory.read(store, dataset).taken()) {
        PhotoRecord.Taken taken = Objects.requireNonNull(record.taken());
        looks.know(taken.sha256(), taken.look());
      }
      looks.seeAll(hashes, threads);
      for (String hash : hashes) {
        for (NearPair pair : seen.add(Optional.ofNullable(looks.of(hash).hash()))) {
          alike.add(
              new LikePair(hashes.get(pair.earlier()), hash, pair.distance(), pair.mirrored()));
        }
        if (!looks.of(hash).review().isEmpty()) {
          review.put(hash, looks.of(hash).review());
        }
      }
    }
    return new QualityFindings(alike, List.of(), review);
  }
}
