package app.mushroom.api.inference;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.IntSupplier;

/** What the pool tells the outside. */
final class PoolMeters {
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(2),
    Duration.ofSeconds(5)
  };

  private final MeterRegistry meters;
  private final Map<Refusal, Counter> refusals = new EnumMap<>(Refusal.class);
  private final Timer wait;
  private final Counter abandoned;
  private final Counter hangs;

  PoolMeters(MeterRegistry meters) {
    this.meters = meters;
    for (Refusal refusal : Refusal.values()) {
      refusals.put(
          refusal,
          Counter.builder("mushroom.inference.refused")
              .description("Requests that were not looked at")
              .tag("reason", refusal.tag())
              .register(meters));
    }
    wait =
        Timer.builder("mushroom.inference.wait")
            .description("From arrival in the queue to the first photo's turn")
            .serviceLevelObjectives(BUCKETS)
            .register(meters);
    abandoned =
        Counter.builder("mushroom.inference.abandoned")
            .description("Requests whose client left before their turn; they are not looked at")
            .register(meters);
    hangs =
        Counter.builder("mushroom.inference.hangs")
            .description("Times that a photo held a thread beyond the limit")
            .register(meters);
  }

  void gauge(String name, String description, IntSupplier value) {
    io.micrometer.core.instrument.Gauge.builder(
            "mushroom.inference." + name, value, IntSupplier::getAsInt)
        .description(description)
        .strongReference(true)
        .register(meters);
  }

  void refused(Refusal refusal) {
    Counter counter = refusals.get(refusal);
    if (counter != null) {
      counter.increment();
    }
  }

  void waited(long nanos) {
    wait.record(Duration.ofNanos(nanos));
  }

  void abandoned() {
    abandoned.increment();
  }

  void hung() {
    hangs.increment();
  }
}
