package app.mushroom.collector.search;

import app.mushroom.collector.quality.NearDuplicateIndex;
import app.mushroom.collector.quality.NearDuplicates;
import app.mushroom.collector.quality.PerceptualHash;
import app.mushroom.collector.records.RecordLog;
import app.mushroom.collector.source.OfferedPhoto;
import app.mushroom.storage.ObjectStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was decided of every photo that a search came to, kept in {@code
 * datasets/<name>/records/search/}. Safe for use by several threads, of which one decides on photos
 * of a label.
 */
public final class SearchRecords implements AutoCloseable {
  /** A crash costs at most so many photos fetched again. */
  private static final int LINES_PER_PART = 50;

  private final Map<String, Decision> decisions = new HashMap<>();
  private final Map<String, Integer> taken = new HashMap<>();
  private final Map<String, String> sameBytes = new HashMap<>();
  private final Map<String, Looks> looks = new HashMap<>();
  private final RecordLog<PhotoRecord> log;

  /** What the photos of a label look like, and where each came from. */
  private static final class Looks {
    private final NearDuplicateIndex index = new NearDuplicateIndex();
    private final List<String> from = new ArrayList<>();
  }

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
    // What is stored stays taken, whatever a second search at the same time says of it.
    Decision before = decisions.get(key);
    if (before != Decision.TAKEN) {
      decisions.put(key, decision);
    }
    if (decision == Decision.TAKEN && before != Decision.TAKEN) {
      taken.merge(record.label(), 1, Integer::sum);
    }
    if (stored != null) {
      sameBytes.putIfAbsent(record.label() + " " + stored.sha256(), where(record));
      sameBytes.putIfAbsent(record.label() + " " + stored.sourceSha256(), where(record));
      String hash = stored.perceptualHash();
      if (hash != null && before != Decision.TAKEN) {
        Looks ofLabel = looks.computeIfAbsent(record.label(), label -> new Looks());
        ofLabel.index.add(PerceptualHash.parse(hash).bits());
        ofLabel.from.add(where(record));
      }
    }
  }

  /** Adds a decision. */
  synchronized void add(PhotoRecord record) throws IOException {
    log.add(record);
    learn(record);
  }

  /** Writes what is not written yet. */
  void flush() throws IOException {
    log.flush();
  }

  /** Whether nothing more is to be done with a photo. */
  synchronized boolean isDecided(String label, OfferedPhoto photo) {
    Decision decision = decisions.get(key(label, photo.source(), photo.id()));
    return decision == Decision.TAKEN || decision == Decision.REFUSED;
  }

  /** Whether a refusal that may pass is on record already. */
  synchronized boolean isToTryAgain(String label, OfferedPhoto photo) {
    return decisions.get(key(label, photo.source(), photo.id())) == Decision.TO_TRY_AGAIN;
  }

  /** How many photos of a label are taken. */
  synchronized int taken(String label) {
    return taken.getOrDefault(label, 0);
  }

  /** Where the very same bytes came from under this label, if they did. */
  synchronized @Nullable String sameBytes(String label, String sha256) {
    return sameBytes.get(label + " " + sha256);
  }

  /** Where a photo of this label came from that looks the same, as it is or mirrored. */
  synchronized @Nullable String looksLike(String label, PerceptualHash hash) {
    Looks ofLabel = looks.get(label);
    if (ofLabel == null) {
      return null;
    }
    for (PerceptualHash side : List.of(hash, hash.mirrored())) {
      int[] near = ofLabel.index.queryDistinct(side.bits(), NearDuplicates.SURE_RADIUS);
      if (near.length > 0) {
        return ofLabel.from.get(near[0]);
      }
    }
    return null;
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
