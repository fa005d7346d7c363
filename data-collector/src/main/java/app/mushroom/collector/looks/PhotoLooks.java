package app.mushroom.collector.looks;

import app.mushroom.collector.quality.Look;
import app.mushroom.collector.records.RecordLog;
import app.mushroom.storage.ObjectNotFoundException;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.vision.photo.PhotoDecoder;
import app.mushroom.vision.photo.PhotoRejectedException;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;

/**
 * How the photos of a dataset look: as was put on record when they were fetched, else as their
 * stored bytes show it, so that whatever interrupts a command, the next one comes to the same. Safe
 * for several threads.
 */
public final class PhotoLooks implements AutoCloseable {
  private static final int LINES_PER_PART = 500;

  /** The checks look at no more pixels than this in either side. */
  private static final int SIDE = 256;

  private final boolean remember;
  private final DatasetRepository datasets;
  private final String dataset;
  private final PhotoDecoder decoder = new PhotoDecoder();
  private final Map<String, Look> known = new ConcurrentHashMap<>();
  private final RecordLog<LookRecord> log;

  /**
   * Reads what earlier commands saw.
   *
   * @param remember whether what is seen now is put on record
   */
  public PhotoLooks(ObjectStore store, String dataset, boolean remember) throws IOException {
    this.remember = remember;
    this.datasets = new DatasetRepository(store);
    this.dataset = dataset;
    this.log =
        new RecordLog<>(
            store,
            "datasets/" + dataset + "/records/looks/",
            LookRecord.class,
            LINES_PER_PART,
            record -> known.put(record.sha256(), record.look()));
  }

  /** How a photo looks; {@link Look#UNKNOWN} if nobody has seen it. */
  public Look of(String sha256) {
    return known.getOrDefault(sha256, Look.UNKNOWN);
  }

  /** Takes over what was seen elsewhere and is on record there. */
  public void know(String sha256, Look look) {
    known.put(sha256, look);
  }

  /**
   * Looks at a photo unless it was seen before.
   *
   * @param jpeg as it is stored
   */
  public void see(String sha256, byte[] jpeg) throws IOException {
    if (known.containsKey(sha256)) {
      return;
    }
    Look look;
    try {
      look = Look.at(decoder.decode(jpeg, SIDE));
    } catch (PhotoRejectedException e) {
      look = new Look(null, List.of("unreadable"));
    }
    if (known.putIfAbsent(sha256, look) == null && remember) {
      log.add(LookRecord.of(sha256, look));
    }
  }

  /**
   * Looks at every stored photo that was not seen before. Those that are not stored stay unknown.
   *
   * @param threads photos that are looked at at once, at least 1
   * @param stopping whether to end soon
   */
  public void seeAll(Collection<String> sha256s, int threads, BooleanSupplier stopping)
      throws IOException, InterruptedException {
    Queue<String> waiting = new ConcurrentLinkedQueue<>();
    sha256s.stream().distinct().filter(photo -> !known.containsKey(photo)).forEach(waiting::add);
    Workers.run(
        Math.min(threads, waiting.size()), () -> !stopping.getAsBoolean() && seeNext(waiting));
  }

  private boolean seeNext(Queue<String> waiting) throws IOException {
    String sha256 = waiting.poll();
    if (sha256 == null) {
      return false;
    }
    try {
      see(sha256, datasets.image(dataset, sha256));
    } catch (ObjectNotFoundException e) {
      return true; // a dry run, or one that publishing will complain of
    }
    return true;
  }

  /** Writes what is not written yet. */
  @Override
  public void close() throws IOException {
    log.close();
  }
}
