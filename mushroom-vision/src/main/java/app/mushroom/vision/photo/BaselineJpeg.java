package app.mushroom.vision.photo;

import app.mushroom.vision.photo.HuffmanTable.Codes;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The headers of the JPEGs that cameras write: baseline, 8 bits, grey or YCbCr in one scan.
 *
 * @param components in the order of the scan
 * @param restartInterval in units of the scan, 0 for none
 * @param scanAt where the entropy-coded data begins
 * @param profile embedded colour profile, null for none
 */
record BaselineJpeg(
    int width,
    int height,
    List<Component> components,
    int restartInterval,
    int scanAt,
    @Nullable ICC_Profile profile) {
  /**
   * A colour channel.
   *
   * @param across blocks side by side in each unit of the scan
   * @param down blocks on top of each other in each unit of the scan
   * @param steps quantisation steps in zigzag order
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, not compared
  record Component(int across, int down, int[] steps, Codes dc, Codes ac) {}

  private static final int ICC_HEADER = 14;

  int most(ToIntFunction<Component> of) {
    return components.stream().mapToInt(of).max().orElse(1);
  }

  int reducedWidth(int reduction) {
    return (width + reduction - 1) / reduction;
  }

  int reducedHeight(int reduction) {
    return (height + reduction - 1) / reduction;
  }

  /** Applies an embedded profile in place; one for shades of grey says nothing of colours. */
  void toSrgb(Pixels pixels) {
    if (profile != null && components.size() > 1) {
      ToSrgb.convert(profile, pixels);
    }
  }

  /** Empty for any other kind of JPEG, and for one whose headers are odd in any way. */
  static Optional<BaselineJpeg> read(byte[] file) throws PhotoRejectedException {
    return new Headers(file).read();
  }

  private static final class Headers {
    private final byte[] file;
    private final FileBytes bytes;
    private final int[][] steps = new int[4][];
    private final @Nullable Codes[] dc = new Codes[4];
    private final @Nullable Codes[] ac = new Codes[4];
    private final ByteArrayOutputStream icc = new ByteArrayOutputStream();
    private int iccParts;
    private int[][] frame = {};
    private int width;
    private int height;
    private int restartInterval;
    private boolean jfif;
    private int adobeTransform = -1;

    Headers(byte[] file) throws PhotoRejectedException {
      this.file = file;
      this.bytes = new FileBytes(file, PhotoFormat.JPEG, true).skip(2);
    }

    Optional<BaselineJpeg> read() throws PhotoRejectedException {
      while (bytes.u8() == 0xFF) {
        int marker = bytes.u8();
        FileBytes segment = bytes.slice(Math.max(0, bytes.u16() - 2));
        bytes.skip(segment.remaining());
        switch (marker) {
          case 0xDB -> quantisation(segment);
          case 0xC4 -> huffman(segment);
          case 0xC0, 0xC1 -> frame(segment);
          case 0xDD -> restartInterval = segment.u16();
          case 0xDA -> {
            return scan(segment);
          }
          case 0xE0 -> jfif |= startsWith(segment, "JFIF");
          case 0xE2 -> profile(segment);
          case 0xEE -> {
            if (segment.remaining() >= 12 && startsWith(segment, "Adobe")) {
              adobeTransform = segment.skip(11).u8();
            }
          }
          default -> {
            if (marker < 0xE0 || marker == 0xFF) {
              return Optional.empty();
            }
          }
        }
      }
      return Optional.empty();
    }

    private void quantisation(FileBytes segment) throws PhotoRejectedException {
      while (segment.remaining() > 0) {
        int id = segment.u8();
        int[] table = new int[64];
        for (int i = 0; i < 64; i++) {
          table[i] = id < 16 ? segment.u8() : segment.u16();
        }
        steps[id & 3] = table;
      }
    }

    private void huffman(FileBytes segment) throws PhotoRejectedException {
      while (segment.remaining() > 0) {
        int id = segment.u8();
        int[] counts = new int[16];
        int total = 0;
        for (int i = 0; i < 16; i++) {
          counts[i] = segment.u8();
          total += counts[i];
        }
        byte[] symbols = new byte[total];
        for (int i = 0; i < total; i++) {
          symbols[i] = (byte) segment.u8();
        }
        (id < 16 ? dc : ac)[id & 3] = new Codes(counts, symbols);
      }
    }

    private void frame(FileBytes segment) throws PhotoRejectedException {
      if (frame.length > 0) {
        throw new IllegalArgumentException("two frames, of which readers take either");
      }
      int precision = segment.u8();
      height = segment.u16();
      width = segment.u16();
      frame = new int[precision == 8 ? segment.u8() : 0][];
      for (int i = 0; i < frame.length; i++) {
        frame[i] = new int[] {segment.u8(), segment.u8(), segment.u8()};
      }
    }

    private void profile(FileBytes segment) throws PhotoRejectedException {
      if (segment.remaining() > ICC_HEADER && startsWith(segment, "ICC_PROFILE")) {
        if (segment.skip(ICC_HEADER - 2).u8() != ++iccParts) {
          throw new IllegalArgumentException("parts of a colour profile in another order");
        }
        segment.skip(1);
        icc.write(file, segment.position(), segment.remaining());
      }
    }

    private Optional<BaselineJpeg> scan(FileBytes segment) throws PhotoRejectedException {
      int count = segment.u8();
      if (count != frame.length || !isGreyOrYcbcr() || width == 0 || height == 0) {
        return Optional.empty();
      }
      List<Component> components = new ArrayList<>();
      for (int[] channel : frame) {
        if (segment.u8() != channel[0]) {
          return Optional.empty();
        }
        int tables = segment.u8();
        Codes dcTable = dc[tables >> 4 & 3];
        Codes acTable = ac[tables & 3];
        int[] table = steps[channel[2] & 3];
        int across = count == 1 ? 1 : channel[1] >> 4;
        int down = count == 1 ? 1 : channel[1] & 15;
        boolean usual = (across == 1 || across == 2) && (down == 1 || down == 2);
        if (dcTable == null || acTable == null || table == null || !usual) {
          return Optional.empty();
        }
        components.add(new Component(across, down, table, dcTable, acTable));
      }
      return Optional.of(
          new BaselineJpeg(
              width,
              height,
              components,
              restartInterval,
              bytes.position(),
              icc.size() == 0 ? null : ICC_Profile.getInstance(icc.toByteArray())));
    }

    /** Without a mark of either kind, readers guess from the sampling, and not all alike. */
    private boolean isGreyOrYcbcr() {
      if (frame.length == 1) {
        return true;
      }
      boolean numbered =
          frame.length == 3 && frame[0][0] == 1 && frame[1][0] == 2 && frame[2][0] == 3;
      if (adobeTransform >= 0) {
        return numbered && (jfif || adobeTransform == 1);
      }
      return numbered && (jfif || frame[0][1] != frame[1][1]);
    }

    private boolean startsWith(FileBytes segment, String name) {
      return PhotoFormat.startsWith(file, name, segment.position());
    }
  }
}
