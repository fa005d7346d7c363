package app.mushroom.vision.photo;

/**
 * The inverse cosine transform of a block's lowest 1x1, 2x2 or 4x4 frequencies: the 8x8 block at an
 * eighth, a quarter or half of its size.
 */
final class ReducedBlock {
  private static final float EVEN = 0.35355338f; // cos(pi/4) / 2
  private static final float ODD = 0.46193975f; // cos(pi/8) / 2
  private static final float ODDER = 0.19134171f; // cos(3 pi/8) / 2

  private ReducedBlock() {}

  /**
   * @param kept coefficients in zigzag order
   * @param steps quantisation steps in zigzag order
   * @param side 1, 2 or 4
   * @param out receives side x side samples of 0..255
   */
  static void write(int[] kept, int[] steps, int side, byte[] out, int at, int stride) {
    switch (side) {
      case 1 -> out[at] = sample((kept[0] * steps[0] + 4) >> 3);
      case 2 -> {
        int mean = kept[0] * steps[0] + 4;
        int across = kept[1] * steps[1];
        int down = kept[2] * steps[2];
        int both = kept[4] * steps[4];
        out[at] = sample((mean + across + down + both) >> 3);
        out[at + 1] = sample((mean - across + down - both) >> 3);
        out[at + stride] = sample((mean + across - down - both) >> 3);
        out[at + stride + 1] = sample((mean - across - down + both) >> 3);
      }
      default -> write4x4(kept, steps, out, at, stride);
    }
  }

  private static void write4x4(int[] kept, int[] steps, byte[] out, int at, int stride) {
    // A column of frequencies at a time, so that nothing is kept in an array in between.
    float a0 = EVEN * value(kept, steps, 0);
    float a1 = EVEN * value(kept, steps, 1);
    float a2 = EVEN * value(kept, steps, 5);
    float a3 = EVEN * value(kept, steps, 6);
    float b0 = value(kept, steps, 2);
    float b1 = value(kept, steps, 4);
    float b2 = value(kept, steps, 7);
    float b3 = value(kept, steps, 13);
    float c0 = EVEN * value(kept, steps, 3);
    float c1 = EVEN * value(kept, steps, 8);
    float c2 = EVEN * value(kept, steps, 12);
    float c3 = EVEN * value(kept, steps, 17);
    float d0 = value(kept, steps, 9);
    float d1 = value(kept, steps, 11);
    float d2 = value(kept, steps, 18);
    float d3 = value(kept, steps, 24);
    row(
        a0 + ODD * b0 + c0 + ODDER * d0,
        a1 + ODD * b1 + c1 + ODDER * d1,
        a2 + ODD * b2 + c2 + ODDER * d2,
        a3 + ODD * b3 + c3 + ODDER * d3,
        out,
        at);
    row(
        a0 + ODDER * b0 - c0 - ODD * d0,
        a1 + ODDER * b1 - c1 - ODD * d1,
        a2 + ODDER * b2 - c2 - ODD * d2,
        a3 + ODDER * b3 - c3 - ODD * d3,
        out,
        at + stride);
    row(
        a0 - ODDER * b0 - c0 + ODD * d0,
        a1 - ODDER * b1 - c1 + ODD * d1,
        a2 - ODDER * b2 - c2 + ODD * d2,
        a3 - ODDER * b3 - c3 + ODD * d3,
        out,
        at + 2 * stride);
    row(
        a0 - ODD * b0 + c0 - ODDER * d0,
        a1 - ODD * b1 + c1 - ODDER * d1,
        a2 - ODD * b2 + c2 - ODDER * d2,
        a3 - ODD * b3 + c3 - ODDER * d3,
        out,
        at + 3 * stride);
  }

  private static void row(float a, float b, float c, float d, byte[] out, int at) {
    float even = EVEN * a;
    float evenC = EVEN * c;
    out[at] = sample(even + ODD * b + evenC + ODDER * d);
    out[at + 1] = sample(even + ODDER * b - evenC - ODD * d);
    out[at + 2] = sample(even - ODDER * b - evenC + ODD * d);
    out[at + 3] = sample(even - ODD * b + evenC - ODDER * d);
  }

  private static float value(int[] kept, int[] steps, int zigzag) {
    return kept[zigzag] * steps[zigzag];
  }

  private static byte sample(int centred) {
    return (byte) Math.max(0, Math.min(255, centred + 128));
  }

  /** Rounds; what a cast makes of a negative number is below 1 and so nothing, too. */
  private static byte sample(float centred) {
    return (byte) Math.max(0, Math.min(255, (int) (centred + 128.5f)));
  }
}
