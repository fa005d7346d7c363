package app.mushroom.trainer.runs;

/**
 * A line of {@code metrics.jsonl}. Shares are in [0, 1]; losses use the natural logarithm.
 *
 * @param seconds training time of the epoch, evaluation excluded
 */
public record EpochRecord(
    int epoch,
    int size,
    double learningRate,
    double trainLoss,
    double photosPerSecond,
    double seconds,
    double valTop1,
    double valTop5,
    double valGenusTop1,
    double valMacroF1,
    double valLoss) {}
