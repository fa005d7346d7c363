package app.mushroom.trainer.cli;

import app.mushroom.trainer.training.MemoryExhaustedException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * Ctrl-C and SIGTERM: the job is asked to stop, and the process waits for it to save what it has
 * before it exits. A command that never asks for the flag ends at once.
 *
 * <p>A JVM that ends by a signal exits with 128 plus the signal's number whatever {@code
 * System.exit} says meanwhile: 130 after Ctrl-C, 143 after SIGTERM. Here these codes mean that the
 * job stopped as asked; a job that ended in another way sets its own.
 */
final class Interruption {

  /** Whether a person or the system asked to stop. */
  interface Flag {
    boolean requested();
  }

  /** For a checkpoint on its way to a slow bucket; whoever cannot wait sends SIGKILL. */
  private static final long MOST_SECONDS = 600;

  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean asked;
  private volatile boolean requested;
  private volatile int exitCode = TrainerApplication.FAILED;

  /**
   * Listens for signals while the job runs, and ends the process with the job's exit code, or, if
   * the job throws, at once with that of a failure: nobody is left to save anything.
   */
  void run(IntSupplier job) {
    Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> die(failure));
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "interruption"));
    exit(job.getAsInt());
  }

  private void die(Throwable failure) {
    try {
      System.err.println(
          MemoryExhaustedException.behind(failure)
              .map(Throwable::getMessage)
              .orElse("The command failed: " + failure));
      failure.printStackTrace();
    } finally {
      exit(TrainerApplication.FAILED);
    }
  }

  boolean requested() {
    asked = true;
    return requested;
  }

  /** Ends the process; if it is ending already, lets it. */
  private void exit(int code) {
    exitCode = code;
    ended.countDown();
    System.exit(code);
  }

  private void stop() {
    if (ended.getCount() == 0 || !asked) {
      return;
    }
    requested = true;
    System.err.println("Stopping: saving a checkpoint after the running step.");
    try {
      if (!ended.await(MOST_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("Not saved within ten minutes; the last checkpoint stays.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (exitCode != TrainerApplication.STOPPED) {
      Runtime.getRuntime().halt(exitCode);
    }
  }
}
