package app.mushroom.vision.photo;

import java.io.IOException;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * A file's bytes as ImageIO reads them. Some readers take the end of the data for zeros and go on
 * for half a minute; whoever keeps reading behind the end is stopped here.
 */
final class FileInput extends ImageInputStreamImpl {
  /** Far more than any reader needs to notice the end. */
  private static final int READS_BEHIND_END = 1024;

  private final byte[] file;
  private int readsBehindEnd;

  FileInput(byte[] file) {
    this.file = file;
  }

  @Override
  public int read() throws IOException {
    if (streamPos >= file.length) {
      return end();
    }
    bitOffset = 0;
    return file[(int) streamPos++] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (streamPos >= file.length) {
      return end();
    }
    bitOffset = 0;
    int count = (int) Math.min(length, file.length - streamPos);
    System.arraycopy(file, (int) streamPos, buffer, offset, count);
    streamPos += count;
    return count;
  }

  @Override
  public long length() {
    return file.length;
  }

  private int end() throws IOException {
    if (++readsBehindEnd > READS_BEHIND_END) {
      throw new IOException("its data ends before the picture does");
    }
    return -1;
  }
}
