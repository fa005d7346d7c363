package app.mushroom.collector.search;

import app.mushroom.storage.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A number for each of many texts. Kept are 128 bits of the SHA-256 of each text, which two texts
 * never share, in open addressing: 27 to 53 bytes a text however long it is. For one thread.
 */
final class Fingerprints {
  /** What {@link #get} gives for a text that is not there. */
  static final int NONE = -1;

  private static final int FIRST_SLOTS = 64;
  private static final double FULLEST = 0.75;

  private final MessageDigest digest = Sha256.digest();
  private long[] high = new long[FIRST_SLOTS];
  private long[] low = new long[FIRST_SLOTS];

  /** One more than the number, so that 0 is an empty slot. */
  private int[] numbers = new int[FIRST_SLOTS];

  private int size;

  /** The text's number, or {@link #NONE}. */
  int get(String text) {
    ByteBuffer sum = sum(text);
    return numbers[slot(sum.getLong(0), sum.getLong(8))] - 1;
  }

  /**
   * @param number at least 0
   */
  void put(String text, int number) {
    ByteBuffer sum = sum(text);
    put(sum.getLong(0), sum.getLong(8), number + 1);
  }

  private void put(long a, long b, int stored) {
    int slot = slot(a, b);
    if (numbers[slot] == 0) {
      high[slot] = a;
      low[slot] = b;
      size++;
    }
    numbers[slot] = stored;
    if (size > FULLEST * numbers.length) {
      grow();
    }
  }

  private void grow() {
    long[] oldHigh = high;
    long[] oldLow = low;
    int[] old = numbers;
    high = new long[2 * old.length];
    low = new long[2 * old.length];
    numbers = new int[2 * old.length];
    size = 0;
    for (int i = 0; i < old.length; i++) {
      if (old[i] != 0) {
        put(oldHigh[i], oldLow[i], old[i]);
      }
    }
  }

  /** Where this fingerprint is, or would be. */
  private int slot(long a, long b) {
    int mask = numbers.length - 1;
    int slot = (int) a & mask;
    while (numbers[slot] != 0 && (high[slot] != a || low[slot] != b)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private ByteBuffer sum(String text) {
    return ByteBuffer.wrap(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
  }
}
