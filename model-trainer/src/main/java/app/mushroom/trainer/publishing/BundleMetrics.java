package app.mushroom.trainer.publishing;

import app.mushroom.trainer.evaluation.Figures;
import org.jspecify.annotations.Nullable;

/** {@code metrics.json} of a bundle. */
public record BundleMetrics(int schemaVersion, Figures val, Figures test, Training training) {

  /**
   * The facts that the leaderboard shows beside the figures.
   *
   * @param executionTimeSeconds training time, evaluation excluded
   * @param unreadablePhotos photos of the dataset version that could not be read and were left out;
   *     absent in bundles of before they were counted
   */
  public record Training(
      long trainableParameters,
      long executionTimeSeconds,
      double learningRate,
      int batchSize,
      int epochs,
      String optimizer,
      String experiment,
      String user,
      long modelSizeBytes,
      @Nullable Integer unreadablePhotos) {}
}
