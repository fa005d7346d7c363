package app.mushroom.api.model;

import app.mushroom.api.DaemonThreads;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads each model on a thread of its own, and waits for it so long and no longer: engines are
 * native code, which cannot be stopped and may never come back. What comes back too late is let go
 * without having served. A version that hangs is not tried a second time meanwhile, and when so
 * many hang as may, nothing is loaded any more: each keeps its thread and its memory.
 */
class LoadLimit {
  static final int MOST_HUNG = 4;

  private static final Logger log = LoggerFactory.getLogger(LoadLimit.class);
  private static final ThreadFactory THREADS = DaemonThreads.named("model-load");

  private final Duration limit;
  private final Counter hangs;

  /** Versions by what they would have become. Guarded by itself. */
  private final Map<CompletableFuture<LoadedModel>, String> hung = new IdentityHashMap<>();

  LoadLimit(Duration limit, MeterRegistry meters) {
    this.limit = limit;
    hangs =
        Counter.builder("mushroom.model.load.hangs")
            .description("Models that did not load within the limit")
            .register(meters);
    Gauge.builder("mushroom.model.load.hung", this, self -> self.hung().size())
        .description("Those of them that hang still")
        .register(meters);
  }

  /** Versions whose loading has not come back, in no order. */
  List<String> hung() {
    synchronized (hung) {
      return List.copyOf(hung.values());
    }
  }

  /**
   * @throws ModelRefusedException if the version hangs already, or as many others do as may
   */
  void requireNotHung(String version) {
    List<String> now = hung();
    if (now.contains(version)) {
      throw new ModelRefusedException(
          "Expected to load it, found that loading it from before still hangs. Publish another"
              + " version; a restart frees what it holds.");
    }
    if (now.size() >= MOST_HUNG) {
      throw new ModelRefusedException(
          "Expected at most "
              + (MOST_HUNG - 1)
              + " models whose loading hangs, found "
              + now.size()
              + ". Nothing is loaded any more: restart the service.");
    }
  }

  /**
   * @throws ModelRefusedException if it is not loaded in time, or may not be tried
   */
  LoadedModel load(String version, Supplier<LoadedModel> loading) {
    requireNotHung(version);
    CompletableFuture<LoadedModel> result = new CompletableFuture<>();
    THREADS.newThread(() -> run(version, loading, result)).start();
    return await(version, result);
  }

  private void run(
      String version, Supplier<LoadedModel> loading, CompletableFuture<LoadedModel> result) {
    try {
      LoadedModel model = loading.get();
      if (!result.complete(model)) {
        model.retire();
      }
    } catch (RuntimeException | Error e) {
      result.completeExceptionally(e); // to who waits, if anybody does
    } finally {
      if (forget(result)) {
        log.warn("Loading model {} came back at last; it is let go.", version);
      }
    }
  }

  private boolean forget(CompletableFuture<LoadedModel> result) {
    synchronized (hung) {
      return hung.remove(result) != null;
    }
  }

  /** Goes on waiting when it is interrupted: what loads would not notice. */
  private LoadedModel await(String version, CompletableFuture<LoadedModel> result) {
    long deadline = System.nanoTime() + limit.toNanos();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return result.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (TimeoutException e) {
          leave(version, result); // and see what came of it
        } catch (ExecutionException e) {
          throw rethrown(e);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void leave(String version, CompletableFuture<LoadedModel> result) {
    synchronized (hung) {
      ModelRefusedException late =
          new ModelRefusedException(
              "Expected it to load within "
                  + limit.toSeconds()
                  + " s, found that the engine had not come back. It is left alone, and keeps its"
                  + " thread and memory until a restart. Where the machine is just slow, give it"
                  + " more time with MUSHROOM_MODEL_LOAD_LIMIT.");
      if (result.completeExceptionally(late)) {
        hung.put(result, version);
        hangs.increment();
      }
    }
  }

  private static RuntimeException rethrown(ExecutionException e) {
    if (e.getCause() instanceof RuntimeException cause) {
      return cause;
    }
    if (e.getCause() instanceof Error cause) {
      throw cause;
    }
    return new IllegalStateException(e);
  }
}
