package app.mushroom.vision.photo;

/**
 * A JPEG Huffman table, with a second look-up that passes over several symbols and their bits at
 * once.
 */
final class HuffmanTable {
  /** Bits looked at together when passing over symbols. */
  static final int SKIP_BITS = 13;

  private static final int LOOK_BITS = 9;
  private static final int LONGEST_CODE = 16;
  private static final int SIXTEEN_ZEROS = 0xF0;

  /**
   * For the next LOOK_BITS bits: symbol and code length in two bytes; 0 when the code is longer.
   */
  private final short[] look = new short[1 << LOOK_BITS];

  /** For each length the first code behind those of that length, left-aligned in 16 bits. */
  private final int[] limit = new int[LONGEST_CODE + 2];

  private final int[] offset = new int[LONGEST_CODE + 1];
  private final byte[] symbols;
  private final short[] skips = new short[1 << SKIP_BITS];

  /**
   * What a file says of a table.
   *
   * @param counts how many codes there are of 1 to 16 bits
   * @param symbols in the order of the codes
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, not compared
  record Codes(int[] counts, byte[] symbols) {}

  /**
   * @throws IllegalArgumentException if there are more codes than fit
   */
  HuffmanTable(Codes codes) {
    int[] counts = codes.counts();
    this.symbols = codes.symbols();
    int code = 0;
    int next = 0;
    for (int length = 1; length <= LONGEST_CODE; length++) {
      offset[length] = next - code;
      for (int i = 0; i < counts[length - 1]; i++, code++, next++) {
        int first = length <= LOOK_BITS ? code << (LOOK_BITS - length) : 0;
        int same = length <= LOOK_BITS ? 1 << (LOOK_BITS - length) : 0;
        if (first + same > look.length) {
          throw new IllegalArgumentException("more Huffman codes than fit");
        }
        for (int j = 0; j < same; j++) {
          look[first + j] = (short) ((symbols[next] & 0xFF) << 8 | length);
        }
      }
      limit[length] = code << (LONGEST_CODE - length);
      code <<= 1;
    }
    limit[LONGEST_CODE + 1] = Integer.MAX_VALUE;
    for (int bits = 0; bits < skips.length; bits++) {
      skips[bits] = skip(bits);
    }
  }

  /**
   * @param next the next 16 bits
   * @return the symbol and the length of its code in bits, {@code symbol << 8 | length}; 0 if there
   *     is no such code
   */
  int symbol(int next) {
    int found = look[next >>> (LONGEST_CODE - LOOK_BITS)] & 0xFFFF;
    return found != 0 ? found : longSymbol(next);
  }

  private int longSymbol(int next) {
    for (int length = LOOK_BITS + 1; length <= LONGEST_CODE; length++) {
      if (next < limit[length]) {
        int at = (next >>> (LONGEST_CODE - length)) + offset[length];
        return at < symbols.length ? (symbols[at] & 0xFF) << 8 | length : 0;
      }
    }
    return 0;
  }

  /**
   * What passing over whole symbols within the next SKIP_BITS bits comes to.
   *
   * @return {@code end of block << 12 | coefficients << 5 | bits}; 0 if no symbol fits
   */
  int skips(int next) {
    return skips[next];
  }

  private short skip(int window) {
    int bits = 0;
    int coefficients = 0;
    while (true) {
      int found = symbol(window << bits << (LONGEST_CODE - SKIP_BITS) & 0xFFFF);
      int symbol = found >> 8;
      int length = (found & 0xFF) + (symbol & 15);
      int step = symbol == SIXTEEN_ZEROS ? 16 : (symbol >> 4) + 1;
      if (found == 0 || bits + length > SKIP_BITS || coefficients + step > 63) {
        return (short) (coefficients << 5 | bits);
      }
      bits += length;
      if (symbol == 0) {
        return (short) (1 << 12 | coefficients << 5 | bits);
      }
      coefficients += step;
    }
  }
}
