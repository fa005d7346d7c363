package app.mushroom.trainer.runs;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A temporary folder that goes when the work is done. What a killed process left is told by its
 * lock file, which no living process holds, and goes with the next one.
 */
public final class WorkFolder implements AutoCloseable {

  private static final String PREFIX = "mushroom-train-";
  private static final String LOCK = ".lock";

  /** Of this process. Even to try their locks would drop them: on Linux, closing a file does. */
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel lock;

  public WorkFolder() throws IOException {
    this(Path.of(System.getProperty("java.io.tmpdir")));
  }

  WorkFolder(Path parent) throws IOException {
    sweep(parent);
    this.path = Files.createTempDirectory(parent, PREFIX).toAbsolutePath();
    OWN.add(path);
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
    List<Path> folders = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, PREFIX + "*")) {
      found.forEach(folders::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    for (Path folder : folders) {
      if (!OWN.contains(folder.toAbsolutePath()) && isAbandoned(folder.resolve(LOCK))) {
        try {
          delete(folder);
        } catch (IOException e) {
          continue; // another process sweeps as well, or the next one will
        }
      }
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
      return false; // gone meanwhile, or of this very process by another name
    }
  }

  /** Deletes a folder with all that is in it, as far as nobody else does so meanwhile. */
  static void delete(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (failure instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path emptied, @Nullable IOException failure)
              throws IOException {
            if (failure != null && !(failure instanceof NoSuchFileException)) {
              throw failure;
            }
            Files.deleteIfExists(emptied);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  @Override
  public void close() throws IOException {
    lock.close();
    OWN.remove(path);
    delete(path);
  }
}
