package app.mushroom.collector.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets work end in good order on Ctrl-C: asks it to stop and holds the exit until it has. */
final class CleanStop implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 20;

  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook;

  /**
   * @param stop asks the work to stop; called at most once, from another thread
   */
  CleanStop(Runnable stop) {
    this.hook =
        new Thread(
            () -> {
              stop.run();
              try {
                if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                  System.err.println("Still busy; stopping anyway. The next run goes on.");
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "clean-stop");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Says that the work has ended. */
  @Override
  public void close() {
    ended.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The exit is under way and the hook has done its work.
      return;
    }
  }
}
