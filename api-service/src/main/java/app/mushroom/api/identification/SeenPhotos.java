package app.mushroom.api.identification;

import app.mushroom.api.ApiProperties;
import app.mushroom.api.classifier.Scores;
import app.mushroom.api.inference.BusyException;
import app.mushroom.api.inference.Work;
import app.mushroom.api.model.LoadedModel;
import app.mushroom.vision.photo.Photo;
import app.mushroom.vision.photo.PhotoRejectedException;
import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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

  /**
   * A photo and what the network said of it.
   *
   * @param photo the same object that is kept for heatmaps and feedback
   */
  record Seen(Photo photo, Scores scores) {
    private long bytes() {
      return photo.rgb().length
          + (long) Float.BYTES * (scores.logits().length + scores.embedding().length);
    }
  }

  private record Key(String model, String version, String sha256) {}

  private final AsyncCache<Key, Seen> seen;
  private final boolean keeps;
  private final Counter hits;
  private final Counter misses;
  private final Counter joined;

  SeenPhotos(ApiProperties properties, MeterRegistry meters) {
    ApiProperties.Seen limits = properties.seen();
    keeps = limits.photos() > 0 && limits.bytes().toBytes() > 0;
    long share = limits.bytes().toBytes() / Math.max(1, limits.photos());
    seen =
        Caffeine.newBuilder()
            .executor(Runnable::run)
            .maximumWeight(limits.bytes().toBytes())
            // No entry weighs less than its share, so that the number of entries is bounded too.
            .weigher((Key key, Seen value) -> (int) Math.max(share, value.bytes()))
            .buildAsync();
    hits = counter(meters, "hit");
    misses = counter(meters, "miss");
    joined = counter(meters, "joined");
    Gauge.builder("mushroom.photos.seen.entries", seen, cache -> cache.asMap().size())
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
   * @param look what to do with a photo that was not seen yet
   * @throws BusyException if another thread has been looking at the same photo for too long
   */
  Seen of(LoadedModel model, byte[] bytes, Work<Seen> look)
      throws PhotoRejectedException, IOException {
    if (!keeps) {
      return look.run();
    }
    Key key = new Key(model.name(), model.version(), sha256(bytes));
    CompletableFuture<Seen> mine = new CompletableFuture<>();
    CompletableFuture<Seen> other = seen.asMap().putIfAbsent(key, mine);
    if (other == null) {
      misses.increment();
      return look(look, mine);
    }
    (other.isDone() ? hits : joined).increment();
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

  private static Seen look(Work<Seen> look, CompletableFuture<Seen> mine)
      throws PhotoRejectedException, IOException {
    try {
      Seen result = look.run();
      mine.complete(result);
      return result;
    } finally {
      mine.cancel(false); // changes nothing where it is complete, else the entry goes
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java runtime has SHA-256", e);
    }
  }
}
