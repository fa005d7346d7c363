package app.mushroom.trainer.runs;

import app.mushroom.storage.CorruptObjectException;
import app.mushroom.storage.JsonDocument;
import app.mushroom.storage.Names;
import app.mushroom.storage.ObjectKey;
import app.mushroom.storage.ObjectNotFoundException;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStoreException;
import app.mushroom.storage.Precondition;
import app.mushroom.storage.PreconditionFailedException;
import app.mushroom.storage.Sha256;
import app.mushroom.storage.StoredObject;
import app.mushroom.storage.UnreadableDocumentException;
import app.mushroom.trainer.runs.CheckpointIndex.CheckpointFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The last two checkpoints of a run, in two places that take turns: {@code checkpoint/1/} and
 * {@code checkpoint/2/}. In each, {@code checkpoint.json} is removed first and written last, so the
 * other one is complete at any moment.
 */
public final class CheckpointStore {

  private static final String INDEX = "checkpoint.json";
  private static final List<Integer> PLACES = List.of(1, 2);
  private static final int MAX_INDEX_BYTES = 1_000_000;

  private final ObjectStore store;
  private final String run;
  private int lastPlace = 2;
  private long lastNumber;
  private @Nullable CheckpointIndex attempted;

  public CheckpointStore(ObjectStore store, String run) {
    this.store = store;
    this.run = Names.require("run", run);
  }

  /** Whether there is anything to go on from. */
  public boolean isEmpty() throws IOException {
    for (int place : PLACES) {
      if (store.find(key(place, INDEX)).isPresent()) {
        return false;
      }
    }
    return true;
  }

  /**
   * Stores the files of a folder as the newest checkpoint, in place of the oldest.
   *
   * @param index its number and files are filled in
   * @throws PreconditionFailedException if another process saves checkpoints of this run; what it
   *     saved is still there
   * @throws IOException if the store fails; the last complete checkpoint is still there
   */
  CheckpointIndex save(CheckpointIndex index, Path folder) throws IOException {
    try {
      requireAlone();
      int place = 3 - lastPlace;
      clear(place);
      List<CheckpointFile> files = new ArrayList<>();
      for (Path path : list(folder)) {
        String name = path.getFileName().toString();
        try (InputStream in = Files.newInputStream(path)) {
          store.write(key(place, name), in, Precondition.absent());
        }
        files.add(new CheckpointFile(name, Sha256.of(path), Files.size(path)));
      }
      CheckpointIndex complete =
          new CheckpointIndex(
              JsonDocument.SCHEMA_VERSION,
              lastNumber + 1,
              index.saved(),
              index.epoch(),
              index.step(),
              index.best(),
              files);
      attempted = complete;
      store.writeBytes(key(place, INDEX), JsonDocument.write(complete), Precondition.absent());
      lastPlace = place;
      lastNumber = complete.number();
      return complete;
    } catch (OtherProcessException | PreconditionFailedException e) {
      throw new PreconditionFailedException(
          "Another process saves checkpoints of run "
              + run
              + ". This one ends, so that the other may go on; its checkpoints were left alone.",
          e);
    } catch (ObjectStoreException e) {
      throw e;
    } catch (UncheckedIOException e) {
      throw new IOException(String.valueOf(e.getMessage()), e.getCause());
    } catch (IOException e) {
      throw new IOException(
          "Could not write to " + store.location() + ": " + e.getMessage() + ".", e);
    }
  }

  /** Whatever is newer than what this process knows of, another one wrote. */
  private void requireAlone() throws IOException {
    for (int place : PLACES) {
      CheckpointIndex found;
      try {
        found = index(place);
      } catch (DamagedCheckpointException e) {
        continue; // tells nothing, and is of no use to anybody
      }
      if (found == null || found.number() <= lastNumber) {
        continue;
      }
      if (!found.equals(attempted)) {
        throw new OtherProcessException(found, lastNumber);
      }
      lastPlace = place; // written before, although the store said that it failed
      lastNumber = found.number();
    }
  }

