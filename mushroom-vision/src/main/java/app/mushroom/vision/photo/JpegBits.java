package app.mushroom.vision.photo;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The entropy-coded bits of a baseline JPEG scan, block by block. */
final class JpegBits {
  private static final VarHandle BIG_ENDIAN_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int BLOCK = 64;
  private static final int SIXTEEN_ZEROS = 0xF0;

  private final byte[] file;
  private int position;

  /** Unread bits, the next one leftmost. */
  private long bits;

  private int count;

  /** How many of the unread bits were made up because the data ended. */
  private int padding;

  JpegBits(byte[] file, int position) {
    this.file = file;
    this.position = position;
  }

  /** Whether more bits were read than there are before the next marker. */
  boolean overran() {
    return count < padding;
  }

  /**
   * Reads the block's coefficients up to a position in zigzag order and passes over the others.
   *
   * @param kept receives coefficients 1 to {@code last}; [0] receives the DC difference
   * @param last of the coefficients that are wanted
   * @return whether the block is sound
   */
  boolean readBlock(HuffmanTable dc, HuffmanTable ac, int[] kept, int last) {
    fill();
    int found = dc.symbol((int) (bits >>> 48));
    int size = found >> 8;
    if (found == 0 || size > 15) {
      return false;
    }
    kept[0] = take(found & 0xFF, size);
    int k = 1;
    while (k <= last) {
      fill();
      found = ac.symbol((int) (bits >>> 48));
      if (found == 0) {
        return false;
      }
      int symbol = found >> 8;
      size = symbol & 15;
      if (size == 0 && symbol != SIXTEEN_ZEROS) {
        take(found & 0xFF, 0);
        return symbol == 0;
      }
      k += symbol >> 4;
      int value = take(found & 0xFF, size);
      if (k <= last) {
        kept[k] = value;
      }
      k++;
    }
    return skipBlock(ac, k);
  }

  private boolean skipBlock(HuffmanTable ac, int from) {
    int k = from;
    while (k < BLOCK) {
      fill();
      while (count >= 16 + 15) {
        int skip = ac.skips((int) (bits >>> (64 - HuffmanTable.SKIP_BITS)));
        int behind = k + (skip >> 5 & 0x7F);
        boolean end = skip >> 12 != 0;
        if (skip != 0 && (behind < BLOCK || (behind == BLOCK && !end))) {
          bits <<= skip & 31;
          count -= skip & 31;
          k = behind;
          if (end) {
            return true;
          }
        } else {
          int found = ac.symbol((int) (bits >>> 48));
          int symbol = found >> 8;
          int length = (found & 0xFF) + (symbol & 15);
          bits <<= length;
          count -= length;
          k += (symbol >> 4) + 1;
          if (found == 0 || symbol == 0) {
            return found != 0;
          }
        }
        if (k >= BLOCK) {
          return k == BLOCK;
        }
      }
    }
    return k == BLOCK;
  }

  /**
   * Passes over the restart marker that must come next.
   *
   * @return whether it came
   */
  boolean restart() {
    int at = position - ((count - padding) >> 3);
    while (at + 1 < file.length && (file[at] != (byte) 0xFF || file[at + 1] == 0)) {
      at++;
    }
    if (overran() || at + 1 >= file.length || (file[at + 1] & 0xF8) != 0xD0) {
      return false;
    }
    position = at + 2;
    bits = 0;
    count = 0;
    padding = 0;
    return true;
  }

  /**
   * Drops a code of the given length and reads the signed number of {@code size} bits behind it.
   */
  private int take(int length, int size) {
    bits <<= length;
    int value = (int) (bits >>> 1 >>> (63 - size));
    bits <<= size;
    count -= length + size;
    return value < 1 << size >> 1 ? value - (1 << size) + 1 : value;
  }

  /** Makes at least 48 bits available. */
  private void fill() {
    if (count >= 48) {
      return;
    }
    if (position + 8 <= file.length) {
      long next = (long) BIG_ENDIAN_LONG.get(file, position);
      if ((~next - 0x0101010101010101L & next & 0x8080808080808080L) == 0) {
        bits |= next >>> count;
        position += (63 - count) >> 3;
        count |= 56;
        return;
      }
    }
    fillSlowly();
  }

  private void fillSlowly() {
    while (count <= 56) {
      long next = 0;
      if (position + 1 < file.length
          && (file[position] != (byte) 0xFF || file[position + 1] == 0)) {
        next = file[position] & 0xFF;
        position += next == 0xFF ? 2 : 1;
      } else {
        padding += 8;
      }
      bits |= next << (56 - count);
      count += 8;
    }
  }
}
