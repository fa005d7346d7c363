package app.mushroom.vision.photo;

/**
 * TIFF: the first directory, with every value that it points to inside the file, and the strips or
 * tiles too.
 */
final class TiffScanner implements Scanner {
  private static final int WIDTH = 0x100;
  private static final int HEIGHT = 0x101;
  private static final int STRIP_OFFSETS = 0x111;
  private static final int ORIENTATION = 0x112;
  private static final int STRIP_BYTES = 0x117;
  private static final int TILE_OFFSETS = 0x144;
  private static final int TILE_BYTES = 0x145;

  /** Bytes that one value of each TIFF type takes. */
  private static final int[] TYPE_BYTES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4};

  private byte[] file = {};
  private boolean bigEndian;

  @Override
  public Outline scan(byte[] file) throws PhotoRejectedException {
    this.file = file;
    this.bigEndian = file[0] == 'M';
    long directory = at(4).u32();
    FileBytes bytes = at(directory);
    int entries = bytes.u16();
    long width = 0;
    long height = 0;
    Orientation orientation = Orientation.UPRIGHT;
    long[] offsets = {};
    long[] lengths = {};
    for (int i = 0; i < entries; i++) {
      int tag = bytes.u16();
      long[] values = values(tag, bytes);
      switch (tag) {
        case WIDTH -> width = values[0];
        case HEIGHT -> height = values[0];
        case ORIENTATION -> orientation = Orientation.ofExif(values[0]);
        case STRIP_OFFSETS, TILE_OFFSETS -> offsets = values;
        case STRIP_BYTES, TILE_BYTES -> lengths = values;
        default -> {}
      }
    }
    for (int i = 0; i < offsets.length; i++) {
      at(offsets[i]).skip(i < lengths.length ? lengths[i] : 1);
    }
    PhotoDecoder.requireDimensions(width, height, PhotoDecoder.MAX_PIXELS_AT_ONCE);
    return new Outline(width, height, orientation);
  }

  /** The entry's values where they are needed here; for other tags only that they are there. */
  private long[] values(int tag, FileBytes entry) throws PhotoRejectedException {
    int type = entry.u16();
    long count = entry.u32();
    int size = type < TYPE_BYTES.length ? TYPE_BYTES[type] : 1;
    FileBytes inline = entry.slice(4);
    long offset = entry.u32();
    FileBytes content = count * size <= 4 ? inline : at(offset);
    content.slice(count * size);
    boolean needed =
        switch (tag) {
          case WIDTH, HEIGHT, ORIENTATION -> true;
          case STRIP_OFFSETS, STRIP_BYTES, TILE_OFFSETS, TILE_BYTES -> true;
          default -> false;
        };
    if (!needed) {
      return new long[0];
    }
    if (count == 0 || (size != 2 && size != 4)) {
      throw Refusals.corrupt(PhotoFormat.TIFF, "tag " + tag + " without numbers");
    }
    long[] values = new long[(int) count];
    for (int i = 0; i < values.length; i++) {
      values[i] = size == 2 ? content.u16() : content.u32();
    }
    return values;
  }

  private FileBytes at(long offset) throws PhotoRejectedException {
    return new FileBytes(file, PhotoFormat.TIFF, bigEndian).skip(offset);
  }
}
