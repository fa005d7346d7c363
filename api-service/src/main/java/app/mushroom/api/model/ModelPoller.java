package app.mushroom.api.model;

import app.mushroom.api.ApiProperties;
import app.mushroom.api.DaemonThreads;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Runs the watcher: at the start, then every so often, sooner when somebody says that there is
 * news, less often while the store is away.
 */
@Component
class ModelPoller implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(ModelPoller.class);

  /** However much news there is, the store is not asked more often. */
  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);

  private final ChampionWatcher watcher;
  private final ServingModel serving;
  private final BundleFolders folders;
  private final ModelEvents events;
  private final Duration starterAfter;
  private final Backoff backoff;
  private final ScheduledExecutorService threads =
      Executors.newScheduledThreadPool(2, DaemonThreads.named("model-poller"));
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Semaphore news = new Semaphore(0);
  private final AtomicInteger failures = new AtomicInteger();
  private volatile boolean running;

  ModelPoller(
      ChampionWatcher watcher,
      ServingModel serving,
      BundleFolders folders,
      ModelEvents events,
      ApiProperties properties) {
    this.watcher = watcher;
    this.serving = serving;
    this.folders = folders;
    this.events = events;
    this.starterAfter = properties.model().starterAfter();
    this.backoff = new Backoff(properties.model().pollEvery(), properties.model().retryAtMost());
  }

  @Override
  public void start() {
    running = true;
    threads.execute(this::pollUntilStopped);
    threads.schedule(
        guarded(watcher::serveWithoutStore), starterAfter.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** There may be a new champion: looks at once, or within a second of the last look. */
  void lookSoon() {
    news.release();
  }

  private void pollUntilStopped() {
    Runnable poll = guarded(this::poll);
    try {
      while (running) {
        news.drainPermits(); // this look takes them all in
        poll.run();
        pause();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // it is the end
    }
  }

  private void pause() throws InterruptedException {
    Duration pause = backoff.after(failures.get(), ThreadLocalRandom.current().nextDouble());
    boolean storeIsAway = failures.get() > 0;
    Duration quiet = storeIsAway || pause.compareTo(SHORTEST_PAUSE) < 0 ? pause : SHORTEST_PAUSE;
    boolean stopping = stopped.await(quiet.toMillis(), TimeUnit.MILLISECONDS);
    if (!stopping) {
      boolean early = news.tryAcquire(pause.minus(quiet).toMillis(), TimeUnit.MILLISECONDS);
      log.debug("Looking for a new model{}.", early ? ", as there is news" : "");
    }
  }

  private void poll() {
    try {
      watcher.poll();
      if (failures.getAndSet(0) > 0) {
        log.info("The store of models answers again.");
      }
    } catch (IOException e) {
      events.pollFailed();
      if (failures.incrementAndGet() == 1) {
        log.warn(
            "The store of models does not answer: {} What is loaded goes on serving.",
            e.getMessage());
        watcher.serveWithoutStore();
      }
    }
  }

  /** A fault in one poll, of whatever kind, must not end all polling. */
  private Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException | Error e) {
        events.pollFailed();
        if (failures.incrementAndGet() == 1) {
          log.error("Looking for a new model failed; further attempts follow.", e);
        }
      }
    };
  }

  @Override
  public void stop() {
    running = false;
    stopped.countDown();
    threads.shutdownNow();
    serving.close();
    folders.close();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Starts before the web server takes requests, stops after the last one is answered. */
  @Override
  public int getPhase() {
    return 0;
  }
}
