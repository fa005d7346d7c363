package app.mushroom.trainer.runs;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A temporary folder that goes when the work is done. What a killed process left is told by its
 * lock file, which no living process holds, and goes with the next one.
 */
public final class WorkFolder implements AutoCloseable {

  private static final String PREFIX = "mushroom-train-";
  private static final String LOCK = ".lock";

  private final Path path;
  private final FileChannel lock;

  public WorkFolder() throws IOException {
    this(Path.of(System.getProperty("java.io.tmpdir")));
  }

  WorkFolder(Path parent) throws IOException {
    sweep(parent);
    this.path = Files.createTempDirectory(parent, PREFIX);
    this.lock =
        FileChannel.open(
            path.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    lock.lock();
  }

  public Path path() {
    return path;
  }

  /**
   * @throws IOException if the folder's disk has less free space than {@code bytes}
   */
  static void requireSpace(Path folder, long bytes) throws IOException {
    long free = Files.getFileStore(folder).getUsableSpace();
    if (free < bytes) {
      throw new IOException(
          "Expected at least "
              + bytes / 1_000_000
              + " MB of free space for "
              + folder
              + ", found "
              + free / 1_000_000
              + " MB. Free some, or name another temporary folder with"
              + " JDK_JAVA_OPTIONS=-Djava.io.tmpdir=<folder>.");
    }
  }

  private static void sweep(Path parent) throws IOException {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path folder : folders) {
        if (isAbandoned(folder.resolve(LOCK))) {
          delete(folder);
        }
      }
    } catch (NoSuchFileException e) {
      return; // another process sweeps as well
    }
  }

  private static boolean isAbandoned(Path file) {
    if (!Files.isWritable(file)) {
      return false; // another user's, or not locked yet
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        @Nullable FileLock free = channel.tryLock()) {
      return free != null;
    } catch (IOException | java.nio.channels.OverlappingFileLockException e) {
      return false; // gone meanwhile, or of this very process
    }
  }

  static void delete(Path folder) throws IOException {
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(folder)) {
      paths = walk.sorted(Comparator.reverseOrder()).toList();
    } catch (NoSuchFileException e) {
      return;
    }
    for (Path each : paths) {
      Files.deleteIfExists(each);
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
    delete(path);
  }
}
