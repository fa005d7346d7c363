package app.mushroom.storage;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.zip.CRC32C;

/** Passes content through and, at its end, insists that it is what was sealed. */
final class SealedInputStream extends FilterInputStream {
  private static final int SKIP_BYTES = 8192;

  private final CRC32C crc32c = new CRC32C();
  private final List<Seal> seals;
  private final String what;
  private long count;

  /**
   * @param seals what the content may be; more than one while it is being replaced
   * @param what the object and its store, for the message
   */
  SealedInputStream(InputStream in, List<Seal> seals, String what) {
    super(in);
    this.seals = seals;
    this.what = what;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = in.read(buffer, offset, length);
    if (read > 0) {
      crc32c.update(buffer, offset, read);
      count += read;
    }
    boolean tooLong = seals.stream().allMatch(s -> count > s.sizeBytes());
    if (tooLong || (read < 0 && seals.stream().noneMatch(s -> s.matches(count, crc())))) {
      throw corrupt(tooLong);
    }
    return read;
  }

  private int crc() {
    return (int) crc32c.getValue();
  }

  private CorruptObjectException corrupt(boolean tooLong) {
    Seal seal = seals.get(0);
    return new CorruptObjectException(
        "The content of %s is not what was written: expected %d bytes with CRC32C %08x, found %s. Write it again from its source."
            .formatted(
                what,
                seal.sizeBytes(),
                seal.crc32c(),
                tooLong ? "more bytes" : "%d bytes with CRC32C %08x".formatted(count, crc())));
  }

  /** Skipped bytes count too: they are read. */
  @Override
  public long skip(long bytes) throws IOException {
    byte[] buffer = new byte[SKIP_BYTES];
    long skipped = 0;
    while (skipped < bytes) {
      int read = read(buffer, 0, (int) Math.min(buffer.length, bytes - skipped));
      if (read < 0) {
        break;
      }
      skipped += read;
    }
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
