package app.mushroom.collector.fetch;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Reads and unpacks what comes, and no more of it than may come. */
final class Body {

  /** More came than may come, packed or unpacked. */
  static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1;
  }

  private final InputStream packed;
  private final int maxBytes;
  private long packedBytes;
  private @Nullable IOException failure;

  Body(InputStream packed, int maxBytes) {
    this.packed = packed;
    this.maxBytes = maxBytes;
  }

  /**
   * @param encoding the Content-Encoding; null for none
   * @param cut whether the beginning will do where there is more
   */
  byte[] read(@Nullable String encoding, boolean cut) throws IOException {
    InputStream unpacked = unpack(encoding == null ? "" : encoding.toLowerCase(Locale.ROOT).trim());
    byte[] bytes = unpacked.readNBytes(maxBytes);
    if (!cut && unpacked.read() >= 0) {
      throw new TooLargeException();
    }
    if (failure != null) {
      throw failure; // unpacking takes a failure behind a whole part for the end
    }
    return bytes;
  }

  /** Bytes that have come over the wire. */
  long packedBytes() {
    return packedBytes;
  }

  private InputStream unpack(String encoding) throws IOException {
    return switch (encoding) {
      case "", "identity" -> new Capped();
      case "gzip", "x-gzip" -> new GZIPInputStream(new Capped(), 8192);
      default -> throw new IOException("it came as \"" + encoding + "\", which was not asked for");
    };
  }

  /** Ends a packed body that, unpacked, is small or never begins. */
  private final class Capped extends FilterInputStream {
    Capped() {
      super(packed);
    }

    @Override
    public int read() throws IOException {
      try {
        int read = super.read();
        return read < 0 ? read : counted(1, read);
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      try {
        int read = super.read(into, offset, length);
        return read < 0 ? read : counted(read, read);
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }

    /** Unpacking takes 0 for the end, although the next part may only not have come yet. */
    @Override
    public int available() {
      return 1;
    }

    private int counted(int bytes, int read) throws TooLargeException {
      packedBytes += bytes;
      // One more than may come shows that there is more; a buffer's length more is never kept.
      if (packedBytes > maxBytes + 8192L) {
        throw new TooLargeException();
      }
      return read;
    }
  }
}
