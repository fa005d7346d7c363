package app.mushroom.trainer.runs;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How long the epochs of a run will still take, from how long those so far took. What a photo costs
 * grows with its pixels; looking at a photo without learning from it costs a third of learning.
 */
final class TimeLeft {

  /** Backward takes about twice as long as forward. */
  private static final double FORWARD_SHARE = 1 / 3.0;

  private static final Duration TOO_EARLY = Duration.ofSeconds(5);

  private final int epochs;
  private final int photos;
  private final IntUnaryOperator sizeAt;
  private final double afterEpoch;
  private final InstantSource clock;
  private @Nullable Instant start;
  private double costAtStart;

  /**
   * @param photos learnt from in an epoch
   * @param sizeAt side of the views in an epoch, from 0
   * @param looked photos that are only looked at after each epoch
   * @param lookedSize side of their views
   */
  TimeLeft(
      int epochs,
      int photos,
      IntUnaryOperator sizeAt,
      int looked,
      int lookedSize,
      InstantSource clock) {
    this.epochs = epochs;
    this.photos = photos;
    this.sizeAt = sizeAt;
    this.afterEpoch = FORWARD_SHARE * looked * lookedSize * lookedSize;
    this.clock = clock;
  }

  /**
   * @param epoch from 0
   * @param done share of the epoch that is done, in [0, 1]
   * @return empty while there is too little to judge from
   */
  Optional<Duration> at(int epoch, double done) {
    double cost = cost(epoch) + done * perEpoch(epoch);
    Instant now = clock.instant();
    Instant began = start;
    if (began == null) {
      start = now;
      costAtStart = cost;
      return Optional.empty();
    }
    Duration spent = Duration.between(began, now);
    double covered = cost - costAtStart;
    if (spent.compareTo(TOO_EARLY) < 0 || covered <= 0) {
      return Optional.empty();
    }
    double left = Math.max(0, cost(epochs) - cost);
    return Optional.of(Duration.ofMillis((long) (spent.toMillis() * (left / covered))));
  }

  /** Of all epochs before this one, with what follows each. */
  private double cost(int epoch) {
    double cost = 0;
    for (int i = 0; i < epoch; i++) {
      cost += perEpoch(i) + afterEpoch;
    }
    return cost;
  }

  private double perEpoch(int epoch) {
    double size = sizeAt.applyAsInt(epoch);
    return photos * size * size;
  }
}
