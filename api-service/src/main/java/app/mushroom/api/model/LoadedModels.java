package app.mushroom.api.model;

import app.mushroom.api.ApiProperties;
import app.mushroom.api.DaemonThreads;
import app.mushroom.storage.Names;
import app.mushroom.storage.model.BundleRejectedException;
import app.mushroom.storage.model.ModelRegistry;
import app.mushroom.storage.model.VerifiedBundle;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Any published version, on demand, beside the serving one. Those used last stay in memory. One is
 * loaded at a time, on a thread of its own: who wants it waits for it, for so long, and nobody else
 * does. What cannot be loaded is remembered as such and never touches the serving model.
 */
@Component
public class LoadedModels {
  /** Requests that may wait for loads; each of them holds a thread that reads requests. */
  private static final int MOST_WAITING = 8;

  private static final int MOST_LOADS_WAITING = 4;
  private static final Duration LISTING_HOLDS = Duration.ofSeconds(5);

  /** A published version never gets better, but what hindered it here may pass: room, memory. */
  private static final Duration REFUSED = Duration.ofDays(1);

  /** What did not arrive as it was written is not asked for again at once. */
  private static final Duration DAMAGED = Duration.ofMinutes(1);

  private record Listing(Set<String> versions, Instant at) {}

  private final ModelRegistry registry;
  private final ModelLoader loader;
  private final BundleFolders folders;
  private final StarterBundle starter;
  private final ServingModel serving;
  private final Clock clock;
  private final ApiProperties.Model settings;
  private final Quarantine quarantine;
  private final Semaphore waiting = new Semaphore(MOST_WAITING);
  private final ThreadPoolExecutor thread;

  /** In the order of use, the latest last. Guarded by this, as are the next four. */
  private final Map<String, LoadedModel> loaded = new LinkedHashMap<>();

  private final Map<String, CompletableFuture<@Nullable Void>> loading = new HashMap<>();
  private Listing listing = new Listing(Set.of(), Instant.MIN);
  private boolean closed;
  private boolean letGo;

