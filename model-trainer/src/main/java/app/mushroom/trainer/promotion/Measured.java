package app.mushroom.trainer.promotion;

/**
 * One figure of two versions on the same photos.
 *
 * @param champion of the version being served
 * @param candidate of the new version
 * @param low end of the 95 % interval of candidate − champion
 * @param high other end of it
 */
public record Measured(double champion, double candidate, double low, double high) {

  /** How much higher the candidate's figure is. */
  public double difference() {
    return candidate - champion;
  }

  /** Whether there is a number to judge by. */
  boolean isDefined() {
    return Double.isFinite(champion)
        && Double.isFinite(candidate)
        && Double.isFinite(low)
        && Double.isFinite(high);
  }
}
