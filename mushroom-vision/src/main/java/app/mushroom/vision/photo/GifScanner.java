package app.mushroom.vision.photo;

/** GIF: every block up to the trailer; the size is that of the first frame. */
final class GifScanner implements Scanner {
  private static final int EXTENSION = 0x21;
  private static final int IMAGE = 0x2C;
  private static final int TRAILER = 0x3B;

  @Override
  public Outline scan(byte[] file) throws PhotoRejectedException {
    FileBytes bytes = new FileBytes(file, PhotoFormat.GIF, false).skip(6).skip(4);
    skipColours(bytes, bytes.u8());
    Outline outline = null;
    while (true) {
      int block = bytes.u8();
      switch (block) {
        case EXTENSION -> {
          bytes.skip(1);
          skipSubBlocks(bytes);
        }
        case IMAGE -> {
          bytes.skip(4);
          Outline frame = new Outline(bytes.u16(), bytes.u16(), Orientation.UPRIGHT);
          int flags = bytes.u8();
          bytes.skip((flags & 0x80) == 0 ? 0 : 3L << ((flags & 7) + 1));
          bytes.skip(1);
          skipSubBlocks(bytes);
          outline = outline == null ? frame : outline;
        }
        case TRAILER -> {
          if (outline == null) {
            throw Refusals.corrupt(PhotoFormat.GIF, "no picture data");
          }
          return outline;
        }
        case 0 -> {} // padding that some writers leave between blocks
        default -> throw Refusals.corrupt(PhotoFormat.GIF, "an unknown block " + block);
      }
    }
  }

  private static void skipColours(FileBytes bytes, int flags) throws PhotoRejectedException {
    bytes.skip(2);
    bytes.skip((flags & 0x80) == 0 ? 0 : 3L << ((flags & 7) + 1));
  }

  private static void skipSubBlocks(FileBytes bytes) throws PhotoRejectedException {
    int length = bytes.u8();
    while (length != 0) {
      length = bytes.skip(length).u8();
    }
  }
}
