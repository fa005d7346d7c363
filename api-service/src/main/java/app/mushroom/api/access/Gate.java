package app.mushroom.api.access;

import app.mushroom.storage.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Lets requests in, or not. Counts are of this process: of three replicas each lets a caller do as
 * much as is allowed. Safe for use by several threads.
 */
@Component
@EnableConfigurationProperties(AccessProperties.class)
public class Gate {
  private static final float LOAD_FACTOR = 0.75f;

  private record Holder(byte[] sha256, Grant grant, Allowance allowance) {}

  private final AccessProperties.Anonymous anonymous;
  private final Clock clock;
  private final List<Holder> holders = new ArrayList<>();
  private final Map<String, Allowance> addresses;

  Gate(AccessProperties properties, Clock clock) {
    this.anonymous = properties.anonymous();
    this.clock = clock;
    properties
        .keys()
        .forEach(
            (name, key) ->
                holders.add(
                    new Holder(
                        ascii(key.hash()),
                        new Grant(
                            Caller.withKey(name), Optional.of(name), Set.copyOf(key.scopes())),
                        new Allowance(key.perMinute(), key.perDay(), clock))));
    this.addresses =
        new LinkedHashMap<>(16, LOAD_FACTOR, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Allowance> eldest) {
            return size() > anonymous.addresses();
          }
        };
  }

  /** Whether any keys are known; without them a header that looks like one means nothing. */
  public boolean hasKeys() {
    return !holders.isEmpty();
  }

  /**
   * @param key that the request came with
   * @param address that it came from
   * @param works whether it is one that makes work, which is what limits are about; needs the scope
   *     {@code identify}, or to be allowed without a key
   */
  public Decision admit(Optional<String> key, String address, boolean works) {
    if (key.isEmpty() || !hasKeys()) {
      return admitAnonymous(address, works);
    }
    Optional<Holder> holder = find(key.get());
    if (holder.isEmpty()) {
      return new Decision.UnknownKey();
    }
    Grant grant = holder.get().grant();
    if (!works) {
      return new Decision.Admitted(grant, List.of());
    }
    return grant.allows(Scope.IDENTIFY)
        ? count(grant, holder.get().allowance())
        : new Decision.ScopeMissing(Scope.IDENTIFY);
  }

  private Decision admitAnonymous(String address, boolean works) {
    Grant grant = Grant.anonymous(address);
    if (!works) {
      return new Decision.Admitted(grant, List.of());
    }
    if (!anonymous.allowed()) {
      return new Decision.KeyMissing();
    }
    if (anonymous.perMinute() == 0 && anonymous.perDay() == 0) {
      return new Decision.Admitted(grant, List.of());
    }
    return count(grant, allowance(grant.caller().name()));
  }

  private Allowance allowance(String address) {
    synchronized (addresses) {
      return addresses.computeIfAbsent(
          address, fresh -> new Allowance(anonymous.perMinute(), anonymous.perDay(), clock));
    }
  }

  private static Decision count(Grant grant, Allowance allowance) {
    Allowance.Taken taken = allowance.take();
    return taken.allowed()
        ? new Decision.Admitted(grant, taken.remaining())
        : new Decision.QuotaSpent(taken.retryAfter(), taken.remaining());
  }

  /** Looks at all of them whatever it finds, and at each for the same time. */
  private Optional<Holder> find(String key) {
    byte[] sha256 = ascii(Sha256.of(key.getBytes(StandardCharsets.UTF_8)));
    Optional<Holder> found = Optional.empty();
    for (Holder holder : holders) {
      if (MessageDigest.isEqual(sha256, holder.sha256())) {
        found = Optional.of(holder);
      }
    }
    return found;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
