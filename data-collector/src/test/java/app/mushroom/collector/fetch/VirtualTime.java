package app.mushroom.collector.fetch;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes only when someone sleeps. */
final class VirtualTime implements TimeSource {
  static final Instant START = Instant.parse("2026-11-21T12:00:00Z");

  private final AtomicLong nanos = new AtomicLong();

  @Override
  public Instant now() {
    return START.plusNanos(nanos.get());
  }

  @Override
  public long nanos() {
    return nanos.get();
  }

  @Override
  public void sleep(long count) {
    nanos.addAndGet(count);
  }

  void pass(Duration duration) {
    nanos.addAndGet(duration.toNanos());
  }
}
