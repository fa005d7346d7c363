package app.mushroom.api.access;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.local.LocalBucketBuilder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How much one caller may still ask for, in windows that begin with the minute and the UTC day. */
final class Allowance {
  private record Window(String name, long quota, ChronoUnit unit) {}

  private final Clock clock;
  private final List<Window> windows = new ArrayList<>();
  private final @Nullable Bucket bucket;

  /**
   * @param perMinute 0: no limit
   * @param perDay 0: no limit
   */
  Allowance(int perMinute, int perDay, Clock clock) {
    this.clock = clock;
    if (perMinute > 0) {
      windows.add(new Window("minute", perMinute, ChronoUnit.MINUTES));
    }
    if (perDay > 0) {
      windows.add(new Window("day", perDay, ChronoUnit.DAYS));
    }
    this.bucket = windows.isEmpty() ? null : bucket();
  }

  private Bucket bucket() {
    LocalBucketBuilder builder = Bucket.builder().withCustomTimePrecision(new Time(clock));
    for (Window window : windows) {
      builder.addLimit(
          Bandwidth.builder()
              .capacity(window.quota())
              .refillIntervallyAligned(
                  window.quota(), window.unit().getDuration(), next(window.unit()))
              .id(window.name())
              .build());
    }
    return builder.build();
  }

  /** What is left after one more request, and whether it may be made. */
  record Taken(boolean allowed, Duration retryAfter, List<Remaining> remaining) {}

  Taken take() {
    if (bucket == null) {
      return new Taken(true, Duration.ZERO, List.of());
    }
    var taken = bucket.asVerbose().tryConsumeAndReturnRemaining(1);
    long[] left = taken.getDiagnostics().getAvailableTokensPerEachBandwidth();
    List<Remaining> remaining = new ArrayList<>();
    for (int i = 0; i < windows.size(); i++) {
      Window window = windows.get(i);
      remaining.add(
          new Remaining(
              window.name(),
              window.quota(),
              window.unit().getDuration().toSeconds(),
              left[i],
              untilNext(window.unit()).toSeconds()));
    }
    Duration wait =
        windows.stream()
            .filter(window -> left[windows.indexOf(window)] == 0)
            .map(window -> untilNext(window.unit()))
            .max(Duration::compareTo)
            .orElse(Duration.ZERO);
    return new Taken(taken.getValue().isConsumed(), wait, remaining);
  }

  private Instant next(ChronoUnit unit) {
    return clock.instant().truncatedTo(unit).plus(1, unit);
  }

  /** Rounded up to a second, so that whoever waits that long is not too early. */
  private Duration untilNext(ChronoUnit unit) {
    return Duration.between(clock.instant(), next(unit))
        .plusMillis(999)
        .truncatedTo(ChronoUnit.SECONDS);
  }

  private record Time(Clock clock) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return clock.millis() * 1_000_000;
    }

    @Override
    public boolean isWallClockBased() {
      return true;
    }
  }
}
