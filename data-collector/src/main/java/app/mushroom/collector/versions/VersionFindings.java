package app.mushroom.collector.versions;

import app.mushroom.collector.dataset.DatasetAssembly;
import app.mushroom.collector.dataset.QualityFindings;
import app.mushroom.collector.looks.PhotoLooks;
import app.mushroom.collector.search.SearchHistory;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.DatasetVersion;
import java.io.IOException;

/** What is to be seen in a version that is already there; what was left out of it is not. */
public final class VersionFindings {
  private VersionFindings() {}

  /**
   * Looks at every photo that nobody has looked at yet; nothing is written.
   *
   * @param threads photos that are looked at at once, at least 1
   * @throws IOException if the store fails or an image is damaged
   */
  public static QualityFindings of(ObjectStore store, DatasetVersion version, int threads)
      throws IOException, InterruptedException {
    String dataset = version.card().name();
    try (PhotoLooks looks = SearchHistory.read(store, dataset).looks(store, dataset, false)) {
      looks.seeAll(
          version.photos().stream().map(DatasetPhoto::sha256).toList(), threads, () -> false);
      return DatasetAssembly.findings(version, looks::of);
    }
  }
}
