package app.mushroom.api.identification;

import app.mushroom.api.inference.InferencePool;
import app.mushroom.api.inference.Work;
import app.mushroom.vision.photo.PhotoRejectedException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.springframework.stereotype.Component;

/** Times each stage, those that fail included. */
@Component
class StageMeters {
  private static final Duration[] BUCKETS =
      LongStream.of(1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final Map<Stage, Timer> timers = new EnumMap<>(Stage.class);
  private final InferencePool pool;

  StageMeters(MeterRegistry meters, InferencePool pool) {
    this.pool = pool;
    for (Stage stage : Stage.values()) {
      timers.put(
          stage,
          Timer.builder("mushroom.stage")
              .description("Time of one stage, for one photo; postprocess: for one request")
              .tag("stage", stage.tag())
              .serviceLevelObjectives(BUCKETS)
              .register(meters));
    }
  }

  <T> T time(Stage stage, Work<T> work) throws PhotoRejectedException, IOException {
    long start = System.nanoTime();
    try {
      T result = work.run();
      if (stage == Stage.FORWARD) {
        pool.photoWasLookedAt();
      }
      return result;
    } finally {
      Objects.requireNonNull(timers.get(stage)).record(Duration.ofNanos(System.nanoTime() - start));
    }
  }
}
