package app.mushroom.api.shadow;

import app.mushroom.api.DaemonThreads;
import app.mushroom.api.classifier.Scores;
import app.mushroom.api.identification.IdentificationListener;
import app.mushroom.api.identification.KeptPhoto;
import app.mushroom.api.identification.Look;
import app.mushroom.api.model.LoadedModel;
import app.mushroom.api.model.ModelLease;
import app.mushroom.vision.decision.Assessment;
import app.mushroom.vision.photo.Photo;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a challenger look at a share of the photos after they were answered. It has one thread,
 * which begins only while an inference thread is free and nobody waits; what finds no such moment
 * within a fifth of a second is dropped and counted. Photos are kept no longer than that.
 */
final class Shadow implements IdentificationListener {
  private static final Logger log = LoggerFactory.getLogger(Shadow.class);
  private static final int MOST_WAITING = 2;
  private static final int MOMENTS = 40;
  private static final long MOMENT_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final Challenger challenger;
  private final Disagreements disagreements;
  private final BooleanSupplier spare;
  private final DoubleSupplier chance;
  private final double share;
  private final Counter dropped;
  private final Counter failed;
  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          30,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MOST_WAITING),
          DaemonThreads.named("shadow"));

  /**
   * @param spare whether there is time that no request needs
   * @param chance in [0, 1), anew each time
   * @param share of the identifications to look at, in [0, 1]
   */
  Shadow(
      Challenger challenger,
      Disagreements disagreements,
      BooleanSupplier spare,
      DoubleSupplier chance,
      MeterRegistry meters,
      double share) {
    this.challenger = challenger;
    this.disagreements = disagreements;
    this.spare = spare;
    this.chance = chance;
    this.share = share;
    this.dropped = meters.counter("mushroom.shadow.dropped");
    this.failed = meters.counter("mushroom.shadow.failed");
    thread.allowCoreThreadTimeOut(true);
  }

  @Override
  public void identified(Look look) {
    if (!challenger.shadows(look.model().version()) || chance.getAsDouble() >= share) {
      return;
    }
    try {
      thread.execute(() -> compare(look));
    } catch (RejectedExecutionException e) {
      dropped.increment();
    }
  }

  private void compare(Look look) {
    try {
      Optional<ModelLease> lease = challenger.lease();
      if (lease.isPresent()) {
        try (ModelLease open = lease.get()) {
          compare(look, open.model());
        }
      }
    } catch (RuntimeException | Error e) {
      // Nobody asked for this; it must not end the thread either.
      failed.increment();
      log.debug("A challenger failed on a photo.", e);
    }
  }

  private void compare(Look look, LoadedModel model) {
    List<Scores> scores = new ArrayList<>();
    for (KeptPhoto kept : look.photos()) {
      Optional<Photo> photo = awaitSpareTime() ? kept.pixels() : Optional.empty();
      if (photo.isEmpty()) {
        dropped.increment();
        return;
      }
      scores.add(model.classifier().classify(model.preprocessing().toTensor(photo.get())));
    }
    // Both from the photos alone: what else an answer took into account would blur the comparison.
    disagreements.count(assess(look.model(), look.scores()), assess(model, scores));
  }

  private static Assessment assess(LoadedModel model, List<Scores> scores) {
    return model
        .policy()
        .assess(
            scores.stream().map(Scores::logits).toList(),
            scores.stream().map(Scores::embedding).toList());
  }

  private boolean awaitSpareTime() {
    for (int i = 0; i < MOMENTS; i++) {
      if (spare.getAsBoolean()) {
        return true;
      }
      LockSupport.parkNanos(MOMENT_NANOS);
    }
    return false;
  }

  void close() {
    thread.shutdownNow();
    disagreements.report();
  }
}
