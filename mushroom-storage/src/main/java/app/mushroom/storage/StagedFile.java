package app.mushroom.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.UUID;
import java.util.zip.CRC32C;

/** Content on its way into a folder: whole and on disk, but not yet under its name. */
final class StagedFile implements AutoCloseable {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final Path path;
  private final long sizeBytes;
  private final int crc32c;

  private StagedFile(Path path, long sizeBytes, int crc32c) {
    this.path = path;
    this.sizeBytes = sizeBytes;
    this.crc32c = crc32c;
  }

  /** Copies the stream to its end into a new file and forces that to disk. */
  static StagedFile write(Path staging, InputStream content) throws IOException {
    Path path = staging.resolve(UUID.randomUUID().toString());
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      CRC32C crc32c = new CRC32C();
      byte[] buffer = new byte[BUFFER_BYTES];
      long sizeBytes = 0;
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        crc32c.update(buffer, 0, read);
        sizeBytes += read;
        ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
        while (bytes.hasRemaining()) {
          file.write(bytes);
        }
      }
      file.force(true);
      return new StagedFile(path, sizeBytes, (int) crc32c.getValue());
    } catch (IOException | RuntimeException | Error e) {
      Files.deleteIfExists(path);
      throw e;
    }
  }

  Seal seal(long generation) {
    return new Seal(generation, sizeBytes, crc32c);
  }

  /** Takes the name, in place of what had it. */
  void moveTo(Path target) throws IOException {
    Path folder = Objects.requireNonNull(target.getParent(), "an object lies in a folder");
    Files.move(path, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    forceFolder(folder);
  }

  /** Makes a rename outlast a power cut; there is no such call on Windows. */
  private static void forceFolder(Path folder) throws IOException {
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(path);
  }
}
