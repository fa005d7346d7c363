package app.mushroom.vision.photo;

/**
 * Numbers in a file, read in order. Reading past the end is a truncated photo, never an index out
 * of bounds.
 */
final class FileBytes {
  private final byte[] file;
  private final PhotoFormat format;
  private final int end;
  private final boolean bigEndian;
  private int position;

  FileBytes(byte[] file, PhotoFormat format, boolean bigEndian) {
    this(file, format, 0, file.length, bigEndian);
  }

  private FileBytes(byte[] file, PhotoFormat format, int start, int end, boolean bigEndian) {
    this.file = file;
    this.format = format;
    this.position = start;
    this.end = end;
    this.bigEndian = bigEndian;
  }

  /** The next {@code length} bytes on their own. */
  FileBytes slice(long length) throws PhotoRejectedException {
    require(length);
    return new FileBytes(file, format, position, position + (int) length, bigEndian);
  }

  int position() {
    return position;
  }

  int remaining() {
    return end - position;
  }

  int u8() throws PhotoRejectedException {
    require(1);
    return file[position++] & 0xFF;
  }

  int u16() throws PhotoRejectedException {
    return (int) number(2);
  }

  int u24() throws PhotoRejectedException {
    return (int) number(3);
  }

  long u32() throws PhotoRejectedException {
    return number(4);
  }

  int i32() throws PhotoRejectedException {
    return (int) number(4);
  }

  /** Four ASCII letters that name a chunk. */
  String tag() throws PhotoRejectedException {
    StringBuilder tag = new StringBuilder(4);
    for (int i = 0; i < 4; i++) {
      tag.append((char) u8());
    }
    return tag.toString();
  }

  FileBytes skip(long count) throws PhotoRejectedException {
    require(count);
    position += (int) count;
    return this;
  }

  private long number(int bytes) throws PhotoRejectedException {
    require(bytes);
    long number = 0;
    for (int i = 0; i < bytes; i++) {
      long next = file[position + i] & 0xFF;
      number = bigEndian ? number << 8 | next : number | next << (8 * i);
    }
    position += bytes;
    return number;
  }

  private void require(long count) throws PhotoRejectedException {
    if (count < 0 || count > end - position) {
      throw Refusals.truncated(format);
    }
  }
}
