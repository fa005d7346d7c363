package app.mushroom.collector.imports;

import app.mushroom.storage.JsonDocument;
import app.mushroom.storage.ObjectKey;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.Precondition;
import app.mushroom.storage.PreconditionFailedException;
import app.mushroom.storage.StoredObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The memory of earlier imports, so that a file is not encoded twice. Kept as small objects {@code
 * datasets/<name>/records/import/<n>.jsonl}, written whole or not at all: what a crash loses is at
 * most the last part, whose photos are then encoded again to the same bytes. Safe for use by
 * several threads.
 */
final class ImportRecords implements AutoCloseable {
  private static final int LINES_PER_PART = 100;
  private static final int MAX_PART_BYTES = 1_000_000;

  private final ObjectStore store;
  private final String prefix;
  private final JsonMapper mapper = JsonDocument.mapper();
  private final Map<String, ImportRecord> known = new ConcurrentHashMap<>();
  private final Set<String> images;
  private final List<String> unwritten = new ArrayList<>();
  private int nextPart = 1;

  /** Reads what earlier imports of this dataset left. */
  ImportRecords(ObjectStore store, String dataset) throws IOException {
    this.store = store;
    this.prefix = "datasets/" + dataset + "/records/import/";
    try {
      try (Stream<StoredObject> parts = store.list(prefix)) {
        for (StoredObject part : (Iterable<StoredObject>) parts::iterator) {
          read(part.key());
        }
      }
      this.images = storedImages(dataset);
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private void read(ObjectKey part) throws IOException {
    String number = part.name().replace(".jsonl", "");
    if (number.matches("\\d{1,9}")) {
      nextPart = Math.max(nextPart, Integer.parseInt(number) + 1);
    }
    String lines = new String(store.readBytes(part, MAX_PART_BYTES), StandardCharsets.UTF_8);
    for (String line : lines.split("\n", -1)) {
      if (!line.isBlank()) {
        parse(line)
            .ifPresent(record -> known.put(key(record.fileSha256(), record.recipe()), record));
      }
    }
  }

  private Optional<ImportRecord> parse(String line) {
    try {
      return Optional.of(mapper.readValue(line, ImportRecord.class));
    } catch (JacksonException e) {
      // A line that we cannot read costs one more encoding, no more.
      return Optional.empty();
    }
  }

  private Set<String> storedImages(String dataset) throws IOException {
    if (known.isEmpty()) {
      return Set.of();
    }
    try (Stream<StoredObject> images = store.list("datasets/" + dataset + "/images/")) {
      return images
          .map(image -> image.key().name().replace(".jpg", ""))
          .collect(Collectors.toUnmodifiableSet());
    }
  }

  /** What became of such a file, if its photo is still in the store. */
  Optional<ImportRecord> find(String fileSha256, String recipe) {
    return Optional.ofNullable(known.get(key(fileSha256, recipe)))
        .filter(record -> images.contains(record.sha256()));
  }

  /** Remembers a file whose photo has just been stored. */
  synchronized void add(ImportRecord record) throws IOException {
    unwritten.add(mapper.writeValueAsString(record) + "\n");
    if (unwritten.size() >= LINES_PER_PART) {
      close();
    }
  }

  /** Writes what is not written yet. */
  @Override
  public synchronized void close() throws IOException {
    byte[] part = String.join("", unwritten).getBytes(StandardCharsets.UTF_8);
    while (!unwritten.isEmpty()) {
      ObjectKey key = new ObjectKey(prefix + "%08d.jsonl".formatted(nextPart++));
      try {
        store.writeBytes(key, part, Precondition.absent());
        unwritten.clear();
      } catch (PreconditionFailedException e) {
        // Another import took this number; the next one is as good.
        continue;
      }
    }
  }

  private static String key(String fileSha256, String recipe) {
    return fileSha256 + " " + recipe;
  }
}
