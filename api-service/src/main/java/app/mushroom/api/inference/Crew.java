package app.mushroom.api.inference;

import app.mushroom.api.ApiProperties;
import app.mushroom.api.DaemonThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads. One that is stuck in a photo is made up for by a spare, so that the others who wait
 * do not notice; when it comes back there is one too many, and one goes. Guarded by the pool's
 * lock.
 */
final class Crew {
  private static final Logger log = LoggerFactory.getLogger(Crew.class);

  /** One of them. */
  static final class Worker {
    private @Nullable Job<?> job;
    private long sinceNanos;
    private boolean stalled;
    private boolean hung;
    private boolean lookedAt;

    /** Called by its own thread: the photo that it has was shown to the network. */
    void lookedAt() {
      lookedAt = true;
    }

    /** Called by its own thread, once a turn. */
    boolean hasLookedAt() {
      boolean so = lookedAt;
      lookedAt = false;
      return so;
    }
  }

  private final ApiProperties.Inference settings;
  private final PoolMeters meters;
  private final Consumer<Worker> loop;
  private final List<Worker> workers = new ArrayList<>();

  /**
   * @param loop what a thread does until it is one too many
   */
  Crew(ApiProperties.Inference settings, PoolMeters meters, Consumer<Worker> loop) {
    this.settings = settings;
    this.meters = meters;
    this.loop = loop;
  }

  void start() {
    for (int i = 0; i < settings.threads(); i++) {
      add();
    }
  }

  private void add() {
    Worker worker = new Worker();
    Thread thread = DaemonThreads.named("inference").newThread(() -> loop.accept(worker));
    thread.start(); // it finds the pool locked until it is among the others
    workers.add(worker);
  }

  /** Lets one go if there are more than are needed. */
  boolean dismiss(Worker worker) {
    return live() > settings.threads() && workers.remove(worker);
  }

  void begin(Worker worker, Job<?> job, long now) {
    worker.job = job;
    worker.sinceNanos = now;
  }

  /**
   * @return how long it had the job, in nanoseconds
   */
  long end(Worker worker, long now) {
    long nanos = now - worker.sinceNanos;
    if (worker.hung) {
      log.warn(
          "An inference thread is back after {} s with one photo.",
          java.time.Duration.ofNanos(nanos).toSeconds());
    }
    worker.job = null;
    worker.stalled = false;
    worker.hung = false;
    return nanos;
  }

  /** Looks who is stuck, and calls a spare for each while there are any. */
  void watch(long now) {
    for (Worker worker : List.copyOf(workers)) {
      long nanos = worker.job == null ? 0 : now - worker.sinceNanos;
      if (!worker.stalled && nanos > settings.stalledAfter().toNanos()) {
        worker.stalled = true;
        if (workers.size() < settings.threads() + settings.spares()) {
          add();
        }
      }
      if (!worker.hung && nanos > settings.limit().toNanos()) {
        worker.hung = true;
        meters.hung();
        log.warn(
            "A photo has held an inference thread for more than {} s. Threads: {}, of them hung: {},"
                + " spares left: {}. If this stays, restart the service and report the model"
                + " version.",
            settings.limit().toSeconds(),
            workers.size(),
            hung(),
            settings.threads() + settings.spares() - workers.size());
      }
    }
  }

  /** Threads that are not stuck. */
  int live() {
    return (int) workers.stream().filter(worker -> !worker.stalled).count();
  }

  int hung() {
    return (int) workers.stream().filter(worker -> worker.hung).count();
  }

  /** Nobody is left to look at anything. */
  boolean allHung() {
    return !workers.isEmpty() && workers.stream().allMatch(worker -> worker.hung);
  }

  int active() {
    return (int) workers.stream().filter(worker -> worker.job != null).count();
  }

  /** Requests that will be back in the line after this turn. */
  int comingBack() {
    return (int)
        workers.stream()
            .map(worker -> worker.job)
            .filter(job -> job != null && job.photosLeft() > 1)
            .count();
  }

  /** Photos that are being looked at by threads that are not stuck, or come after those. */
  double photosUnderWay() {
    return workers.stream()
        .filter(worker -> !worker.stalled)
        .map(worker -> worker.job)
        .mapToDouble(job -> job == null ? 0 : job.photosLeft() - 0.5)
        .sum();
  }
}
