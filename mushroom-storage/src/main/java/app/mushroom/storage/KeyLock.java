package app.mushroom.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps the writers of a key apart, in this process by a lock in memory and between processes by a
 * file lock, which the operating system gives back when a process dies. Keys share {@value
 * #STRIPES} lock files; each also remembers the last generation it handed out, so that numbers grow
 * even over a delete and a clock that is set back.
 */
final class KeyLock implements AutoCloseable {
  private static final int STRIPES = 64;
  private static final ConcurrentMap<Path, ReentrantLock> IN_PROCESS = new ConcurrentHashMap<>();

  private final ReentrantLock inProcess;
  private final FileChannel file;

  private KeyLock(ReentrantLock inProcess, FileChannel file) {
    this.inProcess = inProcess;
    this.file = file;
  }

  /** Waits for the lock of a key. */
  static KeyLock acquire(Path folder, ObjectKey key) throws IOException {
    Path path = folder.resolve(Integer.toString(Math.floorMod(key.value().hashCode(), STRIPES)));
    ReentrantLock inProcess = IN_PROCESS.computeIfAbsent(path, p -> new ReentrantLock());
    inProcess.lock();
    FileChannel file = null;
    try {
      // Only one channel per file and process: closing any would give the whole process's lock
      // back.
      file =
          FileChannel.open(
              path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      file.lock();
      return new KeyLock(inProcess, file);
    } catch (IOException | RuntimeException | Error e) {
      try {
        if (file != null) {
          file.close();
        }
      } catch (IOException closing) {
        e.addSuppressed(closing);
      } finally {
        inProcess.unlock();
      }
      throw e;
    }
  }

  /** A generation that is new: at least {@code atLeast}, and above all handed out before. */
  long nextGeneration(long atLeast) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(Long.BYTES);
    int read = file.read(buffer, 0);
    long last = read == Long.BYTES ? buffer.flip().getLong() : 0;
    long next = Math.max(last + 1, atLeast);
    file.write(buffer.clear().putLong(next).flip(), 0);
    return next;
  }

  @Override
  public void close() throws IOException {
    try {
      file.close();
    } finally {
      inProcess.unlock();
    }
  }
}
