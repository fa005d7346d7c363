package app.mushroom.storage;

import java.io.IOException;
import java.io.InputStream;

/**
 * In a process of its own with little memory: writes a stream longer than that and reads it back.
 */
final class LargeStream {
  static final String HEAP = "64m";

  private LargeStream() {}

  public static void main(String[] arguments) throws IOException {
    long length = Long.parseLong(arguments[1]);
    ObjectKey key = ObjectKey.of("large/stream");
    try (ObjectStore store = ObjectStores.open(arguments[0])) {
      StoredObject written = store.write(key, new GeneratedStream(length), Precondition.absent());
      long position = 0;
      try (InputStream in = store.open(key)) {
        byte[] buffer = new byte[65536];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          for (int i = 0; i < read; i++) {
            if (buffer[i] != GeneratedStream.at(position++)) {
              throw new IllegalStateException("another byte at " + (position - 1));
            }
          }
        }
      }
      System.out.println(written.sizeBytes() + " " + position);
    }
  }
}
