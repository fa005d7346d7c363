package app.mushroom.api.inference;

import app.mushroom.api.ApiProperties;
import app.mushroom.api.DaemonThreads;
import app.mushroom.api.access.Caller;
import app.mushroom.api.inference.Crew.Worker;
import app.mushroom.vision.photo.PhotoRejectedException;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The threads that decode photos and run the network, one a core, and a short line before them.
 * Callers take turns, a photo a turn. What cannot be answered in time is refused on arrival, and
 * what nobody waits for any more is not looked at.
 */
@Component
public class InferencePool {
  private static final Logger log = LoggerFactory.getLogger(InferencePool.class);

  /** How often one that waits looks whether its client is still there. */
  private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final ApiProperties.Inference settings;
  private final PoolMeters meters;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final WaitingLine<Job<?>> line = new WaitingLine<>();
  private final ServiceTime photoTime = new ServiceTime();
  private final Crew crew;
  private final ThreadLocal<@Nullable Worker> ofThisThread = new ThreadLocal<>();
  private final ScheduledExecutorService watch = DaemonThreads.timer("inference-watch");

  private int idle;
  private boolean closed;

  InferencePool(ApiProperties properties, MeterRegistry registry) {
    settings = properties.inference();
    meters = new PoolMeters(registry);
    crew = new Crew(settings, meters, this::work);
    meters.gauge("queue", "Requests that wait", locked(line::size));
    meters.gauge("active", "Photos that are being looked at", locked(crew::active));
    meters.gauge("threads", "Threads that are not stuck", locked(crew::live));
    meters.gauge("photo.millis", "That a photo takes, by the latest", locked(this::photoMillis));
    meters.gauge("hung", "Threads that a photo holds beyond the limit", locked(crew::hung));
    lock.lock();
    try {
      crew.start();
    } finally {
      lock.unlock();
    }
    long period = Math.max(1, settings.stalledAfter().toMillis() / 4);
    var unused = watch.scheduleAtFixedRate(this::watch, period, period, TimeUnit.MILLISECONDS);
  }

  /** As the longer form, for one piece of work and nothing afterwards. */
  public <R> R run(Caller caller, Work<R> work) throws PhotoRejectedException, IOException {
    return run(caller, List.of(work), () -> {}).get(0);
  }

  /**
   * Does the work of one request, one piece after the other, and waits for it.
   *
   * @param works one a photo
   * @param afterwards called once, when nothing of it runs or ever will: earlier than this method
   *     returns, or later if a piece hangs
   * @return what came of them, in their order
   * @throws BusyException if it cannot be done in time, or took too long
   * @throws ClientGoneException if the client left before its turn
   */
  public <R> List<R> run(Caller caller, List<Work<R>> works, Runnable afterwards)
      throws PhotoRejectedException, IOException {
    Job<R> job = new Job<>(caller, works, afterwards, System.nanoTime());
    Refusal refusal = submit(job);
    if (refusal != null) {
      afterwards.run();
      throw busy(refusal);
    }
    return await(job);
  }

  /**
   * Whether one more photo could be looked at in time; to be asked before an upload is read.
   *
   * @param onTheirWay photos that are being sent just now
   * @throws BusyException if not
   */
  public void requireRoom(Caller caller, int onTheirWay) {
    lock.lock();
    Refusal refusal;
    try {
      refusal = refusal(caller, 1, onTheirWay);
      if (refusal == Refusal.QUEUE_FULL && line.latestOfGreediest(caller).isPresent()) {
        refusal = null;
      }
    } finally {
      lock.unlock();
    }
    if (refusal != null) {
      throw busy(refusal);
    }
  }

  /**
   * Told by whoever has shown a photo to the network, on the thread that has it. Only such turns
   * say how long the next photo will take: one that was seen before, or cannot be read, is done in
   * no time, and many of those would let more wait than can be answered.
   */
  public void photoWasLookedAt() {
    Worker worker = ofThisThread.get();
    if (worker != null) {
      worker.lookedAt();
    }
  }

  private int photoMillis() {
    return (int) TimeUnit.NANOSECONDS.toMillis((long) photoTime.nanos());
  }

  /** Whether a thread has nothing to do and nobody waits: time for work that nobody waits for. */
  public boolean hasSpareThread() {
    lock.lock();
    try {
      return line.size() == 0 && crew.active() < settings.threads();
    } finally {
      lock.unlock();
    }
  }

