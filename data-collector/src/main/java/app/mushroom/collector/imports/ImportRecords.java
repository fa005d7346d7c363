package app.mushroom.collector.imports;

import app.mushroom.collector.records.RecordLog;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.StoredObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The memory of earlier imports, so that a file is not encoded twice, in {@code
 * datasets/<name>/records/import/}. What a crash loses of it is encoded again to the same bytes.
 * Safe for use by several threads.
 */
final class ImportRecords implements AutoCloseable {
  private static final int LINES_PER_PART = 100;

  private final Map<String, ImportRecord> known = new ConcurrentHashMap<>();
  private final RecordLog<ImportRecord> log;
  private final Set<String> images;

  /** Reads what earlier imports of this dataset left. */
  ImportRecords(ObjectStore store, String dataset) throws IOException {
    this.log =
        new RecordLog<>(
            store,
            "datasets/" + dataset + "/records/import/",
            ImportRecord.class,
            LINES_PER_PART,
            record -> known.put(key(record.fileSha256(), record.recipe()), record));
    this.images = known.isEmpty() ? Set.of() : storedImages(store, dataset);
  }

  private static Set<String> storedImages(ObjectStore store, String dataset) throws IOException {
    try (Stream<StoredObject> images = store.list("datasets/" + dataset + "/images/")) {
      return images
          .map(image -> image.key().name().replace(".jpg", ""))
          .collect(Collectors.toUnmodifiableSet());
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** What became of such a file, if its photo is still in the store. */
  Optional<ImportRecord> find(String fileSha256, String recipe) {
    return Optional.ofNullable(known.get(key(fileSha256, recipe)))
        .filter(record -> images.contains(record.sha256()));
  }

  /** Remembers a file whose photo has just been stored. */
  void add(ImportRecord record) throws IOException {
    log.add(record);
  }

  /** Writes what is not written yet. */
  @Override
  public void close() throws IOException {
    log.close();
  }

  private static String key(String fileSha256, String recipe) {
    return fileSha256 + " " + recipe;
  }
}
