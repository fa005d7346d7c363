package app.mushroom.collector.records;

import app.mushroom.storage.ObjectKey;
import app.mushroom.storage.ObjectStore;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Reads small objects several at a time and hands them on in order: in a bucket, each takes a round
 * trip. Only a few wait, so memory does not grow with their number.
 */
final class PartReader {
  private static final int AT_ONCE = 16;
  private static final int WAITING = 2 * AT_ONCE;
  private static final int MAX_PART_BYTES = 10_000_000;

  private PartReader() {}

  /** Is given an object's content. */
  interface Taker {
    void take(ObjectKey key, byte[] content) throws IOException;
  }

  private record UnderWay(ObjectKey key, Future<byte[]> content) {}

  /**
   * @param taker is called by this thread, in the order of the keys
   * @throws IOException if one cannot be read; nothing after it is handed on
   */
  static void read(ObjectStore store, List<ObjectKey> keys, Taker taker) throws IOException {
    if (keys.isEmpty()) {
      return;
    }
    ExecutorService pool = Executors.newFixedThreadPool(Math.min(AT_ONCE, keys.size()));
    try {
      Deque<UnderWay> underWay = new ArrayDeque<>();
      Iterator<ObjectKey> waiting = keys.iterator();
      while (waiting.hasNext() || !underWay.isEmpty()) {
        while (waiting.hasNext() && underWay.size() < WAITING) {
          ObjectKey key = waiting.next();
          underWay.add(new UnderWay(key, pool.submit(() -> store.readBytes(key, MAX_PART_BYTES))));
        }
        UnderWay next = underWay.remove();
        taker.take(next.key(), content(next));
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private static byte[] content(UnderWay part) throws IOException {
    try {
      return part.content().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while " + part.key() + " was read");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IllegalStateException("Reading " + part.key() + " failed", e.getCause());
    }
  }
}
