package app.mushroom.api.upload;

import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/** How much of the heap uploads may take at a time; the rest of them go over the disk. */
@Component
public class UploadMemory {
  private static final int SHARE_OF_HEAP = 6;

  private final AtomicLong left;

  UploadMemory() {
    this(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
  }

  UploadMemory(long bytes) {
    left = new AtomicLong(bytes);
  }

  /** Room for one upload, to be closed with its request. */
  public final class Room implements AutoCloseable {
    private final long bytes;

    private Room(long bytes) {
      this.bytes = bytes;
    }

    public boolean isThere() {
      return bytes > 0;
    }

    @Override
    public void close() {
      left.addAndGet(bytes);
    }
  }

  /**
   * @param declaredBytes what the request says that it is long; below 0 where it does not say
   */
  public Room take(long declaredBytes) {
    boolean fits = declaredBytes > 0 && declaredBytes <= UploadRequest.LONGEST;
    long before =
        fits ? left.getAndUpdate(now -> now >= declaredBytes ? now - declaredBytes : now) : 0;
    return new Room(fits && before >= declaredBytes ? declaredBytes : 0);
  }
}
