package app.mushroom.api.feedback;

import app.mushroom.api.identification.Identification;
import app.mushroom.api.identification.IdentificationListener;
import app.mushroom.api.identification.Look;
import app.mushroom.api.identification.NotAvailableException;
import app.mushroom.api.identification.RecentIdentifications;
import app.mushroom.api.identification.TimeOrderedIds;
import app.mushroom.api.model.StoreUnavailableException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Service;

/**
 * Writes identifications and feedback down. Identifications are written behind the answer by one
 * thread: a slow or absent database costs records, never answers.
 */
@Service
class FeedbackDesk implements IdentificationListener {
  private static final Logger log = LoggerFactory.getLogger(FeedbackDesk.class);
  private static final int LONGEST_BACKLOG = 1000;
  private static final int MOST_PER_IDENTIFICATION = 5;

  private final Records records;
  private final RecentIdentifications recent;
  private final ReviewPhotos reviewPhotos;
  private final TimeOrderedIds ids;
  private final Counter lost;
  private final ThreadPoolExecutor writer =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(LONGEST_BACKLOG),
          task -> {
            Thread thread = new Thread(task, "records");
            thread.setDaemon(true);
            return thread;
          });

  FeedbackDesk(
      Records records,
      RecentIdentifications recent,
      ReviewPhotos reviewPhotos,
      TimeOrderedIds ids,
      MeterRegistry meters) {
    this.records = records;
    this.recent = recent;
    this.reviewPhotos = reviewPhotos;
    this.ids = ids;
    this.lost = meters.counter("mushroom.records.lost");
  }

  @Override
  public void identified(Look look) {
    Identification identification = look.identification();
    int photos = look.photos().size(); // the photos themselves are not held until it is written
    try {
      writer.execute(() -> write(identification, photos));
    } catch (RejectedExecutionException e) {
      lost.increment();
    }
  }

  private void write(Identification identification, int photos) {
    try {
      records.insert(identification, photos);
    } catch (DataAccessException e) {
      lost.increment();
      log.warn("An identification could not be written to the database.");
    }
  }

  /**
   * @throws NotAvailableException if there is no such identification
   * @throws FeedbackClosedException if enough feedback was given on it
   */
  FeedbackReceipt accept(UUID identification, Feedback feedback) {
    awaitBacklog();
    if (!records.isKnown(identification)) {
      throw new NotAvailableException(
          "Expected the id of an identification that this service made, found an unknown one.");
    }
    if (records.feedbackCount(identification) >= MOST_PER_IDENTIFICATION) {
      throw new FeedbackClosedException();
    }
    UUID id = ids.next();
    int photosKept = 0;
    if (feedback.hasConsent()) {
      photosKept = recent.find(identification).map(kept -> keep(id, kept, feedback)).orElse(0);
    }
    records.insert(id, identification, feedback, photosKept);
    return new FeedbackReceipt(id, identification, photosKept);
  }

  private int keep(UUID id, RecentIdentifications.Recent kept, Feedback feedback) {
    try {
      return reviewPhotos.keep(id, kept, feedback);
    } catch (IOException e) {
      throw new StoreUnavailableException(e);
    }
  }

  /** Feedback can come in before the record it belongs to is written. */
  private void awaitBacklog() {
    try {
      CompletableFuture.runAsync(() -> {}, writer).orTimeout(2, TimeUnit.SECONDS).join();
    } catch (RejectedExecutionException | java.util.concurrent.CompletionException e) {
      log.warn("The database is behind; feedback is checked without waiting for it.");
    }
  }

  @PreDestroy
  void close() throws InterruptedException {
    writer.shutdown();
    if (!writer.awaitTermination(5, TimeUnit.SECONDS)) {
      log.warn("{} identifications were not written before the stop.", writer.getQueue().size());
    }
  }
}
