package app.mushroom.api.feedback;

import app.mushroom.api.DaemonThreads;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Deletes what is older than it may be: a few rows at a time, so that nobody else waits. Several
 * replicas may do so at once.
 */
@Component
class Retention {
  private static final Logger log = LoggerFactory.getLogger(Retention.class);
  private static final int MOST_AT_A_TIME = 500;

  private final Records records;
  private final Database database;
  private final RecordsProperties settings;
  private final Clock clock;
  private final Counter identifications;
  private final Counter feedback;
  private final ScheduledExecutorService timer = DaemonThreads.timer("retention");

  Retention(
      Records records,
      Database database,
      RecordsProperties settings,
      Clock clock,
      MeterRegistry meters) {
    this.records = records;
    this.database = database;
    this.settings = settings;
    this.clock = clock;
    this.identifications = meters.counter("mushroom.records.deleted", "what", "identification");
    this.feedback = meters.counter("mushroom.records.deleted", "what", "feedback");
  }

  @PostConstruct
  void start() {
    if (!settings.keep().isZero()) {
      schedule();
    }
  }

  /** Replicas that were started together soon do so at different times. */
  private void schedule() {
    double jitter = ThreadLocalRandom.current().nextDouble(0.5, 1.5);
    timer.schedule(
        () -> {
          try {
            deleteOld();
          } finally {
            schedule();
          }
        },
        Math.round(settings.cleanEvery().toMillis() * jitter),
        TimeUnit.MILLISECONDS);
  }

  /** Deletes all that is too old, or as much as the database lets it. */
  Records.Deleted deleteOld() {
    Instant oldest = clock.instant().minus(settings.keep());
    int gone = 0;
    int goneFeedback = 0;
    try {
      Records.Deleted some;
      do {
        some = database.use(() -> records.deleteBefore(oldest, MOST_AT_A_TIME));
        gone += some.identifications();
        goneFeedback += some.feedback();
        identifications.increment(some.identifications());
        feedback.increment(some.feedback());
      } while (some.identifications() == MOST_AT_A_TIME && !Thread.interrupted());
    } catch (RecordsUnavailableException e) {
      log.debug("What is too old stays until the database answers again.");
    } catch (RuntimeException e) {
      log.error("Deleting what is too old failed; it is tried again.", e);
    }
    if (gone > 0) {
      log.info(
          "Deleted {} identifications older than {} days, and {} pieces of feedback on them.",
          gone,
          fractional(settings.keep()),
          goneFeedback);
    }
    return new Records.Deleted(gone, goneFeedback);
  }

  private static String fractional(Duration keep) {
    return keep.toHours() % 24 == 0
        ? Long.toString(keep.toDays())
        : Double.toString(keep.toHours() / 24.0);
  }

  @PreDestroy
  void stop() {
    timer.shutdownNow();
  }
}
