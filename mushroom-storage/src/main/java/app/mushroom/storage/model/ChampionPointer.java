package app.mushroom.storage.model;

import app.mushroom.storage.JsonDocument;
import app.mushroom.storage.Names;
import app.mushroom.storage.ObjectNotFoundException;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.Precondition;
import app.mushroom.storage.PreconditionFailedException;
import app.mushroom.storage.StoredObject;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** {@code champion.json}: which version is served, swapped by compare-and-set. */
final class ChampionPointer {
  private static final int MAX_HISTORY = 100;

  private final ObjectStore store;
  private final ModelKeys keys;

  ChampionPointer(ObjectStore store, ModelKeys keys) {
    this.store = store;
    this.keys = keys;
  }

  record Document(
      int schemaVersion,
      String model,
      String version,
      Instant promoted,
      String reason,
      List<Champion.Entry> history) {
    Document {
      Names.require("model", Objects.requireNonNull(model, "champion without model"));
      Names.require("version", Objects.requireNonNull(version, "champion without version"));
      Objects.requireNonNull(promoted, "champion without promoted");
      Objects.requireNonNull(reason, "champion without reason");
      history = List.copyOf(Objects.requireNonNull(history, "champion without history"));
    }
  }

  Optional<Champion> read() throws IOException {
    while (true) {
      Optional<StoredObject> before = store.find(keys.champion());
      if (before.isEmpty()) {
        return Optional.empty();
      }
      byte[] json;
      try {
        json = store.readBytes(keys.champion(), JsonDocument.MAX_BYTES);
      } catch (ObjectNotFoundException e) {
        continue;
      }
      // The generation must be that of these bytes: read again if somebody wrote in between.
      if (store.find(keys.champion()).equals(before)) {
        return Optional.of(champion(json, before.get().generation()));
      }
    }
  }

  private Champion champion(byte[] json, long generation) throws IOException {
    String what = keys.champion() + " in " + store.location();
    Document document = JsonDocument.read(json, Document.class, what);
    return new Champion(
        document.model(),
        document.version(),
        document.promoted(),
        document.reason(),
        document.history(),
        generation);
  }

  /** Swaps the pointer, if it is still the expected one. */
  Champion swap(String version, String reason, Instant promoted, Optional<Champion> expected)
      throws IOException {
    List<Champion.Entry> history = new ArrayList<>();
    expected.ifPresent(
        old -> {
          history.add(new Champion.Entry(old.version(), old.promoted(), old.reason()));
          history.addAll(old.history());
        });
    Document document =
        new Document(
            JsonDocument.SCHEMA_VERSION,
            keys.model(),
            version,
            promoted,
            reason,
            history.subList(0, Math.min(history.size(), MAX_HISTORY)));
    Precondition precondition =
        expected
            .map(old -> Precondition.generation(old.generation()))
            .orElse(Precondition.absent());
    try {
      StoredObject written =
          store.writeBytes(keys.champion(), JsonDocument.write(document), precondition);
      return new Champion(
          keys.model(), version, promoted, reason, document.history(), written.generation());
    } catch (PreconditionFailedException e) {
      throw new PreconditionFailedException(
          "Did not promote %s version %s: expected the champion to be %s, found %s. Look at it and promote again if you still want to."
              .formatted(
                  keys.model(),
                  version,
                  expected.map(old -> "version " + old.version()).orElse("none yet"),
                  read()
                      .map(
                          now ->
                              "version %s, promoted %s (%s)"
                                  .formatted(now.version(), now.promoted(), now.reason()))
                      .orElse("none")),
          e);
    }
  }
}
