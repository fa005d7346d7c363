package app.mushroom.collector.search;

import app.mushroom.collector.records.RecordLog;
import app.mushroom.collector.source.OfferedPhoto;
import app.mushroom.storage.ObjectStore;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was decided of every photo that a search came to, kept in {@code
 * datasets/<name>/records/search/}. Used by one thread.
 */
public final class SearchRecords implements AutoCloseable {
  /** A crash costs at most so many photos fetched again. */
  private static final int LINES_PER_PART = 50;

  private final Map<String, Decision> decisions = new HashMap<>();
  private final Map<String, Integer> taken = new HashMap<>();
  private final Map<String, String> sameBytes = new HashMap<>();
  private final RecordLog<PhotoRecord> log;

  /** The little of a record that a search asks for. */
  private enum Decision {
    TAKEN,
    REFUSED,
    TO_TRY_AGAIN
  }

  public SearchRecords(ObjectStore store, String dataset) throws IOException {
    this.log =
        new RecordLog<>(store, prefix(dataset), PhotoRecord.class, LINES_PER_PART, this::learn);
  }

  static String prefix(String dataset) {
    return "datasets/" + dataset + "/records/search/";
  }

  private void learn(PhotoRecord record) {
    String key = key(record);
    PhotoRecord.Taken stored = record.taken();
    PhotoRecord.Refused refused = record.refused();
    Decision decision =
        stored != null
            ? Decision.TAKEN
            : refused != null && refused.passing() ? Decision.TO_TRY_AGAIN : Decision.REFUSED;
    Decision before = decisions.put(key, decision);
    if (decision == Decision.TAKEN && before != Decision.TAKEN) {
      taken.merge(record.label(), 1, Integer::sum);
    }
    if (stored != null) {
      sameBytes.putIfAbsent(record.label() + " " + stored.sha256(), where(record));
      sameBytes.putIfAbsent(record.label() + " " + stored.sourceSha256(), where(record));
    }
  }

  /** Adds a decision. */
  void add(PhotoRecord record) throws IOException {
    log.add(record);
    learn(record);
  }

  /** Writes what is not written yet. */
  void flush() throws IOException {
    log.flush();
  }

  /** Whether nothing more is to be done with a photo. */
  boolean isDecided(String label, OfferedPhoto photo) {
    Decision decision = decisions.get(key(label, photo.source(), photo.id()));
    return decision == Decision.TAKEN || decision == Decision.REFUSED;
  }

  /** Whether a refusal that may pass is on record already. */
  boolean isToTryAgain(String label, OfferedPhoto photo) {
    return decisions.get(key(label, photo.source(), photo.id())) == Decision.TO_TRY_AGAIN;
  }

  /** How many photos of a label are taken. */
  int taken(String label) {
    return taken.getOrDefault(label, 0);
  }

  /** Where the very same bytes came from under this label, if they did. */
  @Nullable String sameBytes(String label, String sha256) {
    return sameBytes.get(label + " " + sha256);
  }

  private static String where(PhotoRecord record) {
    String page = record.page();
    return page == null ? record.address() : page;
  }

  static String key(PhotoRecord record) {
    return key(record.label(), record.source(), record.id());
  }

  private static String key(String label, String source, String id) {
    return label + " " + source + " " + id;
  }

  @Override
  public void close() throws IOException {
    log.close();
  }
}
