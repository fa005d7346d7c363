package app.mushroom.trainer.runs;

import app.mushroom.storage.InvalidNameException;
import app.mushroom.storage.JsonDocument;
import app.mushroom.storage.Names;
import app.mushroom.storage.ObjectKey;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStoreException;
import app.mushroom.storage.Precondition;
import app.mushroom.storage.PreconditionFailedException;
import app.mushroom.storage.StoredObject;
import app.mushroom.storage.UnreadableDocumentException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;

/** Run records in the store, under {@code runs/<run-id>/}. */
public final class RunStore {

  /** What the newest run may be called. */
  public static final String LATEST = "latest";

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
    return Optional.of(lines(store.readBytes(key, MAX_RECORD_BYTES), type, key.value()));
  }

  /**
   * @param what where the bytes come from, for the message
   * @throws ObjectStoreException if a line is no such document
   */
  static <T> List<T> lines(byte[] bytes, Class<T> type, String what) throws ObjectStoreException {
    List<T> documents = new ArrayList<>();
    for (String line : new String(bytes, StandardCharsets.UTF_8).lines().toList()) {
      T document;
      try {
        document = JsonDocument.mapper().readValue(line, type);
      } catch (JacksonException e) {
        throw new UnreadableDocumentException(what, type.getSimpleName(), e);
      }
      if (document == null) {
        throw new ObjectStoreException(
            "Cannot read "
                + what
                + ": expected a JSON document of the kind "
                + type.getSimpleName()
                + " in each line, found null. Remove it or write it anew.");
      }
      documents.add(document);
    }
    return documents;
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
          .map(object -> List.of(object.key().value().split("/", -1)))
          .filter(parts -> parts.size() == 3 && parts.get(2).equals(RunParameters.FILE))
          .map(parts -> parts.get(1))
          .filter(RunStore::isName)
          .sorted(Comparator.reverseOrder())
          .toList();
    }
  }

  private static boolean isName(String folder) {
    try {
      Names.require("run", folder);
      return true;
    } catch (InvalidNameException e) {
      return false; // somebody else's folder: no command could name it
    }
  }

  /**
   * The run that somebody means.
   *
   * @param wanted its name, a part of its name that no other run has, or {@code latest}
   * @throws IOException if there is no such run, or there are several
   */
  public String named(String wanted) throws IOException {
    List<String> known = runs();
    if (known.contains(wanted)) {
      return wanted;
    }
    if (wanted.equals(LATEST) && !known.isEmpty()) {
      return known.get(0);
    }
    List<String> meant = known.stream().filter(run -> run.contains(wanted)).toList();
    if (meant.isEmpty()) {
      throw none(wanted);
    }
    if (meant.size() > 1) {
      throw new IOException(
          "Expected a part of one run's name, found " + wanted + " in " + meant + ".");
    }
    return meant.get(0);
  }

  /**
   * What a run was asked to do.
   *
   * @throws IOException if there is no such run
   */
  public RunParameters parameters(String run) throws IOException {
    return read(run, RunParameters.FILE, RunParameters.class).orElseThrow(() -> none(run));
  }

  private static IOException none(String run) {
    return new IOException("There is no run " + run + ". See: mushroom runs list");
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
