package app.mushroom.api.inference;

import java.time.Duration;

/** More is asked for than can be done in time. */
public final class BusyException extends RuntimeException {
  private static final long LONGEST_SECONDS = 60;

  private final long retryAfterSeconds;

  /**
   * @param retryAfter when it is worth another try; at least a second is said, at most a minute
   */
  public BusyException(String message, Duration retryAfter) {
    super(message);
    long seconds = retryAfter.plusMillis(999).toSeconds();
    this.retryAfterSeconds = Math.max(1, Math.min(LONGEST_SECONDS, seconds));
  }

  /** 1 to 60. */
  public long retryAfterSeconds() {
    return retryAfterSeconds;
  }
}
