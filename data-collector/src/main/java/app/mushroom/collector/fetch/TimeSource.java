package app.mushroom.collector.fetch;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** The time that waiting goes by; tests let it pass without waiting. */
interface TimeSource {

  /** The date. May jump when the clock is set. */
  Instant now();

  /** Nanoseconds since some moment. Never goes back. */
  long nanos();

  void sleep(long nanos) throws InterruptedException;

  static TimeSource system() {
    return new TimeSource() {
      @Override
      public Instant now() {
        return Instant.now();
      }

      @Override
      public long nanos() {
        return System.nanoTime();
      }

      @Override
      public void sleep(long nanos) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(nanos);
      }
    };
  }
}
