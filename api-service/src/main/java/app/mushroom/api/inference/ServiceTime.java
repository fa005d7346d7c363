package app.mushroom.api.inference;

/** How long a photo took lately: a mean that forgets. Its user guards it. */
final class ServiceTime {
  /** Until something was measured. */
  private static final long GUESS_NANOS = 100_000_000;

  /** The latest 20 photos or so count. */
  private static final double WEIGHT = 0.1;

  private double nanos = GUESS_NANOS;

  void add(long photoNanos) {
    nanos += WEIGHT * (photoNanos - nanos);
  }

  double nanos() {
    return nanos;
  }
}
