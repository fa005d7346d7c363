package app.mushroom.trainer.publishing;

import app.mushroom.trainer.evaluation.Figures;

/** {@code metrics.json} of a bundle. */
public record BundleMetrics(int schemaVersion, Figures val, Figures test, Training training) {

  /**
   * The facts that the leaderboard shows beside the figures.
   *
   * @param executionTimeSeconds training time, evaluation excluded
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
      long modelSizeBytes) {}
}
