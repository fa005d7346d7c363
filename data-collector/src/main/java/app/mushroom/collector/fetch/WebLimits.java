package app.mushroom.collector.fetch;

import java.time.Duration;

/**
 * What a fetch may cost.
 *
 * @param maxBytes of a body, packed and unpacked
 * @param time that a fetch may spend with hosts, over all its redirects and tries; waiting for a
 *     turn does not count
 */
record WebLimits(int maxBytes, Duration time) {
  static final WebLimits STANDARD = new WebLimits(20_000_000, Duration.ofSeconds(30));

  WebLimits {
    if (maxBytes <= 0 || time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException(
          "Expected bytes and time above 0, found " + maxBytes + " and " + time + ".");
    }
  }
}
