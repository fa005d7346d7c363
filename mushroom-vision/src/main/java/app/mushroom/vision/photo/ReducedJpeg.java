package app.mushroom.vision.photo;

import app.mushroom.vision.photo.BaselineJpeg.Component;
import java.util.Arrays;
import java.util.Optional;

/**
 * Decodes camera JPEGs at a half, a quarter or an eighth of their size from the low frequencies of
 * each block alone. Every source pixel counts, which plain subsampling does not do, and it takes
 * about half the time of a full decode.
 */
final class ReducedJpeg {
  private static final int BLOCK = 8;

  private final BaselineJpeg jpeg;
  private final int reduction;
  private final int width;
  private final int height;
  private final Channel[] channels;

  private ReducedJpeg(BaselineJpeg jpeg, int reduction) {
    this.jpeg = jpeg;
    this.reduction = reduction;
    this.width = jpeg.reducedWidth(reduction);
    this.height = jpeg.reducedHeight(reduction);
    int across = jpeg.most(Component::across);
    int down = jpeg.most(Component::down);
    int units = unitsAcross();
    this.channels =
        jpeg.components().stream()
            .map(component -> new Channel(component, across, down, units, BLOCK / reduction))
            .toArray(Channel[]::new);
  }

  /**
   * @param reduction 2, 4 or 8
   * @return empty if the file is damaged
   */
  static Optional<Pixels> decode(byte[] file, BaselineJpeg jpeg, int reduction) {
    return new ReducedJpeg(jpeg, reduction).decode(file);
  }

  private int unitsAcross() {
    int unit = BLOCK * jpeg.most(Component::across);
    return (jpeg.width() + unit - 1) / unit;
  }

  private Optional<Pixels> decode(byte[] file) {
    JpegBits bits = new JpegBits(file, jpeg.scanAt());
    byte[] rgb = new byte[3 * width * height];
    int unitHeight = BLOCK * jpeg.most(Component::down);
    int unitRows = (jpeg.height() + unitHeight - 1) / unitHeight;
    int units = unitsAcross();
    int untilRestart = jpeg.restartInterval();
    for (int row = 0; row < unitRows; row++) {
      for (int unit = 0; unit < units; unit++) {
        if (jpeg.restartInterval() > 0 && untilRestart-- == 0) {
          if (!bits.restart()) {
            return Optional.empty();
          }
          for (Channel channel : channels) {
            channel.dc = 0;
          }
          untilRestart = jpeg.restartInterval() - 1;
        }
        for (Channel channel : channels) {
          if (!channel.readUnit(bits, unit)) {
            return Optional.empty();
          }
        }
      }
      if (bits.overran()) {
        return Optional.empty();
      }
      int top = row * unitHeight / reduction;
      writeRows(rgb, top, Math.min(height, top + unitHeight / reduction));
    }
    return Optional.of(new Pixels(width, height, rgb));
  }

  private void writeRows(byte[] rgb, int top, int bottom) {
    for (int y = 0; y < bottom - top; y++) {
      int out = 3 * width * (top + y);
      if (channels.length == 1) {
        writeGrey(rgb, out, channels[0], y);
      } else {
        writeColour(rgb, out, channels[0], channels[1], channels[2], y);
      }
    }
  }

  private void writeGrey(byte[] rgb, int at, Channel grey, int y) {
    for (int x = 0, out = at; x < width; x++, out += 3) {
      Arrays.fill(rgb, out, out + 3, (byte) grey.at(x, y));
    }
  }

