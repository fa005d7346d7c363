package app.mushroom.trainer.backbone;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file from somewhere else, here whole or not at all. */
final class Download {

  private Download() {}

  /** Something that can be written out from its beginning. */
  @FunctionalInterface
  interface Source {
    void writeTo(OutputStream out) throws IOException, InterruptedException;
  }

  /**
   * The file gets its name only when all of it is there.
   *
   * @throws IOException as the source does; nothing is left then
   */
  static void to(Path target, Source source) throws IOException, InterruptedException {
    Path part = target.resolveSibling(target.getFileName() + ".part");
    try {
      try (OutputStream out = Files.newOutputStream(part)) {
        source.writeTo(out);
      }
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /**
   * @throws IOException if there are more than {@code maxBytes}, or none, or the stream breaks off
   */
  static void copy(InputStream in, OutputStream out, long maxBytes, String location)
      throws IOException {
    long copied = 0;
    byte[] buffer = new byte[1 << 16];
    for (int read = read(in, buffer, copied, location);
        read >= 0;
        read = read(in, buffer, copied, location)) {
      copied += read;
      if (copied > maxBytes) {
        throw new IOException(
            "Expected at most " + maxBytes + " bytes of backbone at " + location + ", found more.");
      }
      out.write(buffer, 0, read);
    }
    if (copied == 0) {
      throw new IOException("Expected a backbone at " + location + ", found an empty file.");
    }
  }

  private static int read(InputStream in, byte[] buffer, long copied, String location)
      throws IOException {
    try {
      return in.read(buffer);
    } catch (IOException e) {
      throw new IOException(
          "The backbone at "
              + location
              + " broke off after "
              + copied
              + " bytes ("
              + e.getMessage()
              + "). Nothing of it is kept; try again.",
          e);
    }
  }
}