  /** Whether every thread, spares included, is stuck beyond the limit. */
  boolean isHung() {
    lock.lock();
    try {
      return crew.allHung();
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Refusal submit(Job<?> job) {
    Optional<Job<?>> pushedOut = Optional.empty();
    lock.lock();
    try {
      Refusal refusal = refusal(job.caller(), job.photosLeft(), 0);
      if (refusal == Refusal.QUEUE_FULL) {
        pushedOut = line.latestOfGreediest(job.caller()).filter(line::remove);
        refusal = pushedOut.isPresent() ? null : refusal;
      }
      if (refusal != null) {
        return refusal;
      }
      line.add(job);
      arrived.signal();
    } finally {
      lock.unlock();
    }
    pushedOut.ifPresent(other -> other.end(busy(Refusal.PUSHED_OUT)));
    return null;
  }

  private @Nullable Refusal refusal(Caller caller, int photos, int onTheirWay) {
    if (closed) {
      return Refusal.STOPPING;
    }
    if (crew.allHung()) {
      return Refusal.HUNG;
    }
    if (idle > line.size() + onTheirWay) {
      return null;
    }
    int most = settings.queue();
    if (line.sizeOf(caller) >= Math.max(1, Math.ceil(most * settings.callerShare()))) {
      return Refusal.CALLER_SHARE;
    }
    double before = line.photosAhead(caller, photos) + crew.photosUnderWay() + onTheirWay;
    double nanos = (before / Math.max(1, crew.live()) + photos) * photoTime.nanos();
    if (nanos > settings.startWithin().toNanos()) {
      return Refusal.TOO_LATE;
    }
    int waiting = line.size() + crew.comingBack() + onTheirWay;
    return waiting >= most + idle ? Refusal.QUEUE_FULL : null;
  }

  BusyException busy(Refusal refusal) {
    meters.refused(refusal);
    lock.lock();
    try {
      double photos = line.photos() + crew.photosUnderWay();
      double nanos = photos / Math.max(1, crew.live()) * photoTime.nanos();
      Duration backlog =
          crew.allHung() ? settings.limit().multipliedBy(3) : Duration.ofNanos((long) nanos);
      return new BusyException(refusal.sentence(), backlog);
    } finally {
      lock.unlock();
    }
  }

  private <R> List<R> await(Job<R> job) throws PhotoRejectedException, IOException {
    try {
      while (true) {
        long waited = System.nanoTime() - job.arrivedNanos();
        if (waited >= settings.limit().toNanos()) {
          giveUp(job);
          throw busy(Refusal.LIMIT);
        }
        if (waited >= settings.startWithin().toNanos() && giveUpUnbegun(job)) {
          throw busy(Refusal.NOT_BEGUN);
        }
        try {
          return job.await(Math.min(LOOK_EVERY_NANOS, settings.limit().toNanos() - waited));
        } catch (TimeoutException e) {
          if (job.isClientGone()) {
            if (giveUpUnbegun(job)) {
              meters.abandoned();
            } else {
              giveUp(job);
            }
            throw new ClientGoneException();
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      giveUp(job);
      throw busy(Refusal.STOPPING);
    }
  }

  /**
   * @return whether it had not had a turn, and now never will
   */
  private boolean giveUpUnbegun(Job<?> job) {
    lock.lock();
    try {
      if (job.hasBegun() || !line.remove(job)) {
        return false;
      }
    } finally {
      lock.unlock();
    }
    job.drop();
    return true;
  }

  /** A thread that has it drops it after this turn. */
  private void giveUp(Job<?> job) {
    lock.lock();
    try {
      job.leave();
      if (!line.remove(job)) {
        return;
      }
    } finally {
      lock.unlock();
    }
    job.drop();
  }

  /** What each thread does. */
  private void work(Worker worker) {
    ofThisThread.set(worker);
    for (Job<?> job = take(worker); job != null; job = take(worker)) {
      if (isAbandoned(job)) {
        meters.abandoned();
        job.end(new ClientGoneException());
        ended(worker, job, false);
      } else {
        ended(worker, job, job.step());
      }
    }
  }

  /** Under the lock: once a request was given up, its connection may be that of another. */
  private boolean isAbandoned(Job<?> job) {
    lock.lock();
    try {
      return job.isUntouched() && !job.isLeft() && job.isClientGone();
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Job<?> take(Worker worker) {
    lock.lock();
    try {
      while (true) {
        if (closed || crew.dismiss(worker)) {
          return null;
        }
        Optional<Job<?>> next = line.next();
        if (next.isPresent()) {
          Job<?> job = next.get();
          long now = System.nanoTime();
          if (!job.hasBegun()) {
            meters.waited(now - job.arrivedNanos());
          }
          job.begin();
          crew.begin(worker, job, now);
          return job;
        }
        idle++;
        try {
          arrived.awaitUninterruptibly();
        } finally {
          idle--;
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void ended(Worker worker, Job<?> job, boolean more) {
    boolean left;
    boolean stopped;
    lock.lock();
    try {
      long nanos = crew.end(worker, System.nanoTime());
      if (worker.hasLookedAt()) {
        // One that was stuck says nothing of the next.
        photoTime.add(Math.min(nanos, settings.stalledAfter().toNanos()));
      }
      left = more && job.isLeft();
      stopped = more && !left && closed;
      if (more && !left && !stopped) {
        line.addAgain(job);
        arrived.signal();
      }
    } finally {
      lock.unlock();
    }
    if (left) {
      job.drop();
    } else if (stopped) {
      job.end(busy(Refusal.STOPPING));
    }
  }

  private void watch() {
    lock.lock();
    try {
      crew.watch(System.nanoTime());
    } catch (RuntimeException | Error e) { // else nobody would ever look again
      log.error("Threads that are stuck could not be looked for this time", e);
    } finally {
      lock.unlock();
    }
  }

  private IntSupplier locked(IntSupplier value) {
    return () -> {
      lock.lock();
      try {
        return value.getAsInt();
      } finally {
        lock.unlock();
      }
    };
  }

  @PreDestroy
  void close() {
    watch.shutdownNow();
    lock.lock();
    try {
      closed = true;
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
    for (Optional<Job<?>> left = next(); left.isPresent(); left = next()) {
      left.get().end(busy(Refusal.STOPPING));
    }
  }

  private Optional<Job<?>> next() {
    lock.lock();
    try {
      return line.next();
    } finally {
      lock.unlock();
    }
  }
}
