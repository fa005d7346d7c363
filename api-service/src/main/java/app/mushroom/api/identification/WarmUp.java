package app.mushroom.api.identification;

import app.mushroom.api.model.ServingThreads;
import app.mushroom.vision.photo.PhotoRejectedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.stereotype.Component;

/**
 * Lets the inference threads take a task each. Threads that are free wait in line, so tasks given
 * one after the other come to different ones.
 */
@Component
class WarmUp implements ServingThreads {
  private final InferencePool pool;

  WarmUp(InferencePool pool) {
    this.pool = pool;
  }

  @Override
  public void onEach(Runnable task) {
    for (int i = 0; i < pool.size(); i++) {
      try {
        pool.run(
            () -> {
              task.run();
              return true;
            });
      } catch (BusyException e) {
        return; // the first requests on this model will be a little slower
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (PhotoRejectedException e) {
        throw new IllegalStateException("There is no photo in a warm-up", e);
      }
    }
  }
}
