package app.mushroom.trainer.runs;

import app.mushroom.storage.JsonDocument;
import app.mushroom.storage.Names;
import app.mushroom.storage.ObjectKey;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStoreException;
import app.mushroom.storage.Precondition;
import app.mushroom.storage.PreconditionFailedException;
import app.mushroom.storage.StoredObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Run records in the store, under {@code runs/<run-id>/}. */
public final class RunStore {

  private static final String METRICS = "metrics.jsonl";
  private static final int ATTEMPTS = 5;
  private static final int MAX_RECORD_BYTES = 16_000_000;

  private final ObjectStore store;

  public RunStore(ObjectStore store) {
    this.store = store;
  }

  public void write(String run, String name, Object document) throws IOException {
    put(key(run, name), JsonDocument.write(document));
  }

  /**
   * Changes a document, whoever else does so at the same time.
   *
   * @param change gets what is there, or nothing; called again if somebody was faster
   */
  public <T> void update(String run, String name, Class<T> type, Function<Optional<T>, T> change)
      throws IOException {
    ObjectKey key = key(run, name);
    for (int attempt = 1; ; attempt++) {
      Optional<StoredObject> there = store.find(key);
      Optional<T> before = there.isEmpty() ? Optional.empty() : read(run, name, type);
      Precondition unchanged =
          there
              .map(object -> Precondition.generation(object.generation()))
              .orElse(Precondition.absent());
      try {
        store.writeBytes(key, JsonDocument.write(change.apply(before)), unchanged);
        return;
      } catch (PreconditionFailedException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** Writes a file for people. */
  public void writeText(String run, String name, String text) throws IOException {
    store.writeBytes(key(run, name), text.getBytes(StandardCharsets.UTF_8), Precondition.none());
  }

  public <T> Optional<T> read(String run, String name, Class<T> type) throws IOException {
    ObjectKey key = key(run, name);
    if (store.find(key).isEmpty()) {
      return Optional.empty();
    }
    byte[] bytes = store.readBytes(key, MAX_RECORD_BYTES);
    return Optional.of(JsonDocument.readOlder(bytes, type, key.value()));
  }

  /** Writes a record of one document a line, in place of what was there. */
  public void writeLines(String run, String name, List<?> documents) throws IOException {
    put(key(run, name), lines(documents));
  }

  static byte[] lines(List<?> documents) {
    StringBuilder lines = new StringBuilder();
    for (Object document : documents) {
      lines.append(JsonDocument.mapper().writeValueAsString(document)).append('\n');
    }
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Reads a record of one document a line; empty if there is none. */
  public <T> Optional<List<T>> readLines(String run, String name, Class<T> type)
      throws IOException {
    ObjectKey key = key(run, name);
    if (store.find(key).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(lines(store.readBytes(key, MAX_RECORD_BYTES), type));
  }

  static <T> List<T> lines(byte[] bytes, Class<T> type) {
    return new String(bytes, StandardCharsets.UTF_8)
        .lines()
        .map(line -> JsonDocument.mapper().readValue(line, type))
        .toList();
  }

  /** Replaces {@code metrics.jsonl} by these lines, one an epoch. */
  public void writeMetrics(String run, List<?> epochs) throws IOException {
    writeLines(run, METRICS, epochs);
  }

  public <T> List<T> readMetrics(String run, Class<T> type) throws IOException {
    return readLines(run, METRICS, type).orElse(List.of());
  }

  /** Run ids, newest first, as ids begin with the time they were made. */
  public List<String> runs() throws IOException {
    try (Stream<StoredObject> objects = store.list("runs/")) {
      return objects
          .map(object -> object.key().value())
          .filter(key -> key.endsWith("/params.json"))
          .map(key -> key.substring("runs/".length(), key.lastIndexOf('/')))
          .sorted(Comparator.reverseOrder())
          .toList();
    }
  }

  private void put(ObjectKey key, byte[] bytes) throws IOException {
    try {
      store.writeBytes(key, bytes, Precondition.none());
    } catch (ObjectStoreException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException(
          "Could not write " + key + " in " + store.location() + ": " + e.getMessage() + ".", e);
    }
  }

  private static ObjectKey key(String run, String name) {
    return ObjectKey.of("runs", Names.require("run", run), name);
  }
}
