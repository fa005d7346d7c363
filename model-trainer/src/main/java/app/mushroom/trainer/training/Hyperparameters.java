package app.mushroom.trainer.training;

import app.mushroom.trainer.dataset.Augmentation;
import app.mushroom.trainer.dataset.BatchLoader.TrainingView;
import app.mushroom.trainer.dataset.Mixing;

/**
 * Everything that decides what a training run computes.
 *
 * @param headEpochs passes of the embedding phase, over embeddings computed once
 * @param epochs passes over the photos with all layers trained
 * @param batchSize photos a step
 * @param smallestSize side in pixels of the first epoch's views; sides grow evenly to {@code
 *     largestSize} (progressive resizing: Tan and Le, "EfficientNetV2", ICML 2021)
 * @param largestSize side in pixels of the last epoch's views. Smaller than the input serving uses
 *     it works best, since crops magnify (Touvron et al., "Fixing the train-test resolution
 *     discrepancy", NeurIPS 2019)
 * @param inputSize side in pixels of the input when serving
 * @param learningRate peak rate of the backbone's last layer
 * @param headLearningRate peak rate of the head
 * @param stemShare the stem's rate as a share of the backbone's
 * @param weightDecay decoupled weight decay of matrices and filters
 * @param maxNorm gradients are clipped to this global norm
 * @param dropout on the embedding
 * @param smoothing label smoothing
 * @param genusWeight weight of the genus cross-entropy
 * @param poisonWeight weight of the poisonous-or-not cross-entropy
 * @param balance 0 shows photos as often as they are, 1 labels equally often
 * @param averageDecay decay of the weights' moving average
 * @param minCropArea smallest share of a photo in a view
 * @param colour largest relative colour change
 * @param trivialAugment probability of one more random change of a view
 * @param erasing probability of random erasing
 * @param mixup probability that a batch is mixed up
 * @param cutMix probability that a batch is cut and mixed
 * @param distillation share of the targets that comes from the teachers, in [0, 1]; 0 without any
 * @param seed of everything random
 */
public record Hyperparameters(
    int headEpochs,
    int epochs,
    int batchSize,
    int smallestSize,
    int largestSize,
    int inputSize,
    double learningRate,
    double headLearningRate,
    double stemShare,
    double weightDecay,
    double maxNorm,
    double dropout,
    double smoothing,
    double genusWeight,
    double poisonWeight,
    double balance,
    double averageDecay,
    double minCropArea,
    double colour,
    double trivialAugment,
    double erasing,
    double mixup,
    double cutMix,
    double distillation,
    long seed) {

  private static final int SIZE_STEP = 32;

  public Hyperparameters {
    require("epochs", epochs, 0, 10_000);
    require("head epochs", headEpochs, 0, 10_000);
    require("batch size", batchSize, 2, 4096);
    require("smallest size", smallestSize, 32, largestSize);
    require("largest size", largestSize, 32, 1024);
    require("input size", inputSize, 32, 1024);
    require("learning rate", learningRate, 0, 1);
    require("head learning rate", headLearningRate, 0, 1);
    require("stem share", stemShare, 1e-6, 1);
    require("dropout", dropout, 0, 0.95);
    require("label smoothing", smoothing, 0, 0.95);
    require("balance", balance, 0, 1);
    require("average decay", averageDecay, 0, 0.99999);
    require("chance of a trivial augmentation", trivialAugment, 0, 1);
    require("distillation share", distillation, 0, 1);
    require("minimum crop area", minCropArea, 0.01, 1);
  }

  private static void require(String what, double value, double from, double to) {
    if (!(value >= from && value <= to)) {
      throw new IllegalArgumentException(
          "The " + what + " must be in [" + from + ", " + to + "], found " + value);
    }
  }

  /** Side of the training views in {@code epoch} (from 0), a multiple of 32. */
  int sizeAt(int epoch) {
    double share = epochs < 2 ? 1 : epoch / (epochs - 1.0);
    double size = smallestSize + share * (largestSize - smallestSize);
    return (int) Math.round(size / SIZE_STEP) * SIZE_STEP;
  }

  TrainingView viewAt(int epoch) {
    return new TrainingView(
        sizeAt(epoch),
        batchSize,
        smoothing,
        new Augmentation(minCropArea, colour, trivialAugment, erasing),
        new Mixing(mixup, cutMix));
  }
}
