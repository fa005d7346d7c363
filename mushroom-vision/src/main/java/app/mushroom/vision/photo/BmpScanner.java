package app.mushroom.vision.photo;

/** BMP: its header, and that there are as many bytes as the picture takes. */
final class BmpScanner implements Scanner {
  private static final int OS2_HEADER = 12;
  private static final int RGB = 0;
  private static final int RLE8 = 1;
  private static final int RLE4 = 2;
  private static final int BITFIELDS = 3;
  private static final int ALPHA_BITFIELDS = 6;

  @Override
  public Outline scan(byte[] file) throws PhotoRejectedException {
    FileBytes bytes = new FileBytes(file, PhotoFormat.BMP, false).skip(10);
    long pixelsAt = bytes.u32();
    long headerSize = bytes.u32();
    boolean os2 = headerSize == OS2_HEADER;
    long width = os2 ? bytes.u16() : bytes.i32();
    long height = os2 ? bytes.u16() : bytes.i32();
    bytes.skip(2);
    int bits = bytes.u16();
    int compression = os2 ? RGB : bytes.i32();
    long announced = os2 ? 0 : bytes.u32();
    height = Math.abs(height);
    long row = (width * bits + 31) / 32 * 4;
    switch (compression) {
      case RGB, BITFIELDS, ALPHA_BITFIELDS -> require(file, pixelsAt, row * height);
      case RLE8, RLE4 -> require(file, pixelsAt, Math.max(announced, 1));
      default -> throw Refusals.unsupported("BMP with compression " + compression);
    }
    return new Outline(width, height, Orientation.UPRIGHT);
  }

  private static void require(byte[] file, long from, long length) throws PhotoRejectedException {
    if (length > 0 && from + length > file.length) {
      throw Refusals.truncated(PhotoFormat.BMP);
    }
  }
}
