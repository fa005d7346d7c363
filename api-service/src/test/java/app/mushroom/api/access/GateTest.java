package app.mushroom.api.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mushroom.storage.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GateTest {
  private static final String KEY = "mushroom_of-alice";
  private static final Optional<String> ALICE = Optional.of(KEY);
  private static final Optional<String> NOBODY = Optional.empty();

  private final SettableClock clock = new SettableClock();

  @Test
  void withoutKeysEverybodyMayAndHeadersMeanNothing() {
    Gate gate = gate(Map.of(), new AccessProperties.Anonymous(true, 0, 0, 10));
    for (int i = 0; i < 1_000; i++) {
      assertThat(gate.admit(Optional.of("something"), "192.0.2.1", true))
          .isInstanceOfSatisfying(
              Decision.Admitted.class, admitted -> assertThat(admitted.remaining()).isEmpty());
    }
  }

  @Test
  void aKeyIsNeededWhereNobodyMayWithoutOne() {
    Gate gate = gate(alice(0, 0, Scope.IDENTIFY), closed());
    assertThat(gate.admit(NOBODY, "192.0.2.1", true)).isInstanceOf(Decision.KeyMissing.class);
    assertThat(gate.admit(NOBODY, "192.0.2.1", false)).isInstanceOf(Decision.Admitted.class);
    for (String wrong : new String[] {"", "x", KEY + "x", KEY.substring(1), KEY.toUpperCase()}) {
      assertThat(gate.admit(Optional.of(wrong), "192.0.2.1", true))
          .isInstanceOf(Decision.UnknownKey.class);
    }
    assertThat(gate.admit(ALICE, "192.0.2.1", true))
        .isInstanceOfSatisfying(
            Decision.Admitted.class,
            admitted -> {
              assertThat(admitted.grant().caller()).isEqualTo(new Caller("key alice"));
              assertThat(admitted.grant().keyName()).hasValue("alice");
            });
  }

  @Test
  void aKeyOpensWhatItIsForAndNothingElse() {
    Gate gate = gate(alice(0, 0, Scope.EXPORT), new AccessProperties.Anonymous(true, 0, 0, 10));
    assertThat(gate.admit(ALICE, "192.0.2.1", true))
        .isEqualTo(new Decision.ScopeMissing(Scope.IDENTIFY));
    assertThat(gate.admit(ALICE, "192.0.2.1", false))
        .isInstanceOfSatisfying(
            Decision.Admitted.class,
            admitted -> {
              admitted.grant().require(Scope.EXPORT);
              assertThatThrownBy(() -> admitted.grant().require(Scope.DELETE))
                  .isInstanceOf(ScopeMissingException.class);
            });
  }

  @Test
  void aQuotaIsSpentAndComesBackWithTheNextWindow() {
    Gate gate = gate(alice(2, 3, Scope.IDENTIFY), closed());
    clock.now = Instant.parse("2026-11-22T10:15:20Z");
    assertThat(gate.admit(ALICE, "192.0.2.1", true))
        .isInstanceOfSatisfying(
            Decision.Admitted.class,
            admitted -> {
              assertThat(admitted.remaining())
                  .extracting(Remaining::policy)
                  .containsExactly("\"minute\";q=2;w=60", "\"day\";q=3;w=86400");
              assertThat(admitted.remaining())
                  .extracting(Remaining::state)
                  .containsExactly("\"minute\";r=1;t=40", "\"day\";r=2;t=49480");
            });
    assertThat(gate.admit(ALICE, "192.0.2.1", true)).isInstanceOf(Decision.Admitted.class);
    assertThat(gate.admit(ALICE, "198.51.100.7", true))
        .isInstanceOfSatisfying(
            Decision.QuotaSpent.class,
            spent -> assertThat(spent.retryAfter()).isEqualTo(Duration.ofSeconds(40)));
    clock.now = Instant.parse("2026-11-22T10:16:00Z");
    assertThat(gate.admit(ALICE, "192.0.2.1", true)).isInstanceOf(Decision.Admitted.class);
    assertThat(gate.admit(ALICE, "192.0.2.1", true))
        .isInstanceOfSatisfying(
            Decision.QuotaSpent.class,
            spent -> assertThat(spent.retryAfter()).isEqualTo(Duration.ofSeconds(49_440)));
    clock.now = Instant.parse("2026-11-23T00:00:00Z");
    assertThat(gate.admit(ALICE, "192.0.2.1", true)).isInstanceOf(Decision.Admitted.class);
  }

  @Test
  void addressesAreCountedApartAndNoMoreThanSoMany() {
    Gate gate = gate(Map.of(), new AccessProperties.Anonymous(true, 1, 0, 3));
    assertThat(gate.admit(NOBODY, "192.0.2.1", true)).isInstanceOf(Decision.Admitted.class);
    assertThat(gate.admit(NOBODY, "192.0.2.1", true)).isInstanceOf(Decision.QuotaSpent.class);
    assertThat(gate.admit(NOBODY, "192.0.2.2", true)).isInstanceOf(Decision.Admitted.class);
    assertThat(gate.admit(NOBODY, "2001:db8:1:2:3::4", true)).isInstanceOf(Decision.Admitted.class);
    assertThat(gate.admit(NOBODY, "2001:db8:1:2:ffff::", true))
        .isInstanceOf(Decision.QuotaSpent.class);
    assertThat(gate.admit(NOBODY, "2001:db8:1:3::4", true)).isInstanceOf(Decision.Admitted.class);
    // The one that was silent longest is forgotten.
    assertThat(gate.admit(NOBODY, "192.0.2.1", true)).isInstanceOf(Decision.Admitted.class);
  }

  @Test
  void anAddressIsNeverLookedUp() {
    assertThat(Addresses.network("192.0.2.1")).isEqualTo("192.0.2.1");
    assertThat(Addresses.network("::ffff:192.0.2.1")).isEqualTo("192.0.2.1");
    assertThat(Addresses.network("2001:db8::1")).isEqualTo(Addresses.network("2001:db8::2"));
    assertThat(Addresses.network("not-an-address.example")).isEqualTo("not-an-address.example");
    assertThat(Addresses.network("no:address.example")).isEqualTo("no:address.example");
    assertThat(Addresses.network("x".repeat(10_000))).hasSize(45);
  }

  private static AccessProperties.Anonymous closed() {
    return new AccessProperties.Anonymous(false, 0, 0, 10);
  }

  private static Map<String, AccessProperties.Key> alice(int perMinute, int perDay, Scope scope) {
    String sha256 = Sha256.of(KEY.getBytes(StandardCharsets.UTF_8));
    return Map.of("alice", new AccessProperties.Key(sha256, perMinute, perDay, Set.of(scope)));
  }

  private Gate gate(Map<String, AccessProperties.Key> keys, AccessProperties.Anonymous anonymous) {
    return new Gate(new AccessProperties(keys, anonymous), clock);
  }

  private static final class SettableClock extends Clock {
    Instant now = Instant.parse("2026-11-22T10:15:00Z");

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
