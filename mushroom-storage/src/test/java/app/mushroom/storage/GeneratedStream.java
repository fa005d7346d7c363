package app.mushroom.storage;

import java.io.InputStream;

/** A stream of a given length that is nowhere in memory: byte i is a function of i. */
final class GeneratedStream extends InputStream {
  private final long length;
  private long position;

  GeneratedStream(long length) {
    this.length = length;
  }

  static byte at(long position) {
    return (byte) (position * 31 + (position >> 13));
  }

  @Override
  public int read() {
    return position == length ? -1 : at(position++) & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int count) {
    if (position == length) {
      return -1;
    }
    int read = (int) Math.min(count, length - position);
    for (int i = 0; i < read; i++) {
      buffer[offset + i] = at(position++);
    }
    return read;
  }
}
