package app.mushroom.collector;

import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.Sha256;
import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.storage.dataset.DatasetVersion;
import app.mushroom.storage.dataset.LabelRank;
import app.mushroom.storage.dataset.Split;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Versions of a small dataset, for tests. */
public final class TestVersions {
  private TestVersions() {}

  /** A photo with its image stored. */
  public static DatasetPhoto photo(
      ObjectStore store, int seed, String label, Split split, @Nullable String attribution)
      throws Exception {
    byte[] jpeg = TestPhotos.jpeg(seed, 40, 30);
    String sha256 = Sha256.of(jpeg);
    new DatasetRepository(store).putImage("mushrooms", sha256, jpeg);
    return new DatasetPhoto(
        sha256,
        label,
        LabelRank.SPECIES,
        "Amanita muscaria",
        "amanita",
        split,
        "group" + seed,
        null,
        40,
        30,
        jpeg.length,
        "https://example.org/" + seed,
        null,
        "CC-BY-4.0",
        attribution);
  }

  public static DatasetVersion publish(ObjectStore store, DatasetPhoto... photos) throws Exception {
    return new DatasetRepository(store)
        .publish("mushrooms", List.of(photos), Map.of(), Instant.parse("2026-05-01T08:00:00Z"));
  }
}
