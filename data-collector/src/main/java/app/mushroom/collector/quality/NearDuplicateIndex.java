package app.mushroom.collector.quality;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Every earlier hash within a Hamming distance of a hash, exactly, without looking at most of them:
 * multi-index hashing of Norouzi, Punjani and Fleet, "Fast Exact Search in Hamming Space with
 * Multi-Index Hashing" (2014).
 *
 * <p>A hash is cut into 4 parts of 16 bits, each with a table of its own. Where two hashes differ
 * in at most {@code r = 4 q + a} bits, either one of the parts 0 to a differs in at most q bits, or
 * one of the parts behind in at most q - 1: so only those buckets are looked at.
 *
 * <p>Equal hashes are held once, and their ids chained: a thousand copies of one picture cost what
 * one costs. Memory is about 80 bytes a distinct hash. For one thread at a time.
 */
public final class NearDuplicateIndex {
  /** Largest distance that can be asked for, in bits. */
  public static final int MAX_RADIUS = 15;

  private static final int PARTS = 4;
  private static final int PART_BITS = 16;
  private static final int PART_VALUES = 1 << PART_BITS;
  private static final int NONE = -1;

  /**
   * Values of one part with at most 3 bits set, fewest first; MASKS_WITHIN[q] of them have <= q.
   */
  private static final int[] MASKS;

  private static final int[] MASKS_WITHIN = new int[MAX_RADIUS / PARTS + 1];

  static {
    MASKS = new int[1 + 16 + 120 + 560];
    int used = 0;
    for (int set = 0; set < MASKS_WITHIN.length; set++) {
      for (int value = 0; value < PART_VALUES; value++) {
        if (Integer.bitCount(value) == set) {
          MASKS[used++] = value;
        }
      }
      MASKS_WITHIN[set] = used;
    }
  }

  /** One table after the other. */
  private final @Nullable Bucket[] tables = new @Nullable Bucket[PARTS * PART_VALUES];

  /** By id: the next id with the same hash, or NONE. */
  private int[] next = new int[1024];

  /** By id, where it is the first with its hash: the last id with that hash. */
  private int[] last = new int[1024];

  private int size;
  private long comparisons;

  /** Distinct hashes that agree in one part, side by side for the sake of the cache. */
  private static final class Bucket {
    private long[] hashes = new long[2];
    private int[] firstIds = new int[2];
    private int size;

    private void add(long hash, int id) {
      if (size == hashes.length) {
        int capacity = size + (size >> 1) + 1;
        hashes = Arrays.copyOf(hashes, capacity);
        firstIds = Arrays.copyOf(firstIds, capacity);
      }
      hashes[size] = hash;
      firstIds[size++] = id;
    }
  }

  /**
   * @return the id of this hash: how many were added before it
   */
  public int add(long hash) {
    int id = size++;
    if (id == next.length) {
      next = Arrays.copyOf(next, 2 * id);
      last = Arrays.copyOf(last, 2 * id);
    }
    next[id] = NONE;
    last[id] = id;
    int first = firstEqual(hash);
    if (first == NONE) {
      for (int part = 0; part < PARTS; part++) {
        bucketFor(part, part(hash, part)).add(hash, id);
      }
    } else {
      next[last[first]] = id;
      last[first] = id;
    }
    return id;
  }

  /** How many hashes were added. */
  public int size() {
    return size;
  }

  /**
   * All ids whose hash is near, in ascending order. A hash that was added a thousand times gives a
   * thousand ids; who only wants to know what belongs together asks {@link #queryDistinct}.
   *
   * @param radius largest distance in bits, 0 to {@link #MAX_RADIUS}
   */
  public int[] query(long hash, int radius) {
    Ids all = new Ids();
    for (int first : queryDistinct(hash, radius)) {
      for (int id = first; id != NONE; id = next[id]) {
        all.add(id);
      }
    }
    return all.sorted();
  }

  /**
   * Of each distinct hash that is near the id that it was first added with, in ascending order.
   *
   * @param radius largest distance in bits, 0 to {@link #MAX_RADIUS}
   */
  public int[] queryDistinct(long hash, int radius) {
    if (radius < 0 || radius > MAX_RADIUS) {
      throw new IllegalArgumentException(
          "Expected a radius of 0 to " + MAX_RADIUS + " bits, found " + radius);
    }
    Ids found = new Ids();
    for (int part = 0; part < PARTS; part++) {
      int value = part(hash, part);
      int within = partRadius(radius, part);
      int masks = within < 0 ? 0 : MASKS_WITHIN[within];
      for (int i = 0; i < masks; i++) {
        Bucket bucket = tables[place(part, value ^ MASKS[i])];
        if (bucket != null) {
          collect(bucket, hash, radius, part, found);
        }
      }
    }
    return found.sorted();
  }

  /** Hashes compared with a query's so far: what queries cost, whatever the machine. */
  public long comparisons() {
    return comparisons;
  }

  private void collect(Bucket bucket, long hash, int radius, int part, Ids found) {
    comparisons += bucket.size;
    for (int i = 0; i < bucket.size; i++) {
      long difference = bucket.hashes[i] ^ hash;
      if (Long.bitCount(difference) <= radius && !foundBefore(difference, radius, part)) {
        found.add(bucket.firstIds[i]);
      }
    }
  }

  /** Whether an earlier part led to the same hash, which would otherwise be found twice. */
  private static boolean foundBefore(long difference, int radius, int part) {
    for (int earlier = 0; earlier < part; earlier++) {
      if (Integer.bitCount(part(difference, earlier)) <= partRadius(radius, earlier)) {
        return true;
      }
    }
    return false;
  }

  /** How many bits of this part may differ; -1 where the other parts find everything. */
  private static int partRadius(int radius, int part) {
    return part <= radius % PARTS ? radius / PARTS : radius / PARTS - 1;
  }

  private static int part(long hash, int part) {
    return (int) (hash >>> part * PART_BITS) & (PART_VALUES - 1);
  }

  private static int place(int part, int value) {
    return part << PART_BITS | value;
  }

  private Bucket bucketFor(int part, int value) {
    Bucket bucket = tables[place(part, value)];
    if (bucket == null) {
      bucket = new Bucket();
      tables[place(part, value)] = bucket;
    }
    return bucket;
  }

  /** Looked for in the shortest of its buckets: pictures alike in one part crowd only that one. */
  private int firstEqual(long hash) {
    Bucket shortest = null;
    for (int part = 0; part < PARTS; part++) {
      Bucket bucket = tables[place(part, part(hash, part))];
      if (bucket == null) {
        return NONE;
      }
      if (shortest == null || bucket.size < shortest.size) {
        shortest = bucket;
      }
    }
    for (int i = 0; shortest != null && i < shortest.size; i++) {
      if (shortest.hashes[i] == hash) {
        return shortest.firstIds[i];
      }
    }
    return NONE;
  }

  private static final class Ids {
    private int[] ids = new int[8];
    private int size;

    private void add(int id) {
      if (size == ids.length) {
        ids = Arrays.copyOf(ids, 2 * size);
      }
      ids[size++] = id;
    }

    private int[] sorted() {
      int[] sorted = Arrays.copyOf(ids, size);
      Arrays.sort(sorted);
      return sorted;
    }
  }
}
