package app.mushroom.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/**
 * What is known of an object's bytes from the time they were written.
 *
 * @param generation of the write
 * @param sizeBytes length of the content
 * @param crc32c checksum of the content
 */
record Seal(long generation, long sizeBytes, int crc32c) {

  /** The seal of content that is already there. */
  static Seal of(long generation, InputStream content) throws IOException {
    CheckedInputStream checked = new CheckedInputStream(content, new CRC32C());
    long sizeBytes = checked.transferTo(OutputStream.nullOutputStream());
    return new Seal(generation, sizeBytes, (int) checked.getChecksum().getValue());
  }

  boolean matches(long foundBytes, int foundCrc32c) {
    return sizeBytes == foundBytes && crc32c == foundCrc32c;
  }

  String line() {
    return "%d %d %08x".formatted(generation, sizeBytes, crc32c);
  }

  /**
   * @throws IllegalArgumentException if it is no such line
   */
  static Seal parse(String line) {
    String[] fields = line.split(" ", -1);
    if (fields.length != 3) {
      throw new IllegalArgumentException(fields.length + " fields");
    }
    return new Seal(
        Long.parseLong(fields[0]),
        Long.parseLong(fields[1]),
        Integer.parseUnsignedInt(fields[2], 16));
  }
}
