package app.mushroom.api.feedback;

import app.mushroom.api.DaemonThreads;
import app.mushroom.api.identification.Identification;
import app.mushroom.api.identification.IdentificationRecords;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes identifications down while their answers wait, which takes a millisecond or two. What
 * takes too long is given up and rolled back, so that an answer never says the wrong thing; after a
 * few of these the database is taken for away, and nobody waits any more. A commit of which the
 * database did not say how it ended counts as none.
 */
@Component
class Recorder implements IdentificationRecords {
  private static final Logger log = LoggerFactory.getLogger(Recorder.class);
  private static final int WRITERS = 2;
  private static final int MOST_WAITING = 64;
  private static final int MOST_GIVEN_UP = 3;

  private final Records records;
  private final Database database;
  private final TransactionTemplate transaction;
  private final long waitMillis;
  private final Counter written;
  private final Counter lost;
  private final AtomicInteger givenUp = new AtomicInteger();
  private final ThreadPoolExecutor writers =
      new ThreadPoolExecutor(
          WRITERS,
          WRITERS,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MOST_WAITING),
          DaemonThreads.named("records"));

  Recorder(
      Records records,
      Database database,
      TransactionTemplate transaction,
      RecordsProperties properties,
      MeterRegistry meters) {
    this.records = records;
    this.database = database;
    this.transaction = transaction;
    this.waitMillis = properties.patience().toMillis();
    this.written = meters.counter("mushroom.records.written");
    this.lost = meters.counter("mushroom.records.lost");
  }

  @Override
  public boolean record(Identification identification, int photos) {
    boolean recorded = database.isUp() && write(identification, photos);
    (recorded ? written : lost).increment();
    return recorded;
  }

  private boolean write(Identification identification, int photos) {
    AtomicBoolean decided = new AtomicBoolean();
    try {
      CompletableFuture<Boolean> result =
          CompletableFuture.supplyAsync(() -> commit(identification, photos, decided), writers);
      boolean recorded = await(result, decided);
      givenUp.set(0);
      return recorded;
    } catch (RejectedExecutionException | TimeoutException e) {
      if (givenUp.incrementAndGet() >= MOST_GIVEN_UP) {
        database.away("it takes longer than " + waitMillis + " ms to write a line.");
      }
      return false;
    }
  }

  /** Whoever decides first has decided: the writer to commit, or the answer to go without. */
  private boolean commit(Identification identification, int photos, AtomicBoolean decided) {
    return !decided.get()
        && database.use(
            () ->
                Boolean.TRUE.equals(
                    transaction.execute(
                        status -> {
                          records.insert(identification, photos);
                          boolean mine = decided.compareAndSet(false, true);
                          if (!mine) {
                            status.setRollbackOnly();
                          }
                          return mine;
                        })));
  }

  private boolean await(CompletableFuture<Boolean> result, AtomicBoolean decided)
      throws TimeoutException {
    try {
      return get(result);
    } catch (TimeoutException e) {
      if (decided.compareAndSet(false, true)) {
        throw e;
      }
      return get(result); // the row is in and the commit on its way: worth the same wait once more
    }
  }

  private boolean get(CompletableFuture<Boolean> result) throws TimeoutException {
    try {
      return result.get(waitMillis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TimeoutException("The answer does not wait for its record any more.");
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof RecordsUnavailableException)) {
        log.error("An identification could not be written down.", e.getCause());
      }
      return false;
    }
  }

  @PreDestroy
  void close() {
    writers.shutdownNow();
  }
}
