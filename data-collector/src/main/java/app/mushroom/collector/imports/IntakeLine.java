package app.mushroom.collector.imports;

import app.mushroom.collector.dataset.Candidate;
import app.mushroom.collector.dataset.Refusal;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Takes photos in with several threads and hands the results on in the order of the input. Only a
 * few photos are under way at a time, so memory does not grow with their number.
 */
final class IntakeLine {
  private static final int WAITING_PER_THREAD = 4;
  private static final long LAST_PHOTOS_SECONDS = 60;

  private final int threads;
  private final BooleanSupplier stopping;
  private final ImportProgress progress;

  IntakeLine(int threads, BooleanSupplier stopping, ImportProgress progress) {
    this.threads = threads;
    this.stopping = stopping;
    this.progress = progress;
  }

  /** Takes one photo. */
  interface Intake {
    Candidate take(SourcePhoto photo) throws IOException, UnfitPhotoException;
  }

  private record UnderWay(SourcePhoto photo, Future<Candidate> result) {}

  /**
   * Takes all photos in, or those before a stop.
   *
   * @param refusals takes those that are not fit
   * @throws IOException if the store fails; nothing more is begun
   */
  List<Candidate> takeAll(List<SourcePhoto> photos, Intake intake, List<Refusal> refusals)
      throws IOException, InterruptedException {
    List<Candidate> taken = new ArrayList<>();
    Deque<UnderWay> underWay = new ArrayDeque<>();
    Iterator<SourcePhoto> waiting = photos.iterator();
    int done = 0;
    int refused = 0;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      while (!stopping.getAsBoolean() && (waiting.hasNext() || !underWay.isEmpty())) {
        while (waiting.hasNext() && underWay.size() < threads * WAITING_PER_THREAD) {
          SourcePhoto photo = waiting.next();
          underWay.add(new UnderWay(photo, pool.submit(() -> intake.take(photo))));
        }
        UnderWay next = underWay.remove();
        try {
          taken.add(next.result().get());
        } catch (ExecutionException e) {
          refusals.add(refusal(next.photo(), e));
          refused++;
        }
        progress.at(++done, photos.size(), refused);
      }
    } finally {
      underWay.forEach(photo -> photo.result().cancel(false));
      pool.shutdown();
      if (!pool.awaitTermination(LAST_PHOTOS_SECONDS, TimeUnit.SECONDS)) {
        pool.shutdownNow();
      }
    }
    return taken;
  }

  private static Refusal refusal(SourcePhoto photo, ExecutionException failure) throws IOException {
    Throwable cause = failure.getCause();
    if (cause instanceof UnfitPhotoException unfit) {
      return new Refusal(unfit.reason(), photo.where(), String.valueOf(unfit.getMessage()));
    }
    if (cause instanceof OutOfMemoryError) {
      return new Refusal(
          "out_of_memory",
          photo.where(),
          "The photo does not fit into memory. Give fewer --threads or more memory (java -Xmx).");
    }
    if (cause instanceof IOException storeFailed) {
      throw storeFailed;
    }
    throw new IllegalStateException("Taking in " + photo.where() + " failed", cause);
  }
}