  LoadedModels(
      ModelRegistry registry,
      ModelLoader loader,
      BundleFolders folders,
      StarterBundle starter,
      ServingModel serving,
      Clock clock,
      ApiProperties properties) {
    this.registry = registry;
    this.loader = loader;
    this.folders = folders;
    this.starter = starter;
    this.serving = serving;
    this.clock = clock;
    this.settings = properties.model();
    this.quarantine = new Quarantine(clock);
    this.thread =
        new ThreadPoolExecutor(
            1,
            1,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_LOADS_WAITING),
            DaemonThreads.named("model-loader"));
    this.thread.allowCoreThreadTimeOut(true);
  }

  /**
   * Waits for a version that is not in memory yet, no longer than the settings allow.
   *
   * @throws app.mushroom.storage.InvalidNameException if no version can have that name
   * @throws ModelNotFoundException if there is none
   * @throws ModelRefusedException if the version did not pass its checks
   * @throws ModelLoadingException if it is not loaded in time; it may be a little later
   * @throws StoreUnavailableException when the store does not answer
   */
  public ModelLease lease(String version) {
    Names.require("model version", version);
    Optional<ModelLease> ready = ready(version);
    if (ready.isPresent()) {
      return ready.get();
    }
    if (!waiting.tryAcquire()) {
      throw new ModelLoadingException(
          "Too many requests wait for models to be loaded. Try again in a few seconds.");
    }
    try {
      return await(version);
    } finally {
      waiting.release();
    }
  }

  /** The version if it is in memory, to be used at once. */
  public Optional<ModelLease> ready(String version) {
    if (serving.version().equals(Optional.of(version))) {
      ModelLease lease = serving.lease();
      if (lease.model().version().equals(version)) {
        return Optional.of(lease);
      }
      lease.close();
    }
    return loaded(version);
  }

  private synchronized Optional<ModelLease> loaded(String version) {
    LoadedModel known = loaded.remove(version);
    if (known == null) {
      return Optional.empty();
    }
    loaded.put(version, known); // the latest now
    return known.lease();
  }

  private ModelLease await(String version) {
    long deadline = System.nanoTime() + settings.loadWait().toNanos();
    while (true) {
      try {
        load(version).get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        throw new ModelLoadingException(
            "Model " + version + " is still being loaded. Try again in a few seconds.");
      } catch (ExecutionException e) {
        throw e.getCause() instanceof RuntimeException cause
            ? cause
            : new IllegalStateException("Loading model " + version + " failed", e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ModelLoadingException("The service is stopping. Try again shortly.");
      }
      Optional<ModelLease> ready = ready(version);
      if (ready.isPresent()) {
        return ready.get();
      }
      // It was pushed out before it was used: once more, within the same time.
    }
  }

  /**
   * Begins to load a version, or joins a load under way. Does not wait.
   *
   * @return done when the version is in memory
   * @throws ModelRefusedException if it did not pass its checks lately
   * @throws ModelNotFoundException if there is none
   * @throws ModelLoadingException if too many others are being loaded
   */
  public synchronized CompletableFuture<@Nullable Void> load(String version) {
    Optional<ModelRefusedException> refusal = quarantine.find(version);
    if (refusal.isPresent()) {
      throw refusal.get();
    }
    CompletableFuture<@Nullable Void> running = loading.get(version);
    if (running != null) {
      return running;
    }
    boolean listed = listing.at().plus(LISTING_HOLDS).isAfter(clock.instant());
    if (listed && !listing.versions().contains(version) && !isStarter(version)) {
      throw new ModelNotFoundException(version);
    }
    CompletableFuture<@Nullable Void> load = new CompletableFuture<>();
    try {
      thread.execute(() -> run(version, load));
    } catch (RejectedExecutionException e) {
      throw new ModelLoadingException("Other models are being loaded. Try again in a few seconds.");
    }
    loading.put(version, load);
    return load;
  }

  private void run(String version, CompletableFuture<@Nullable Void> load) {
    try {
      LoadedModel model = load(version, folders.fresh(version));
      keep(version, model);
      end(version);
      load.complete(null);
    } catch (RuntimeException | Error e) {
      end(version);
      load.completeExceptionally(e); // to those who wait
    }
  }

  private synchronized void end(String version) {
    loading.remove(version);
  }

  private LoadedModel load(String version, Path folder) {
    boolean done = false;
    try {
      loader.requireNotHung(version);
      LoadedModel model =
          loader.load(fetch(version, folder), version, () -> folders.release(folder));
      done = true;
      return model;
    } catch (ModelRefusedException e) {
      quarantine.add(version, e, settings.refusedFor(), REFUSED);
      throw e;
    } catch (BundleRejectedException e) {
      ModelRefusedException refusal = new ModelRefusedException(String.valueOf(e.getMessage()), e);
      quarantine.add(version, refusal, DAMAGED, settings.refusedFor());
      throw refusal;
    } catch (IOException e) {
      throw new StoreUnavailableException(e);
    } finally {
      if (!done) {
        folders.delete(folder);
      }
    }
  }

  private VerifiedBundle fetch(String version, Path folder) throws IOException {
    if (isStarter(version)) {
      if (!starter.isPresent()) {
        throw new ModelNotFoundException(version);
      }
      return starter.copyTo(folder);
    }
    Set<String> versions = Set.copyOf(registry.versions(settings.name()));
    synchronized (this) {
      listing = new Listing(versions, clock.instant());
    }
    if (!versions.contains(version)) {
      throw new ModelNotFoundException(version);
    }
    return registry.fetch(settings.name(), version, folder);
  }

  private static boolean isStarter(String version) {
    return version.equals(StarterBundle.VERSION);
  }

  private synchronized void keep(String version, LoadedModel model) {
    if (closed || serving.version().equals(Optional.of(version))) {
      model.retire(); // it took over meanwhile, or nobody will ask any more
      return;
    }
    loaded.put(version, model);
    // The challenger has a place of its own.
    int most = settings.loaded() + (loaded.containsKey(settings.challenger()) ? 1 : 0);
    Iterator<Map.Entry<String, LoadedModel>> eldest = loaded.entrySet().iterator();
    while (loaded.size() > most) {
      Map.Entry<String, LoadedModel> each = eldest.next();
      if (!each.getKey().equals(settings.challenger())) {
        eldest.remove();
        each.getValue().retire();
        letGo = true;
      }
    }
  }

  /** Whether a model was let go since this was asked last. */
  synchronized boolean letGo() {
    boolean since = letGo;
    letGo = false;
    return since;
  }

  /** Hands a version over to a new owner, who serves it; empty if it is not in memory. */
  synchronized Optional<LoadedModel> claim(String version) {
    return Optional.ofNullable(loaded.remove(version));
  }

  /** Lets all of them go, for a clean stop. */
  @PreDestroy
  void close() {
    thread.shutdownNow();
    synchronized (this) {
      closed = true;
      loaded.values().forEach(LoadedModel::retire);
      loaded.clear();
    }
  }
}
