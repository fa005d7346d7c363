package app.mushroom.api.shadow;

import app.mushroom.api.model.LoadedModels;
import app.mushroom.api.model.ModelLease;
import app.mushroom.api.model.ServingModel;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The version that shadows the serving one. Loaded when it is first needed; one thread asks. */
final class Challenger {
  private static final Logger log = LoggerFactory.getLogger(Challenger.class);
  private static final Duration BETWEEN_ATTEMPTS = Duration.ofMinutes(1);

  private final String version;
  private final LoadedModels models;
  private final ServingModel serving;
  private final MeterRegistry meters;
  private final Clock clock;
  private Instant nextAttempt = Instant.MIN;
  private volatile boolean saidWhy;

  Challenger(
      String version,
      LoadedModels models,
      ServingModel serving,
      MeterRegistry meters,
      Clock clock) {
    this.version = version;
    this.models = models;
    this.serving = serving;
    this.meters = meters;
    this.clock = clock;
  }

  /** Whether an answer of that version is one to compare with: the serving one's, not its own. */
  boolean shadows(String answered) {
    return !version.isEmpty()
        && !version.equals(answered)
        && serving.version().equals(Optional.of(answered));
  }

  /** The challenger, if it is in memory; has it loaded otherwise, and is never waited for. */
  Optional<ModelLease> lease() {
    Optional<ModelLease> ready = models.ready(version);
    if (ready.isEmpty() && !clock.instant().isBefore(nextAttempt)) {
      nextAttempt = clock.instant().plus(BETWEEN_ATTEMPTS);
      load();
    }
    return ready;
  }

  private void load() {
    try {
      models.load(version).whenComplete((done, failure) -> loaded(failure));
    } catch (RuntimeException e) {
      loaded(e);
    }
  }

  private void loaded(@org.jspecify.annotations.Nullable Throwable failure) {
    if (failure == null) {
      log.info("Model {} shadows the serving one.", version);
      return;
    }
    meters.counter("mushroom.shadow.unavailable").increment();
    if (!saidWhy) {
      saidWhy = true;
      Throwable why = failure instanceof CompletionException e ? e.getCause() : failure;
      log.warn(
          "The challenger, model {}, cannot be loaded and shadows nothing; answers are not"
              + " affected. Correct MUSHROOM_MODEL_CHALLENGER or publish it. The reason: {}",
          version,
          why == null ? "none given" : why.getMessage());
    }
  }
}
