package app.mushroom.collector.search;

import app.mushroom.collector.quality.NearDuplicateIndex;
import app.mushroom.collector.quality.NearDuplicates;
import app.mushroom.collector.quality.PerceptualHash;
import app.mushroom.collector.records.RecordLog;
import app.mushroom.collector.source.OfferedPhoto;
import app.mushroom.storage.ObjectStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
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

  private static final Decision[] DECISIONS = Decision.values();

  private final Map<String, Integer> taken = new HashMap<>();

  /** Photo → the ordinal of what was decided. */
  private final Fingerprints decisions = new Fingerprints();

  /** Label and hash of bytes → where they came from, as a position in {@link #from}. */
  private final Fingerprints sameBytes = new Fingerprints();

  private final List<String> from = new ArrayList<>();
  private final Map<String, Looks> looks = new HashMap<>();
  private final RecordLog<PhotoRecord> log;

  /** What the photos of a label look like, and where each came from. */
  private static final class Looks {
    private long[] hashes = new long[16];
    private int[] from = new int[16];
    private int size;

    /** Made when it is asked for: an index has its size also where it holds little. */
    private @Nullable NearDuplicateIndex index;

    private void add(PerceptualHash hash, int place) {
      if (size == from.length) {
        hashes = Arrays.copyOf(hashes, 2 * size);
        from = Arrays.copyOf(from, 2 * size);
      }
      hashes[size] = hash.bits();
      from[size++] = place;
      if (index != null) {
        index.add(hash.bits());
      }
    }

    private NearDuplicateIndex index() {
      if (index == null) {
        index = new NearDuplicateIndex();
        for (int i = 0; i < size; i++) {
          index.add(hashes[i]);
        }
      }
      return index;
    }
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
    Decision before = decision(key);
    if (before != Decision.TAKEN) {
      decisions.put(key, decision.ordinal());
    }
    if (stored != null && before != Decision.TAKEN) {
      taken.merge(record.label(), 1, Integer::sum);
    }
    if (stored != null) {
      learn(record, stored, before != Decision.TAKEN);
    }
  }

  private void learn(PhotoRecord record, PhotoRecord.Taken stored, boolean isNew) {
    String sameStored = record.label() + " " + stored.sha256();
    String sameSource = record.label() + " " + stored.sourceSha256();
    boolean knownStored = sameBytes.get(sameStored) != Fingerprints.NONE;
    boolean knownSource = sameBytes.get(sameSource) != Fingerprints.NONE;
    if (knownStored && knownSource && !isNew) {
      return;
    }
    int place = from.size();
    from.add(where(record));
    if (!knownStored) {
      sameBytes.put(sameStored, place);
    }
    if (!knownSource) {
      sameBytes.put(sameSource, place);
    }
    String hash = stored.perceptualHash();
    if (hash != null && isNew) {
      looks
          .computeIfAbsent(record.label(), label -> new Looks())
          .add(PerceptualHash.parse(hash), place);
    }
  }

  private @Nullable Decision decision(String key) {
    int ordinal = decisions.get(key);
    return ordinal == Fingerprints.NONE ? null : DECISIONS[ordinal];
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
    Decision decision = decision(key(label, photo.source(), photo.id()));
    return decision == Decision.TAKEN || decision == Decision.REFUSED;
  }

  /** Whether a refusal that may pass is on record already. */
  synchronized boolean isToTryAgain(String label, OfferedPhoto photo) {
    return decision(key(label, photo.source(), photo.id())) == Decision.TO_TRY_AGAIN;
  }

  /** How many photos of a label are taken. */
  synchronized int taken(String label) {
    return taken.getOrDefault(label, 0);
  }

  /** Where the very same bytes came from under this label, if they did. */
  synchronized @Nullable String sameBytes(String label, String sha256) {
    int place = sameBytes.get(label + " " + sha256);
    return place == Fingerprints.NONE ? null : from.get(place);
  }

  /** Where a photo of this label came from that looks the same, as it is or mirrored. */
  synchronized @Nullable String looksLike(String label, PerceptualHash hash) {
    Looks ofLabel = looks.get(label);
    if (ofLabel == null) {
      return null;
    }
    for (PerceptualHash side : List.of(hash, hash.mirrored())) {
      int[] near = ofLabel.index().queryDistinct(side.bits(), NearDuplicates.SURE_RADIUS);
      if (near.length > 0) {
        return from.get(ofLabel.from[near[0]]);
      }
    }
    return null;
  }

  /** Gives back the memory that only a search for this label needs. */
  synchronized void isSearched(String label) {
    Looks ofLabel = looks.get(label);
    if (ofLabel != null) {
      ofLabel.index = null;
    }
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
