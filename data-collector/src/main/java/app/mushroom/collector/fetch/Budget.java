package app.mushroom.collector.fetch;

import java.time.Duration;

/** Time that is left to a fetch; it passes only while a host is being talked to. */
final class Budget {
  private long nanos;
  private long since;
  private boolean running;

  Budget(Duration time) {
    nanos = time.toNanos();
  }

  void run() {
    running = true;
    since = System.nanoTime();
  }

  void stop() {
    nanos = left();
    running = false;
  }

  /** Nanoseconds; 0 if none. */
  long left() {
    return Math.max(0, running ? nanos - (System.nanoTime() - since) : nanos);
  }
}
