package app.mushroom.trainer.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM: the job is asked to stop between two steps, and the process waits for it to
 * wind down before it exits.
 */
final class Interruption implements AutoCloseable {

  /** Whether a person or the system asked to stop. */
  interface Flag {
    boolean requested();
  }

  private static final long MOST_SECONDS = 60;

  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stop, "interruption");
  private volatile boolean requested;

  Interruption() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  boolean requested() {
    return requested;
  }

  private void stop() {
    if (done.getCount() == 0) {
      return;
    }
    requested = true;
    System.err.println("Stopping after this step; the last epoch's checkpoint stays.");
    try {
      boolean finished = done.await(MOST_SECONDS, TimeUnit.SECONDS);
      if (!finished) {
        System.err.println("The step did not end within a minute; stopping all the same.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    done.countDown();
  }
}