  private void writeColour(byte[] rgb, int at, Channel luma, Channel blue, Channel red, int y) {
    byte[] lumas = luma.samples;
    byte[] blues = blue.samples;
    byte[] reds = red.samples;
    int lumaAt = luma.row(y);
    int blueAt = blue.row(y);
    int redAt = red.row(y);
    int lumaShift = luma.shiftX;
    int blueShift = blue.shiftX;
    int redShift = red.shiftX;
    for (int x = 0, out = at; x < width; x++, out += 3) {
      int value = lumas[lumaAt + (x >> lumaShift)] & 0xFF;
      int cb = (blues[blueAt + (x >> blueShift)] & 0xFF) - 128;
      int cr = (reds[redAt + (x >> redShift)] & 0xFF) - 128;
      rgb[out] = (byte) clamp(value + ((91881 * cr + 32768) >> 16));
      rgb[out + 1] = (byte) clamp(value + ((-22554 * cb - 46802 * cr + 32768) >> 16));
      rgb[out + 2] = (byte) clamp(value + ((116130 * cb + 32768) >> 16));
    }
  }

  private static int clamp(int value) {
    return Math.max(0, Math.min(255, value));
  }

  /** One colour channel: the rows of one row of units, already reduced. */
  private static final class Channel {
    private static final int[] LAST_KEPT = {0, 0, 4, 0, 24};

    private final Component component;
    private final HuffmanTable dcTable;
    private final HuffmanTable acTable;
    private final int side;
    private final int foldX;
    private final int foldY;
    private final int shiftX;
    private final int shiftY;
    private final int stride;
    private final byte[] samples;
    private final byte[] block = new byte[16];
    private final int[] kept = new int[25];
    private int dc;

    /**
     * A channel with half as many blocks as the finest keeps twice as many pixels of each, up to 4;
     * where it has half as many in one direction only, pixels are averaged in pairs in the other.
     *
     * @param lumaSide pixels across that a block of the finest channel is reduced to
     */
    Channel(Component component, int across, int down, int units, int lumaSide) {
      this.component = component;
      this.dcTable = new HuffmanTable(component.dc());
      this.acTable = new HuffmanTable(component.ac());
      boolean coarseX = component.across() < across;
      boolean coarseY = component.down() < down;
      boolean finer = (coarseX || coarseY) && lumaSide < 4;
      this.side = finer ? 2 * lumaSide : lumaSide;
      this.foldX = finer && !coarseX ? 1 : 0;
      this.foldY = finer && !coarseY ? 1 : 0;
      this.shiftX = coarseX && !finer ? 1 : 0;
      this.shiftY = coarseY && !finer ? 1 : 0;
      this.stride = units * component.across() * (side >> foldX);
      this.samples = new byte[stride * component.down() * (side >> foldY)];
    }

    int at(int x, int y) {
      return samples[row(y) + (x >> shiftX)] & 0xFF;
    }

    int row(int y) {
      return (y >> shiftY) * stride;
    }

    boolean readUnit(JpegBits bits, int unit) {
      int last = LAST_KEPT[side];
      for (int v = 0; v < component.down(); v++) {
        for (int h = 0; h < component.across(); h++) {
          Arrays.fill(kept, 0, last + 1, 0);
          if (!bits.readBlock(dcTable, acTable, kept, last)) {
            return false;
          }
          dc += kept[0];
          kept[0] = dc;
          int x = (unit * component.across() + h) * (side >> foldX);
          int at = v * (side >> foldY) * stride + x;
          if ((foldX | foldY) == 0) {
            ReducedBlock.write(kept, component.steps(), side, samples, at, stride);
          } else {
            ReducedBlock.write(kept, component.steps(), side, block, 0, side);
            fold(at);
          }
        }
      }
      return true;
    }

    /** Averages pairs of the block's pixels into the samples. */
    private void fold(int at) {
      int pair = foldX == 1 ? 1 : side;
      for (int y = 0; y < side >> foldY; y++) {
        for (int x = 0; x < side >> foldX; x++) {
          int first = (y << foldY) * side + (x << foldX);
          int sum = (block[first] & 0xFF) + (block[first + pair] & 0xFF);
          samples[at + y * stride + x] = (byte) ((sum + 1) >> 1);
        }
      }
    }
  }
}
