package app.mushroom.api.identification;

import app.mushroom.api.ApiProperties;
import app.mushroom.vision.photo.PhotoRejectedException;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The threads that decode photos and run the network, one a core, with a short queue. What cannot
 * begin in time is refused, not piled up.
 */
@Component
public class InferencePool {
  /** Work on photos. */
  @FunctionalInterface
  public interface Work<T> {
    T run() throws PhotoRejectedException, IOException;
  }

  private final ThreadPoolExecutor threads;
  private final ApiProperties.Inference settings;

  InferencePool(ApiProperties properties, MeterRegistry meters) {
    settings = properties.inference();
    threads =
        new ThreadPoolExecutor(
            settings.threads(),
            settings.threads(),
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(Math.max(1, settings.queue())),
            task -> {
              Thread thread = new Thread(task, "inference");
              thread.setDaemon(true);
              return thread;
            });
    threads.prestartAllCoreThreads();
    meters.gauge("mushroom.inference.queue", threads, pool -> pool.getQueue().size());
    meters.gauge("mushroom.inference.active", threads, ThreadPoolExecutor::getActiveCount);
  }

  /**
   * Runs the work on one of the threads and waits for it.
   *
   * @throws BusyException if the queue is full, the work could not begin in time, or it took too
   *     long
   */
  public <T> T run(Work<T> work) throws PhotoRejectedException, IOException {
    Job<T> job = new Job<>(work);
    try {
      threads.execute(job);
    } catch (RejectedExecutionException e) {
      throw new BusyException("Too many photos are being looked at just now. Try again shortly.");
    }
    return job.await(settings, () -> threads.remove(job));
  }

  /** Whether a thread has nothing to do and nobody waits: time for work that nobody waits for. */
  public boolean hasSpareThread() {
    return threads.getQueue().isEmpty() && threads.getActiveCount() < settings.threads();
  }

  /** How many threads there are. */
  int size() {
    return settings.threads();
  }

  @PreDestroy
  void close() {
    threads.shutdownNow();
  }

  private static final class Job<T> implements Runnable {
    private final Work<T> work;
    private final AtomicBoolean claimed = new AtomicBoolean();
    private final CompletableFuture<T> result = new CompletableFuture<>();

    Job(Work<T> work) {
      this.work = work;
    }

    @Override
    @SuppressWarnings("CatchingUnchecked") // handed to the thread that waits, nothing is hidden
    public void run() {
      if (!claimed.compareAndSet(false, true)) {
        return; // nobody waits for it any more
      }
      try {
        result.complete(work.run());
      } catch (Exception | OutOfMemoryError | StackOverflowError e) {
        result.completeExceptionally(e);
      }
    }

    /**
     * @param giveUp called if the work has not begun in time, to leave its place in the queue
     */
    T await(ApiProperties.Inference settings, Runnable giveUp)
        throws PhotoRejectedException, IOException {
      try {
        return result.get(settings.startWithin().toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (claimed.compareAndSet(false, true)) {
          giveUp.run();
          throw new BusyException(
              "Too many photos are being looked at just now. Try again shortly.");
        }
        return awaitRunning(settings);
      } catch (ExecutionException e) {
        throw rethrow(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new BusyException("The service is stopping. Try again shortly.");
      }
    }

    private T awaitRunning(ApiProperties.Inference settings)
        throws PhotoRejectedException, IOException {
      try {
        return result.get(settings.limit().toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        throw new BusyException("Looking at the photo took too long. Try again shortly.");
      } catch (ExecutionException e) {
        throw rethrow(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new BusyException("The service is stopping. Try again shortly.");
      }
    }

    private static RuntimeException rethrow(@Nullable Throwable cause)
        throws PhotoRejectedException, IOException {
      if (cause instanceof PhotoRejectedException e) {
        throw e;
      }
      if (cause instanceof IOException e) {
        throw e;
      }
      if (cause instanceof RuntimeException e) {
        throw e;
      }
      return new IllegalStateException("Looking at the photo failed", cause);
    }
  }
}
