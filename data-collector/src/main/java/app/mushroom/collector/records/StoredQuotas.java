package app.mushroom.collector.records;

import app.mushroom.collector.fetch.QuotaMemory;
import app.mushroom.storage.CorruptObjectException;
import app.mushroom.storage.JsonDocument;
import app.mushroom.storage.ObjectKey;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.Precondition;
import app.mushroom.storage.PreconditionFailedException;
import app.mushroom.storage.StoredObject;
import app.mushroom.storage.UnreadableDocumentException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What is left of hosts' quotas, in {@code collector/quotas.json} of the store, by compare and set:
 * whoever collects into one store shares them. A store that cannot be read or written stops nobody;
 * quotas then hold for the run alone.
 */
public final class StoredQuotas implements QuotaMemory {
  private static final ObjectKey KEY = new ObjectKey("collector/quotas.json");
  private static final int TRIES = 5;

  private final ObjectStore store;
  private final Consumer<String> notes;
  private boolean noted;

  /** The document. */
  record Document(int schemaVersion, Map<String, Level> quotas) {}

  /**
   * @param notes gets a sentence where what is kept is not usable
   */
  public StoredQuotas(ObjectStore store, Consumer<String> notes) {
    this.store = store;
    this.notes = notes;
  }

  @Override
  public synchronized boolean change(UnaryOperator<Map<String, Level>> change) {
    String why = "others kept changing it";
    for (int i = 0; i < TRIES; i++) {
      try {
        Optional<StoredObject> found = store.find(KEY);
        Map<String, Level> after = change.apply(found.isEmpty() ? Map.of() : read());
        store.writeBytes(
            KEY,
            JsonDocument.write(new Document(JsonDocument.SCHEMA_VERSION, after)),
            found
                .map(there -> Precondition.generation(there.generation()))
                .orElse(Precondition.absent()));
        return true;
      } catch (PreconditionFailedException e) {
        continue; // another process was faster
      } catch (IOException e) {
        why = String.valueOf(e.getMessage());
        break;
      }
    }
    note("What was spent of hosts' quotas cannot be kept for the next run: " + why);
    return false;
  }

  private Map<String, Level> read() throws IOException {
    try {
      Map<String, Level> quotas =
          JsonDocument.read(
                  store.readBytes(KEY, JsonDocument.MAX_BYTES), Document.class, KEY.value())
              .quotas();
      if (quotas != null && quotas.values().stream().allMatch(StoredQuotas::isWhole)) {
        return quotas;
      }
    } catch (CorruptObjectException | UnreadableDocumentException e) {
      note(forgotten(String.valueOf(e.getMessage())));
      return Map.of();
    }
    note(forgotten("a level is missing."));
    return Map.of();
  }

  @SuppressWarnings("ConstantValue") // JSON may hold null
  private static boolean isWhole(Level level) {
    return level != null && level.at() != null && Double.isFinite(level.left());
  }

  private static String forgotten(String why) {
    return KEY + " is not as it was written, so quotas of hosts count from nothing: " + why;
  }

  private void note(String sentence) {
    if (!noted) {
      noted = true;
      notes.accept(sentence);
    }
  }
}
