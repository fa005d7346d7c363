package app.mushroom.collector.fetch;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Breaks an exchange off when its time is over, from another thread: one that waits for a byte
 * cannot look at a clock.
 */
final class Deadline {
  private final Runnable breakOff;
  private volatile boolean passed;
  private @Nullable ScheduledFuture<?> alarm;

  Deadline(Runnable breakOff) {
    this.breakOff = breakOff;
  }

  void start(ScheduledExecutorService alarms, long nanos) {
    try {
      alarm = alarms.schedule(this::pass, nanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      throw new IllegalStateException("closed", e);
    }
  }

  void stop() {
    if (alarm != null) {
      alarm.cancel(false);
    }
  }

  /** Breaks off now. */
  void end() {
    stop();
    breakOff.run();
  }

  boolean hasPassed() {
    return passed;
  }

  private void pass() {
    passed = true;
    breakOff.run();
  }
}
