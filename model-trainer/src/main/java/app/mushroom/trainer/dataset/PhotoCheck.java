package app.mushroom.trainer.dataset;

import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.vision.photo.PhotoRejectedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads and decodes every photo once, before hours are spent on them. What it reads stays in the
 * source's memory, so that the first epoch need not fetch it again.
 */
public final class PhotoCheck {

  /** Photos handed to the threads at a time; small enough to stop soon. */
  private static final int CHUNK = 64;

  private final PhotoSource source;
  private final int threads;

  public PhotoCheck(PhotoSource source, int threads) {
    this.source = source;
    this.threads = threads;
  }

  /**
   * @param progress told the number of photos done, on the caller's thread; may throw to stop
   * @throws IOException if the store cannot be asked, which says nothing about the photos
   */
  public CheckedPhotos check(List<DatasetPhoto> photos, IntConsumer progress) throws IOException {
    List<UnreadablePhoto> unreadable = new ArrayList<>();
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      for (int from = 0; from < photos.size(); from += CHUNK) {
        int to = Math.min(photos.size(), from + CHUNK);
        List<Future<@Nullable UnreadablePhotoException>> pending = new ArrayList<>();
        for (DatasetPhoto photo : photos.subList(from, to)) {
          pending.add(executor.submit(() -> failure(photo)));
        }
        for (int i = 0; i < pending.size(); i++) {
          DatasetPhoto photo = photos.get(from + i);
          UnreadablePhotoException failure = result(pending.get(i));
          if (failure != null && isOutOfMemory(failure)) {
            failure = failure(photo); // once more with the memory to itself
          }
          if (failure != null) {
            unreadable.add(UnreadablePhoto.of(photo, failure));
          }
        }
        progress.accept(to);
      }
    } finally {
      executor.shutdownNow();
    }
    return CheckedPhotos.of(photos, unreadable);
  }

  private @Nullable UnreadablePhotoException failure(DatasetPhoto photo) throws IOException {
    try {
      source.read(photo);
      return null;
    } catch (UnreadablePhotoException e) {
      return e;
    }
  }

  private static boolean isOutOfMemory(UnreadablePhotoException failure) {
    return failure.getCause() instanceof PhotoRejectedException rejected
        && rejected.reason() == PhotoRejectedException.Reason.OUT_OF_MEMORY;
  }

  private static @Nullable UnreadablePhotoException result(
      Future<@Nullable UnreadablePhotoException> pending) throws IOException {
    try {
      return pending.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while checking photos", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IllegalStateException("A photo could not be checked", e.getCause());
    }
  }
}
