package app.mushroom.vision.photo;

/**
 * WebP: RIFF chunks up to the length that the file announces. The sizes of canvas, animation frame
 * and bitstream are all looked at, and the largest counts.
 */
final class WebpScanner implements Scanner {
  private long width;
  private long height;
  private boolean pixels;
  private boolean lossless;
  private Orientation orientation = Orientation.UPRIGHT;

  @Override
  public Outline scan(byte[] file) throws PhotoRejectedException {
    FileBytes bytes = new FileBytes(file, PhotoFormat.WEBP, false).skip(4);
    long length = bytes.u32();
    bytes.skip(4);
    FileBytes riff = bytes.slice(Math.min(length, length - (length & 1)) - 4);
    while (riff.remaining() >= 8) {
      chunk(file, riff);
    }
    if (!pixels) {
      throw Refusals.corrupt(PhotoFormat.WEBP, "no picture data");
    }
    if (lossless) {
      PhotoDecoder.requireDimensions(width, height, PhotoDecoder.MAX_PIXELS_AT_ONCE);
    }
    return new Outline(width, height, orientation, Outline.Inks.NONE, lossless ? 4 : 0);
  }

  private void chunk(byte[] file, FileBytes riff) throws PhotoRejectedException {
    String type = riff.tag();
    long length = riff.u32();
    FileBytes content = riff.slice(length);
    riff.skip(Math.min(riff.remaining(), length + (length & 1)));
    switch (type) {
      case "VP8X" -> {
        content.skip(4);
        atLeast(content.u24() + 1, content.u24() + 1);
      }
      case "ANMF" -> frame(file, content);
      case "VP8 " -> lossy(content);
      case "VP8L" -> lossless(content);
      case "ALPH" -> lossless = true;
      case "ICCP" ->
          ColourProfile.requireLength(
              file, content.position(), content.remaining(), PhotoFormat.WEBP);
      case "EXIF" ->
          orientation = Orientation.ofExifBlock(file, content.position(), content.remaining());
      default -> {}
    }
  }

  private void frame(byte[] file, FileBytes content) throws PhotoRejectedException {
    content.skip(6);
    atLeast(content.u24() + 1, content.u24() + 1);
    content.skip(4);
    while (content.remaining() >= 8) {
      chunk(file, content);
    }
  }

  private void lossy(FileBytes content) throws PhotoRejectedException {
    content.skip(6);
    atLeast(content.u16() & 0x3FFF, content.u16() & 0x3FFF);
    pixels = true;
  }

  private void lossless(FileBytes content) throws PhotoRejectedException {
    content.skip(1);
    long size = content.u32();
    atLeast((size & 0x3FFF) + 1, (size >> 14 & 0x3FFF) + 1);
    lossless = true;
    pixels = true;
  }

  private void atLeast(long otherWidth, long otherHeight) {
    width = Math.max(width, otherWidth);
    height = Math.max(height, otherHeight);
  }
}
