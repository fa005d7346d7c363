package app.mushroom.collector.records;

import app.mushroom.storage.JsonDocument;
import app.mushroom.storage.ObjectKey;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.Precondition;
import app.mushroom.storage.PreconditionFailedException;
import app.mushroom.storage.StoredObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Records of one kind, only ever added to: JSON lines in numbered objects {@code
 * <prefix><n>.jsonl}, each written whole under a number that nobody else has and never changed. A
 * crash loses at most the lines since the last part. Safe for use by several threads, and by
 * several processes.
 *
 * @param <T> a record that Jackson reads and writes
 */
public final class RecordLog<T> implements AutoCloseable {
  private final ObjectStore store;
  private final String prefix;
  private final Class<T> type;
  private final int linesPerPart;
  private final JsonMapper mapper = JsonDocument.mapper();
  private final List<String> unwritten = new ArrayList<>();
  private int nextPart = 1;

  /**
   * Reads what is there.
   *
   * @param prefix where the parts lie, ending in a slash
   * @param linesPerPart what a crash may lose, at least 1
   * @param reader gets every record, in the order of the parts; a line that is no such record is
   *     left out, as what it stood for can be done again
   * @throws IOException if the store cannot be read, or a part is not as it was written
   */
  public RecordLog(
      ObjectStore store, String prefix, Class<T> type, int linesPerPart, Consumer<T> reader)
      throws IOException {
    this.store = store;
    this.prefix = prefix;
    this.type = type;
    this.linesPerPart = linesPerPart;
    List<ObjectKey> parts;
    try (Stream<StoredObject> listed = store.list(prefix)) {
      parts = listed.map(StoredObject::key).toList();
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e);
    }
    for (ObjectKey part : parts) {
      String number = part.name().replace(".jsonl", "");
      if (number.matches("\\d{1,9}")) {
        nextPart = Math.max(nextPart, Integer.parseInt(number) + 1);
      }
    }
    PartReader.read(
        store,
        parts,
        (key, content) -> {
          for (String line : RecordPart.read(content, key + " in " + store.location())) {
            parse(line).ifPresent(reader);
          }
        });
  }

  private Optional<T> parse(String line) {
    try {
      return Optional.of(mapper.readValue(line, type));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /** Adds a record, and writes a part when there are enough for one. */
  public synchronized void add(T record) throws IOException {
    unwritten.add(mapper.writeValueAsString(record));
    if (unwritten.size() >= linesPerPart) {
      flush();
    }
  }

  /** Writes what is not written yet. */
  public synchronized void flush() throws IOException {
    if (unwritten.isEmpty()) {
      return;
    }
    byte[] part = RecordPart.write(unwritten);
    while (!unwritten.isEmpty()) {
      ObjectKey key = new ObjectKey(prefix + "%08d.jsonl".formatted(nextPart++));
      try {
        store.writeBytes(key, part, Precondition.absent());
        unwritten.clear();
      } catch (PreconditionFailedException e) {
        // Another process took this number; the next one is as good.
        continue;
      }
    }
  }

  @Override
  public void close() throws IOException {
    flush();
  }
}
