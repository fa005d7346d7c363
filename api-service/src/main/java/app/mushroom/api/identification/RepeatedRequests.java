package app.mushroom.api.identification;

import app.mushroom.api.inference.BusyException;
import app.mushroom.vision.photo.PhotoRejectedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Knows a request that comes again because its answer was lost on the way, by its {@code
 * Idempotency-Key} (IETF draft-ietf-httpapi-idempotency-key-header): it gets the same answer, and
 * is neither looked at nor recorded twice. Only within this process and for a while; after that,
 * and with other photos under the same key, it is a new request.
 *
 * <p>Keeps answers and hashes, no photo.
 */
@Component
public class RepeatedRequests {
  static final Duration KEEP = Duration.ofMinutes(10);
  static final int MOST = 1000;

  /** Longer than an identification may take. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{16,64}");

  /** What it takes to answer for the first time. */
  @FunctionalInterface
  interface First {
    Identification identify(Query query) throws PhotoRejectedException, IOException;
  }

  private record Name(String caller, String key, String hash) {}

  private record Given(Identification identification, Instant at) {}

  /** Guarded by this. */
  private final Map<Name, Given> given = new LinkedHashMap<>();

  /** Guarded by this. */
  private final Map<Name, CompletableFuture<Identification>> underWay = new HashMap<>();

  private final Clock clock;

  RepeatedRequests(Clock clock) {
    this.clock = clock;
  }

  /**
   * @param key as the header has it; null, or not 16 to 64 letters, digits, {@code _} and {@code
   *     -}: the request stands for itself
   * @throws BusyException if the same request has been under way for too long
   */
  Identification answer(@Nullable String key, Query query, First first)
      throws PhotoRejectedException, IOException {
    if (key == null || !KEY.matcher(key).matches()) {
      return first.identify(query);
    }
    Name name = new Name(query.caller().name(), key, hash(query));
    CompletableFuture<Identification> mine = new CompletableFuture<>();
    CompletableFuture<Identification> other;
    synchronized (this) {
      forget();
      Given before = given.get(name);
      if (before != null) {
        return before.identification();
      }
      other = underWay.putIfAbsent(name, mine);
    }
    return other == null ? first(name, query, first, mine) : await(other, query, first);
  }

  private Identification first(
      Name name, Query query, First first, CompletableFuture<Identification> mine)
      throws PhotoRejectedException, IOException {
    Identification identification = null;
    try {
      identification = first.identify(query);
      return identification;
    } finally {
      finish(name, identification);
      if (identification == null) {
        mine.cancel(false);
      } else {
        mine.complete(identification);
      }
    }
  }

  private synchronized void finish(Name name, @Nullable Identification identification) {
    underWay.remove(name);
    if (identification != null) {
      given.put(name, new Given(identification, clock.instant()));
      forget();
    }
  }

  /** It came again before it was answered: the first may still be on its way to the network. */
  private static Identification await(
      CompletableFuture<Identification> other, Query query, First first)
      throws PhotoRejectedException, IOException {
    try {
      return other.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (CancellationException | ExecutionException e) {
      return first.identify(query); // the first failed, which need not happen again
    } catch (TimeoutException e) {
      throw new BusyException("The same request is being answered already.", Duration.ofSeconds(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BusyException("The service is stopping. Try again shortly.", Duration.ofSeconds(1));
    }
  }

  private void forget() {
    Instant oldest = clock.instant().minus(KEEP);
    Iterator<Given> eldest = given.values().iterator();
    while (eldest.hasNext()) {
      if (!eldest.next().at().isBefore(oldest) && given.size() <= MOST) {
        return;
      }
      eldest.remove();
    }
  }

  private static String hash(Query query) throws IOException {
    MessageDigest whole = sha256();
    for (PhotoSource photo : query.photos()) {
      whole.update(sha256().digest(photo.read()));
    }
    whole.update((query.limit() + " " + query.circumstances()).getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(whole.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
