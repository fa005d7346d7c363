package app.mushroom.api.identification;

import app.mushroom.api.ApiProperties;
import app.mushroom.api.access.Caller;
import app.mushroom.api.inference.BusyException;
import app.mushroom.api.inference.InferencePool;
import app.mushroom.api.inference.Work;
import app.mushroom.api.model.ServingThreads;
import app.mushroom.vision.photo.PhotoRejectedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.springframework.stereotype.Component;

/**
 * Lets the inference threads take a task each. Threads that are free wait in line, so tasks given
 * one after the other come to different ones.
 */
@Component
class WarmUp implements ServingThreads {
  private static final Caller NOBODY = new Caller("warm-up");

  private final InferencePool pool;
  private final int threads;

  WarmUp(InferencePool pool, ApiProperties properties) {
    this.pool = pool;
    this.threads = properties.inference().threads();
  }

  @Override
  public void onEach(Runnable task) {
    for (int i = 0; i < threads; i++) {
      CountDownLatch done = new CountDownLatch(1);
      try {
        pool.run(
            NOBODY,
            List.<Work<Boolean>>of(
                () -> {
                  task.run();
                  return true;
                }),
            done::countDown);
      } catch (BusyException e) {
        awaitEnd(done);
        return; // the first requests on this model will be a little slower
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (PhotoRejectedException e) {
        throw new IllegalStateException("There is no photo in a warm-up", e);
      }
    }
  }

  /**
   * Whoever asked may close the model or let it serve when this returns, so nothing of it may run
   * any more, however long that takes: loading has a limit of its own.
   */
  private static void awaitEnd(CountDownLatch done) {
    boolean interrupted = false;
    while (done.getCount() > 0) {
      try {
        done.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
