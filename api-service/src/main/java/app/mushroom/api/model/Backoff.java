package app.mushroom.api.model;

import java.time.Duration;

/**
 * How long to wait before asking again: the usual time, doubled with each failure up to the
 * longest, and never the same for all replicas.
 */
record Backoff(Duration usual, Duration longest) {
  private static final double JITTER = 0.1;
  private static final int MOST_DOUBLINGS = 10;

  /**
   * @param failures in a row
   * @param chance in [0, 1)
   */
  Duration after(int failures, double chance) {
    long millis = usual.toMillis() << Math.min(failures, MOST_DOUBLINGS);
    long most = Math.max(usual.toMillis(), longest.toMillis());
    double jitter = 1 + JITTER * (2 * chance - 1);
    return Duration.ofMillis(Math.round(Math.min(millis, most) * jitter));
  }
}
