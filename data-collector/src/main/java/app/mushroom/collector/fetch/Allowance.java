package app.mushroom.collector.fetch;

import app.mushroom.collector.fetch.HostRules.Quota;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.EstimationProbe;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.local.LocalBucketBuilder;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Token buckets for quotas. A bucket that holds {@code burst} and gains {@code amount - burst + 1}
 * a period gives out at most {@code amount} in any stretch of that length, wherever it begins; one
 * that held and gained the whole amount could give out twice as much.
 */
final class Allowance {

  /** A request reaches the host later than it is sent; by less than this. */
  private static final Duration ON_THE_WAY = Duration.ofMinutes(1);

  private final @Nullable Bucket bucket;

  Allowance(List<Quota> quotas, TimeSource time) {
    this.bucket = quotas.isEmpty() ? null : bucket(quotas, time);
  }

  /** Nanoseconds until so many can be had, or until it is worth asking again; 0 for now. */
  long nanosUntil(long count) {
    if (bucket == null) {
      return 0;
    }
    EstimationProbe probe = bucket.estimateAbilityToConsume(count);
    // It rounds down, also to 0 where a fraction of a token is missing.
    return probe.canBeConsumed() ? 0 : Math.max(1, probe.getNanosToWaitForRefill());
  }

  /** Takes so many, which can be had. */
  void take(long count) {
    if (bucket != null && !bucket.tryConsume(count)) {
      throw new IllegalStateException("Nobody else takes from here, yet " + count + " are gone.");
    }
  }

  /** Gives back what was not needed. */
  void giveBack(long count) {
    if (bucket != null && count > 0) {
      bucket.addTokens(count);
    }
  }

  private static Bucket bucket(List<Quota> quotas, TimeSource time) {
    LocalBucketBuilder builder = Bucket.builder().withCustomTimePrecision(new Meter(time));
    for (Quota quota : quotas) {
      builder.addLimit(
          limit ->
              limit
                  .capacity(quota.burst())
                  .refillGreedy(
                      quota.amount() - quota.burst() + 1, quota.period().plus(ON_THE_WAY)));
    }
    return builder.build();
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
