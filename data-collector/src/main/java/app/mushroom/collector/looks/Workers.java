package app.mushroom.collector.looks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Several threads that do one step after the other until there is none left. */
final class Workers {
  private Workers() {}

  /** One step. */
  @FunctionalInterface
  interface Step {
    /** Returns whether there may be another. */
    boolean take() throws IOException;
  }

  /**
   * @param threads none for 0
   * @throws IOException if a step threw it; the other threads end after the step that they are in
   */
  static void run(int threads, Step step) throws IOException, InterruptedException {
    if (threads == 0) {
      return;
    }
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      Callable<Void> worker =
          () -> {
            while (!Thread.currentThread().isInterrupted() && step.take()) {}
            return null;
          };
      List<Future<Void>> workers = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        workers.add(pool.submit(worker));
      }
      for (Future<Void> each : workers) {
        each.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException("A step failed in a way that nobody expected", e);
    } finally {
      pool.shutdownNow();
    }
  }
}
