package app.mushroom.api.model;

import app.mushroom.api.ApiProperties;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Runs the watcher: at the start, then every so often, less often while the store is away. */
@Component
class ModelPoller implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(ModelPoller.class);
  private static final double JITTER = 0.1;

  private final ChampionWatcher watcher;
  private final ServingModel serving;
  private final BundleFolders folders;
  private final ModelEvents events;
  private final ApiProperties.Model settings;
  private final ScheduledExecutorService threads =
      Executors.newScheduledThreadPool(
          2,
          task -> {
            Thread thread = new Thread(task, "model-poller");
            thread.setDaemon(true);
            return thread;
          });
  private volatile boolean running;
  private final AtomicInteger failures = new AtomicInteger();

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
    this.settings = properties.model();
  }

  @Override
  public void start() {
    running = true;
    threads.execute(this::pollAndReschedule);
    threads.schedule(
        guarded(watcher::serveWithoutStore),
        settings.starterAfter().toMillis(),
        TimeUnit.MILLISECONDS);
  }

  private void pollAndReschedule() {
    try {
      guarded(this::poll).run();
    } finally {
      if (running) {
        threads.schedule(this::pollAndReschedule, pause().toMillis(), TimeUnit.MILLISECONDS);
      }
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

  /** A fault in one poll must not end all polling. */
  private Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
        events.pollFailed();
        if (failures.incrementAndGet() == 1) {
          log.error("Looking for a new model failed; further attempts follow.", e);
        }
      }
    };
  }

  private Duration pause() {
    long base = settings.pollEvery().toMillis();
    long longest = Math.max(base, settings.retryAtMost().toMillis());
    long millis = Math.min(base << Math.min(failures.get(), 10), longest);
    double jitter = 1 + JITTER * (2 * ThreadLocalRandom.current().nextDouble() - 1);
    return Duration.ofMillis(Math.round(millis * jitter));
  }

  @Override
  public void stop() {
    running = false;
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
