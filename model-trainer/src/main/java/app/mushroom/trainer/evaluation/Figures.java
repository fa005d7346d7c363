package app.mushroom.trainer.evaluation;

import org.jspecify.annotations.Nullable;

/**
 * How good a model is on one split: the figures of {@code metrics.json}. Shares are in [0, 1].
 *
 * @param photos mushroom photos counted
 * @param genusTop1 share whose likeliest label has the right genus
 * @param macroF1 F1 averaged over the labels that occur
 * @param expectedCalibrationError of the likeliest label's probability, 15 equal bins (Guo et al.,
 *     "On Calibration of Modern Neural Networks", ICML 2017)
 * @param loss mean negative log-likelihood, natural logarithm
 * @param poisonRecall share of photos of poisonous labels flagged or answered "cannot tell"; null
 *     without such photos
 * @param falsePoisonAlarms share of the other mushrooms flagged poisonous; null without any
 * @param cannotTell share of mushroom photos whose flag is "cannot tell"
 * @param poisonCost (100·missed + alarms) / N, the cost of FungiCLEF's second track, "cannot tell"
 *     counting as neither
 * @param notMushroomRefused share of photos of anything else that the gate refuses; null without
 *     any
 * @param mushroomsRefused share of mushroom photos that the gate refuses
 */
public record Figures(
    int photos,
    double top1,
    double top5,
    double genusTop1,
    double macroF1,
    double expectedCalibrationError,
    double loss,
    @Nullable Double poisonRecall,
    @Nullable Double falsePoisonAlarms,
    double cannotTell,
    double poisonCost,
    @Nullable Double notMushroomRefused,
    double mushroomsRefused) {}
