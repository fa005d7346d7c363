package app.mushroom.api.feedback;

import app.mushroom.api.DaemonThreads;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Whether the database can be used. While it is away nobody waits for it: it is asked again in the
 * background, brought up to date once it answers, and used from then on. A database file on this
 * machine is opened at the start instead, since a person can put right what is wrong with it.
 */
@Component
class Database {
  private static final Logger log = LoggerFactory.getLogger(Database.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final int MOST_DOUBLINGS = 6;

  private final Flyway flyway;
  private final JdbcClient jdbc;
  private final boolean local;
  private final ScheduledExecutorService prober = DaemonThreads.timer("database");
  private final AtomicBoolean probing = new AtomicBoolean();
  private volatile boolean up;
  private volatile boolean migrated;

  Database(Flyway flyway, JdbcClient jdbc, DataSourceProperties source, MeterRegistry meters) {
    this.flyway = flyway;
    this.jdbc = jdbc;
    this.local = DatabaseConfiguration.isLocal(source.determineUrl());
    Gauge.builder("mushroom.records.up", this, database -> database.up ? 1 : 0)
        .description("Whether the database of identifications and feedback can be used")
        .register(meters);
  }

  @PostConstruct
  void open() {
    if (local) {
      migrate();
      up = true;
      return;
    }
    probing.set(true);
    prober.execute(() -> probe(0));
  }

  boolean isUp() {
    return up;
  }

  /**
   * Does something with the database.
   *
   * @throws RecordsUnavailableException if it cannot be used; nobody asks it again for a while then
   */
  <T> T use(Supplier<T> work) {
    if (!up) {
      throw new RecordsUnavailableException(null);
    }
    try {
      return once(work);
    } catch (ConcurrencyFailureException e) {
      throw new RecordsUnavailableException(e); // somebody else was faster twice; it is well
    } catch (DataIntegrityViolationException | BadSqlGrammarException e) {
      throw e; // ours to mend; the database is well
    } catch (DataAccessException | TransactionException e) {
      away(reason(e));
      throw new RecordsUnavailableException(e);
    }
  }

  /** Or once more, if another transaction came between. */
  private static <T> T once(Supplier<T> work) {
    try {
      return work.get();
    } catch (ConcurrencyFailureException e) {
      return work.get();
    }
  }

  /** Takes it for away until it has answered again. */
  void away(String reason) {
    up = false;
    if (probing.compareAndSet(false, true)) {
      log.warn(
          "The database of identifications and feedback cannot be used: {} Answers go on and are"
              + " not recorded; it is asked again in the background.",
          reason);
      schedule(0);
    }
  }

  private void schedule(int attempts) {
    double millis = FIRST_PAUSE.toMillis() << Math.min(attempts, MOST_DOUBLINGS);
    double jitter = ThreadLocalRandom.current().nextDouble(0.75, 1.25);
    try {
      prober.schedule(
          () -> probe(attempts + 1), Math.round(millis * jitter), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      log.debug("The database is not asked again: the service stops.");
    }
  }

  private void probe(int attempts) {
    try {
      migrate();
      jdbc.sql("SELECT COUNT(*) FROM feedback WHERE 1 = 0").query(Long.class).single();
      probing.set(false);
      up = true;
      if (attempts > 0) {
        log.info("The database of identifications and feedback answers again.");
      }
    } catch (RuntimeException e) { // whatever it is, it must not end the asking
      if (attempts == 0) {
        log.warn(
            "The database of identifications and feedback does not answer: {} The API works without"
                + " it and records nothing; it is asked again in the background.",
            reason(e));
      }
      schedule(attempts);
    }
  }

  private synchronized void migrate() {
    if (!migrated) {
      flyway.migrate();
      migrated = true;
    }
  }

  /** The innermost message, on one line. */
  private static String reason(Throwable e) {
    String reason = "";
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException || reason.isEmpty()) {
        reason = String.valueOf(cause.getMessage());
      }
    }
    return reason.lines().findFirst().orElse("").strip();
  }

  @PreDestroy
  void close() {
    prober.shutdownNow();
  }
}
