package app.mushroom.trainer.runs;

import app.mushroom.storage.JsonDocument;
import app.mushroom.storage.Names;
import app.mushroom.storage.ObjectKey;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.Precondition;
import app.mushroom.storage.Sha256;
import app.mushroom.storage.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Run records in the store, under {@code runs/<run-id>/}. A checkpoint's {@code checkpoint.json} is
 * written last and names its files with their hashes; older checkpoints are removed only then, so
 * there is a complete one at any moment.
 */
public final class RunStore {

  private static final int MAX_RECORD_BYTES = 16_000_000;

  private final ObjectStore store;

  /** A file of a checkpoint. */
  public record CheckpointFile(String name, String sha256, long sizeBytes) {}

  /**
   * @param epoch epochs done
   * @param bestEpoch the epoch whose network did best on val so far
   * @param bestTop1 its top-1 share
   * @param bestLoss its loss
   */
  public record CheckpointIndex(
      int schemaVersion,
      int epoch,
      int bestEpoch,
      double bestTop1,
      double bestLoss,
      List<CheckpointFile> files) {}

  public RunStore(ObjectStore store) {
    this.store = store;
  }

  public void write(String run, String name, Object document) throws IOException {
    store.writeBytes(key(run, name), JsonDocument.write(document), Precondition.none());
  }

  public <T> Optional<T> read(String run, String name, Class<T> type) throws IOException {
    ObjectKey key = key(run, name);
    if (store.find(key).isEmpty()) {
      return Optional.empty();
    }
    byte[] bytes = store.readBytes(key, MAX_RECORD_BYTES);
    return Optional.of(JsonDocument.readOlder(bytes, type, key.value()));
  }

  /** Whether there is an epoch to go on from. */
  public boolean hasCheckpoint(String run) throws IOException {
    return store.find(key(run, "checkpoint/checkpoint.json")).isPresent();
  }

  /** Replaces {@code metrics.jsonl} by these lines, one an epoch. */
  public void writeMetrics(String run, List<?> epochs) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (Object epoch : epochs) {
      lines.append(JsonDocument.mapper().writeValueAsString(epoch)).append('\n');
    }
    byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
    store.writeBytes(key(run, "metrics.jsonl"), bytes, Precondition.none());
  }

  public <T> List<T> readMetrics(String run, Class<T> type) throws IOException {
    ObjectKey key = key(run, "metrics.jsonl");
    List<T> epochs = new ArrayList<>();
    if (store.find(key).isPresent()) {
      String text = new String(store.readBytes(key, MAX_RECORD_BYTES), StandardCharsets.UTF_8);
      text.lines().forEach(line -> epochs.add(JsonDocument.mapper().readValue(line, type)));
    }
    return epochs;
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

  /** Stores the files of a folder as the checkpoint after {@code index.epoch()} epochs. */
  public void saveCheckpoint(String run, CheckpointIndex index, Path folder) throws IOException {
    String place = "checkpoint/" + index.epoch() + "/";
    List<CheckpointFile> files = new ArrayList<>();
    try (Stream<Path> paths = Files.list(folder)) {
      for (Path path : paths.sorted().toList()) {
        String name = path.getFileName().toString();
        try (InputStream in = Files.newInputStream(path)) {
          store.write(key(run, place + name), in, Precondition.none());
        }
        files.add(new CheckpointFile(name, Sha256.of(path), Files.size(path)));
      }
    }
    CheckpointIndex complete =
        new CheckpointIndex(
            JsonDocument.SCHEMA_VERSION,
            index.epoch(),
            index.bestEpoch(),
            index.bestTop1(),
            index.bestLoss(),
            files);
    write(run, "checkpoint/checkpoint.json", complete);
    removeOthers(run, place);
  }

  private void removeOthers(String run, String keep) throws IOException {
    String prefix = "runs/" + run + "/checkpoint/";
    List<ObjectKey> stale;
    try (Stream<StoredObject> objects = store.list(prefix)) {
      stale =
          objects
              .map(StoredObject::key)
              .filter(key -> !key.value().startsWith("runs/" + run + "/" + keep))
              .filter(key -> !key.name().equals("checkpoint.json"))
              .toList();
    }
    for (ObjectKey key : stale) {
      store.delete(key);
    }
  }

  /**
   * Copies the last complete checkpoint into {@code folder}.
   *
   * @throws IOException if a file is missing or its hash differs; the message names it
   */
  public Optional<CheckpointIndex> loadCheckpoint(String run, Path folder) throws IOException {
    Optional<CheckpointIndex> index =
        read(run, "checkpoint/checkpoint.json", CheckpointIndex.class);
    if (index.isPresent()) {
      for (CheckpointFile file : index.get().files()) {
        ObjectKey key = key(run, "checkpoint/" + index.get().epoch() + "/" + file.name());
        Path target = folder.resolve(key.name());
        try (InputStream in = store.open(key)) {
          Files.copy(in, target);
        }
        String found = Sha256.of(target);
        if (!found.equals(file.sha256())) {
          throw new IOException(
              "The checkpoint file "
                  + key.value()
                  + " is damaged: expected SHA-256 "
                  + file.sha256()
                  + ", found "
                  + found
                  + ". Start the training anew.");
        }
      }
    }
    return index;
  }

  private static ObjectKey key(String run, String name) {
    return ObjectKey.of("runs", Names.require("run", run), name);
  }
}
