package app.mushroom.collector.fetch;

import app.mushroom.collector.fetch.HostRules.Quota;
import app.mushroom.collector.fetch.QuotaMemory.Level;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.EstimationProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.Instant;

/**
 * A token bucket for a quota. A bucket that holds {@code burst} and gains {@code amount - burst +
 * 1} a period gives out at most {@code amount} in any stretch of that length, wherever it begins;
 * one that held and gained the whole amount could give out twice as much.
 */
final class Account {

  /** A request reaches the host later than it is sent; by less than this. */
  private static final Duration ON_THE_WAY = Duration.ofMinutes(1);

  private final String name;
  private final Quota quota;
  private final Bucket bucket;

  /** Taken since it was last {@link #drain() asked}. */
  private long spent;

  /**
   * @param name under which the quota is remembered
   */
  Account(String name, Quota quota, TimeSource time) {
    this.name = name;
    this.quota = quota;
    this.bucket =
        Bucket.builder()
            .withCustomTimePrecision(new Meter(time))
            .addLimit(limit -> limit.capacity(quota.burst()).refillGreedy(gain(), period()))
            .build();
  }

  String name() {
    return name;
  }

  /** Nanoseconds until so many can be had, or until it is worth asking again; 0 for now. */
  long nanosUntil(long count) {
    EstimationProbe probe = bucket.estimateAbilityToConsume(count);
    // It rounds down, also to 0 where a fraction of a token is missing.
    return probe.canBeConsumed() ? 0 : Math.max(1, probe.getNanosToWaitForRefill());
  }

  /** Takes so many. */
  synchronized void take(long count) {
    bucket.consumeIgnoringRateLimits(count);
    spent += count;
  }

  /** Gives back what was not needed. */
  synchronized void giveBack(long count) {
    if (count > 0) {
      bucket.addTokens(count);
      spent -= count;
    }
  }

  /** How much was taken since this was last asked; below 0 if more was given back. */
  synchronized long drain() {
    long drained = spent;
    spent = 0;
    return drained;
  }

  /** Leaves what was drained to the next time. */
  synchronized void undrain(long drained) {
    spent += drained;
  }

  /** What is left now of what was left once, beside what was drained. */
  Level level(Level before, long drained, Instant now) {
    double elapsed = Math.max(0, Duration.between(before.at(), now).toMillis());
    double gained = elapsed * gain() / period().toMillis();
    return new Level(Math.min(quota.burst(), before.left() + gained) - drained, now);
  }

  /** What is left of a quota that nobody has used. */
  Level full(Instant now) {
    return new Level(quota.burst(), now);
  }

  /** Takes away what others have taken. */
  synchronized void limitTo(Level shared) {
    long left = (long) Math.ceil(shared.left()) - spent;
    long excess = bucket.getAvailableTokens() - left;
    if (excess > 0) {
      bucket.consumeIgnoringRateLimits(excess);
    }
  }

  private long gain() {
    return quota.amount() - quota.burst() + 1;
  }

  private Duration period() {
    return quota.period().plus(ON_THE_WAY);
  }

  private record Meter(TimeSource time) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return time.nanos();
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }
}
