package app.mushroom.api.identification;

import app.mushroom.api.ApiProperties;
import app.mushroom.api.classifier.Scores;
import app.mushroom.api.inference.BusyException;
import app.mushroom.api.inference.Work;
import app.mushroom.vision.photo.PhotoRejectedException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What the network said of the latest photos, by model version and the SHA-256 of their bytes. The
 * same photo is looked at once, also when it comes twice at the same time. Answers are not kept:
 * each has its own id, time and circumstances.
 */
@Component
class SeenPhotos {
  /** How long one waits for another that looks at the same photo, which may be stuck in it. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** A photo and what the network said of it. */
  record Seen(KeptPhoto photo, Scores scores) {}

  private record Key(String model, String version, String sha256) {}

  private record Kept(Seen seen, Instant lastUsed) {}

  private final ApiProperties.Seen limits;
  private final Clock clock;
  private final Counter hits;
  private final Counter misses;
  private final Counter joined;

  /** The one used last is the last. Guarded by this. */
  private final Map<Key, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);

  /** Guarded by this. */
  private final Map<Key, CompletableFuture<Seen>> underWay = new HashMap<>();

  SeenPhotos(ApiProperties properties, Clock clock, MeterRegistry meters) {
    limits = properties.seen();
    this.clock = clock;
    hits = counter(meters, "hit");
    misses = counter(meters, "miss");
    joined = counter(meters, "joined");
    Gauge.builder("mushroom.photos.seen.entries", this, SeenPhotos::size)
        .description("Photos of which the network's word is kept")
        .register(meters);
  }

  private static Counter counter(MeterRegistry meters, String result) {
    return Counter.builder("mushroom.photos.seen")
        .description("Photos by whether they were seen before, or are being looked at already")
        .tag("result", result)
        .register(meters);
  }

  /**
   * @param model its name
   * @param look what to do with a photo that was not seen yet
   * @throws BusyException if another thread has been looking at the same photo for too long
   */
  Seen of(String model, String version, byte[] bytes, Work<Seen> look)
      throws PhotoRejectedException, IOException {
    if (limits.photos() == 0) {
      return look.run();
    }
    Key key = new Key(model, version, sha256(bytes));
    CompletableFuture<Seen> mine = new CompletableFuture<>();
    CompletableFuture<Seen> other;
    synchronized (this) {
      forgetOld();
      Kept known = kept.get(key);
      if (known != null && known.seen().photo().isThere()) {
        kept.put(key, new Kept(known.seen(), clock.instant()));
        hits.increment();
        return known.seen();
      }
      other = underWay.putIfAbsent(key, mine);
    }
    if (other == null) {
      misses.increment();
      return look(key, look, mine);
    }
    joined.increment();
    try {
      return other.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (CancellationException | ExecutionException e) {
      return look.run(); // the other failed, which says nothing of this one
    } catch (TimeoutException e) {
      throw new BusyException("The same photo is being looked at already.", PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BusyException("The service is stopping. Try again shortly.", PATIENCE);
    }
  }

  private Seen look(Key key, Work<Seen> look, CompletableFuture<Seen> mine)
      throws PhotoRejectedException, IOException {
    Seen result = null;
    try {
      result = look.run();
      return result;
    } finally {
      finish(key, result);
      if (result == null) {
        mine.cancel(false);
      } else {
        mine.complete(result);
      }
    }
  }

  private synchronized void finish(Key key, @Nullable Seen result) {
    underWay.remove(key);
    if (result == null) {
      return;
    }
    kept.put(key, new Kept(result, clock.instant()));
    Iterator<Kept> eldest = kept.values().iterator();
    while (kept.size() > limits.photos()) {
      eldest.next();
      eldest.remove();
    }
  }

  /** What nobody has sent again for some time. */
  synchronized void forgetOld() {
    Instant oldest = clock.instant().minus(limits.keep());
    Iterator<Kept> eldest = kept.values().iterator();
    while (eldest.hasNext()) {
      Kept next = eldest.next();
      if (next.lastUsed().isAfter(oldest)) {
        return;
      }
      eldest.remove();
    }
  }

  private synchronized int size() {
    return kept.size();
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java runtime has SHA-256", e);
    }
  }
}
