package app.mushroom.api.access;

import app.mushroom.api.SettingChecks;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may ask, and how often. Without keys everybody may, as often as the machine can answer.
 *
 * @param keys by the name that stands for whoever holds one
 */
@ConfigurationProperties("mushroom.access")
public record AccessProperties(
    @DefaultValue Map<String, Key> keys, @DefaultValue Anonymous anonymous) {

  public AccessProperties {
    keys = Map.copyOf(keys);
    Set<String> hashes = new HashSet<>();
    keys.forEach(
        (name, key) -> {
          String setting = "mushroom.access.keys." + name;
          SettingChecks.name("each name in mushroom.access.keys", name);
          key.check(setting);
          SettingChecks.expect(
              hashes.add(key.hash()),
              setting + ".sha256",
              "of another key than any other",
              "a copy");
        });
    anonymous.check();
    boolean anybody =
        anonymous.allowed()
            || keys.values().stream().anyMatch(key -> key.scopes().contains(Scope.IDENTIFY));
    SettingChecks.expect(
        anybody,
        "mushroom.access.anonymous.allowed (MUSHROOM_ACCESS_ANONYMOUS_ALLOWED)",
        "true while there is no key in mushroom.access.keys that may identify, since nobody could"
            + " use the service otherwise",
        "false");
  }

  /**
   * A key, known by its hash only.
   *
   * @param sha256 of the key, 64 hexadecimal digits; {@code ./mushroom key} makes both
   * @param perMinute most requests a minute; 0: no limit
   * @param perDay most requests from midnight to midnight UTC; 0: no limit
   */
  public record Key(
      @Nullable String sha256,
      @DefaultValue("0") int perMinute,
      @DefaultValue("0") int perDay,
      @DefaultValue("identify") Set<Scope> scopes) {

    String hash() {
      return sha256 == null ? "" : sha256.toLowerCase(Locale.ROOT);
    }

    private void check(String setting) {
      SettingChecks.expect(
          hash().matches("[0-9a-f]{64}"),
          setting + ".sha256",
          "the SHA-256 of the key in 64 hexadecimal digits, as './mushroom key' prints it",
          // What was found may be the key itself, which must not come into a log.
          hash().isEmpty() ? "nothing" : hash().length() + " characters");
      SettingChecks.atLeast(0, setting + ".per-minute", perMinute);
      SettingChecks.atLeast(0, setting + ".per-day", perDay);
    }
  }

  /**
   * Those without a key, each address by itself; of IPv6 each /64.
   *
   * @param allowed whether they may identify at all
   * @param perMinute most requests a minute; 0: no limit
   * @param perDay most requests from midnight to midnight UTC; 0: no limit
   * @param addresses most addresses to keep count of; the one that was silent longest is forgotten
   */
  public record Anonymous(
      @DefaultValue("true") boolean allowed,
      @DefaultValue("0") int perMinute,
      @DefaultValue("0") int perDay,
      @DefaultValue("10000") int addresses) {

    private void check() {
      String setting = "mushroom.access.anonymous.";
      SettingChecks.atLeast(0, setting + "per-minute", perMinute);
      SettingChecks.atLeast(0, setting + "per-day", perDay);
      SettingChecks.atLeast(1, setting + "addresses", addresses);
    }
  }
}