  private void clear(int place) throws IOException {
    store.delete(key(place, INDEX));
    List<ObjectKey> stale;
    try (Stream<StoredObject> objects = store.list(prefix(place))) {
      stale = objects.map(StoredObject::key).toList();
    }
    for (ObjectKey key : stale) {
      store.delete(key);
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> paths = Files.list(folder)) {
      return paths.sorted().toList();
    }
  }

  /**
   * Copies the newest checkpoint whose files are all there and unharmed.
   *
   * @param target where its folder goes
   * @param warn told of a newer one that is damaged
   * @throws IOException if there are checkpoints but none can be used
   */
  Optional<Loaded> load(Path target, Consumer<String> warn) throws IOException {
    List<Place> candidates = new ArrayList<>();
    List<String> damages = new ArrayList<>();
    for (int place : PLACES) {
      try {
        CheckpointIndex index = index(place);
        if (index != null) {
          candidates.add(new Place(place, index));
        }
      } catch (DamagedCheckpointException e) {
        damages.add(e.getMessage());
      }
    }
    candidates.sort(Comparator.comparing((Place place) -> place.index().number()).reversed());
    for (Place candidate : candidates) {
      try {
        Path folder = Files.createDirectories(target.resolve("" + candidate.place()));
        copy(candidate, folder);
        damages.forEach(warn);
        lastPlace = candidate.place();
        lastNumber = candidates.get(0).index().number();
        return Optional.of(new Loaded(candidate.index(), folder));
      } catch (DamagedCheckpointException e) {
        damages.add(e.getMessage());
      }
    }
    if (damages.isEmpty()) {
      return Optional.empty();
    }
    throw new IOException(
        "No checkpoint of run "
            + run
            + " can be used: "
            + String.join(" ", damages)
            + " Start the training anew, without --resume.");
  }

  /** A checkpoint on the local disk, its hashes compared. */
  record Loaded(CheckpointIndex index, Path folder) {}

  private record Place(int place, CheckpointIndex index) {}

  private @Nullable CheckpointIndex index(int place) throws IOException {
    ObjectKey key = key(place, INDEX);
    if (store.find(key).isEmpty()) {
      return null;
    }
    try {
      return JsonDocument.read(
          store.readBytes(key, MAX_INDEX_BYTES), CheckpointIndex.class, key.value());
    } catch (UnreadableDocumentException | CorruptObjectException e) {
      throw new DamagedCheckpointException(key, String.valueOf(e.getMessage()));
    }
  }

  private void copy(Place candidate, Path folder) throws IOException {
    for (CheckpointFile file : candidate.index().files()) {
      ObjectKey key = key(candidate.place(), file.name());
      Path target = folder.resolve(key.name());
      try (InputStream in = store.open(key)) {
        Files.copy(in, target);
      } catch (ObjectNotFoundException | CorruptObjectException e) {
        throw new DamagedCheckpointException(key, String.valueOf(e.getMessage()));
      }
      String found = Sha256.of(target);
      if (!found.equals(file.sha256())) {
        throw new DamagedCheckpointException(
            key, "Expected SHA-256 " + file.sha256() + ", found " + found + ".");
      }
    }
  }

  private ObjectKey key(int place, String name) {
    return ObjectKey.of("runs", run, "checkpoint", Integer.toString(place), name);
  }

  private String prefix(int place) {
    return "runs/" + run + "/checkpoint/" + place + "/";
  }

  /** There is a checkpoint that this process neither wrote nor read. */
  private static final class OtherProcessException extends IOException {
    private static final long serialVersionUID = 1;

    OtherProcessException(CheckpointIndex found, long known) {
      super("Expected at most checkpoint " + known + ", found " + found.number() + ".");
    }
  }

  /** Names the file that is not what was saved. */
  private static final class DamagedCheckpointException extends IOException {
    private static final long serialVersionUID = 1;

    DamagedCheckpointException(ObjectKey key, String found) {
      super("The checkpoint file " + key.value() + " is damaged: " + found);
    }
  }
}
