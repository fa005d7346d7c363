package app.mushroom.vision.photo;

import java.util.zip.CRC32;

/** PNG: every chunk up to IEND, with the checksums of those that carry the picture. */
final class PngScanner implements Scanner {
  @Override
  public Outline scan(byte[] file) throws PhotoRejectedException {
    FileBytes bytes = new FileBytes(file, PhotoFormat.PNG, true).skip(8);
    long width = -1;
    long height = -1;
    boolean pixels = false;
    Orientation orientation = Orientation.UPRIGHT;
    while (true) {
      long length = bytes.u32();
      int start = bytes.position();
      String type = bytes.tag();
      FileBytes content = bytes.slice(length);
      bytes.skip(length);
      long checksum = bytes.u32();
      if (Character.isUpperCase(type.charAt(0))) {
        requireChecksum(file, start, (int) length + 4, checksum);
      }
      if (width < 0 && !type.equals("IHDR")) {
        throw type.equals("CgBI")
            ? Refusals.unsupported("PNG made for iOS apps only")
            : Refusals.corrupt(PhotoFormat.PNG, "it does not begin with its size");
      }
      switch (type) {
        case "IHDR" -> {
          width = content.u32();
          height = content.u32();
        }
        case "IDAT" -> pixels = true;
        case "eXIf" ->
            orientation = Orientation.ofExifBlock(file, content.position(), content.remaining());
        case "IEND" -> {
          if (!pixels) {
            throw Refusals.corrupt(PhotoFormat.PNG, "no picture data");
          }
          return new Outline(width, height, orientation);
        }
        default -> {}
      }
    }
  }

  private static void requireChecksum(byte[] file, int start, int length, long expected)
      throws PhotoRejectedException {
    CRC32 crc = new CRC32();
    crc.update(file, start, length);
    if (crc.getValue() != expected) {
      throw Refusals.corrupt(PhotoFormat.PNG, "a checksum does not match");
    }
  }
}
