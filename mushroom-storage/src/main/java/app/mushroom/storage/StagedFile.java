package app.mushroom.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * Content on its way into a folder: whole and on disk, but not yet under its name. While it is
 * written its file is locked, so that what a killed process left can be told from what is still
 * growing.
 */
final class StagedFile implements AutoCloseable {
  private static final int BUFFER_BYTES = 64 * 1024;

  /** Longer than a written file waits for its name. */
  private static final Duration ORPHAN_AFTER = Duration.ofMinutes(10);

  /** Begins the names of this process's files, whose locks it must not touch. */
  private static final String OWN = UUID.randomUUID() + ".";

  private final Path path;
  private final boolean durable;
  private final long sizeBytes;
  private final int crc32c;

  private StagedFile(Path path, boolean durable, long sizeBytes, int crc32c) {
    this.path = path;
    this.durable = durable;
    this.sizeBytes = sizeBytes;
    this.crc32c = crc32c;
  }

  /**
   * Copies the stream to its end into a new file.
   *
   * @param durable whether it, and later its name, must outlast a power cut
   */
  static StagedFile write(Path staging, InputStream content, boolean durable) throws IOException {
    Path path = staging.resolve(OWN + UUID.randomUUID());
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      file.lock();
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
      if (durable) {
        file.force(true);
      }
      return new StagedFile(path, durable, sizeBytes, (int) crc32c.getValue());
    } catch (IOException | RuntimeException | Error e) {
      Files.deleteIfExists(path);
      throw e;
    }
  }

  /** Deletes what processes left that were killed while they wrote. */
  static void sweep(Path staging, Instant now) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(staging)) {
      for (Path file : files) {
        if (!file.getFileName().toString().startsWith(OWN)) {
          sweepFile(file, now.minus(ORPHAN_AFTER));
        }
      }
    }
  }

  private static void sweepFile(Path file, Instant before) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      if (Files.getLastModifiedTime(file).toInstant().isBefore(before)
          && channel.tryLock() != null) {
        Files.delete(file);
      }
    } catch (NoSuchFileException e) {
      return; // moved into place, or swept by somebody else
    }
  }

  Seal seal(long generation) {
    return new Seal(generation, sizeBytes, crc32c);
  }

  /** Takes the name, in place of what had it. */
  void moveTo(Path target) throws IOException {
    Path folder = Objects.requireNonNull(target.getParent(), "an object lies in a folder");
    Files.move(path, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    if (durable) {
      forceFolder(folder);
    }
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
