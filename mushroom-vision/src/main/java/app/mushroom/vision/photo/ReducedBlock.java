package app.mushroom.vision.photo;

/**
 * The inverse cosine transform of a block's lowest 1x1, 2x2 or 4x4 frequencies: the 8x8 block at an
 * eighth, a quarter or half of its size.
 */
final class ReducedBlock {
  private static final int[] ZIGZAG_4X4 = {0, 1, 5, 6, 2, 4, 7, 13, 3, 8, 12, 17, 9, 11, 18, 24};
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
    float[] rows = new float[16];
    for (int i = 0; i < 16; i += 4) {
      float a = EVEN * value(kept, steps, i);
      float b = value(kept, steps, i + 1);
      float c = EVEN * value(kept, steps, i + 2);
      float d = value(kept, steps, i + 3);
      rows[i] = a + ODD * b + c + ODDER * d;
      rows[i + 1] = a + ODDER * b - c - ODD * d;
      rows[i + 2] = a - ODDER * b - c + ODD * d;
      rows[i + 3] = a - ODD * b + c - ODDER * d;
    }
    for (int x = 0; x < 4; x++) {
      float a = EVEN * rows[x];
      float b = rows[4 + x];
      float c = EVEN * rows[8 + x];
      float d = rows[12 + x];
      out[at + x] = sample(Math.round(a + ODD * b + c + ODDER * d));
      out[at + stride + x] = sample(Math.round(a + ODDER * b - c - ODD * d));
      out[at + 2 * stride + x] = sample(Math.round(a - ODDER * b - c + ODD * d));
      out[at + 3 * stride + x] = sample(Math.round(a - ODD * b + c - ODDER * d));
    }
  }

  private static float value(int[] kept, int[] steps, int natural) {
    int zigzag = ZIGZAG_4X4[natural];
    return kept[zigzag] * steps[zigzag];
  }

  private static byte sample(int centred) {
    return (byte) Math.max(0, Math.min(255, centred + 128));
  }
}
