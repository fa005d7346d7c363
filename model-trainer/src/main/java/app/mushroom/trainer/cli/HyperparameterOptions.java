package app.mushroom.trainer.cli;

import app.mushroom.trainer.training.Hyperparameters;
import picocli.CommandLine.Option;

/** The recipe, with defaults found on the starter model's val split. */
final class HyperparameterOptions {

  private static final String DEFAULT = " (default: ${DEFAULT-VALUE})";

  @Option(names = "--head-epochs", description = "Passes over cached embeddings" + DEFAULT + ".")
  private int headEpochs = 40;

  @Option(names = "--epochs", description = "Passes with all layers trained" + DEFAULT + ".")
  private int epochs = 12;

  @Option(names = "--batch-size", description = "Photos a step" + DEFAULT + ".")
  private int batchSize = 32;

  @Option(names = "--smallest-size", description = "First epoch's view, pixels" + DEFAULT + ".")
  private int smallestSize = 128;

  @Option(names = "--largest-size", description = "Last epoch's view, pixels" + DEFAULT + ".")
  private int largestSize = 192;

  @Option(names = "--input-size", description = "Input when serving, pixels" + DEFAULT + ".")
  private int inputSize = 224;

  @Option(names = "--learning-rate", description = "Peak rate of the backbone" + DEFAULT + ".")
  private double learningRate = 5e-4;

  @Option(names = "--head-learning-rate", description = "Peak rate of the head" + DEFAULT + ".")
  private double headLearningRate = 1e-3;

  @Option(names = "--stem-share", description = "The stem's share of the rate" + DEFAULT + ".")
  private double stemShare = 0.2;

  @Option(names = "--weight-decay", description = "Decoupled weight decay" + DEFAULT + ".")
  private double weightDecay = 0.05;

  @Option(names = "--max-norm", description = "Gradient norm limit" + DEFAULT + ".")
  private double maxNorm = 5;

  @Option(names = "--dropout", description = "On the embedding" + DEFAULT + ".")
  private double dropout = 0.2;

  @Option(names = "--smoothing", description = "Label smoothing" + DEFAULT + ".")
  private double smoothing = 0.1;

  @Option(names = "--genus-weight", description = "Weight of the genus loss" + DEFAULT + ".")
  private double genusWeight = 0.3;

  @Option(names = "--poison-weight", description = "Weight of the poison loss" + DEFAULT + ".")
  private double poisonWeight = 0.3;

  @Option(names = "--balance", description = "0 as they are, 1 labels equal" + DEFAULT + ".")
  private double balance = 0.2;

  @Option(names = "--average-decay", description = "Decay of averaged weights" + DEFAULT + ".")
  private double averageDecay = 0.995;

  @Option(names = "--min-crop-area", description = "Smallest view's share" + DEFAULT + ".")
  private double minCropArea = 0.35;

  @Option(names = "--colour", description = "Largest colour change" + DEFAULT + ".")
  private double colour = 0.2;

  @Option(names = "--trivial-augment", description = "Chance of one more change" + DEFAULT + ".")
  private double trivialAugment = 0;

  @Option(names = "--erasing", description = "Chance of random erasing" + DEFAULT + ".")
  private double erasing = 0.15;

  @Option(names = "--mixup", description = "Chance of mixup for a batch" + DEFAULT + ".")
  private double mixup = 0.25;

  @Option(names = "--cutmix", description = "Chance of CutMix for a batch" + DEFAULT + ".")
  private double cutMix = 0.25;

  @Option(names = "--distillation", description = "The teachers' share" + DEFAULT + ".")
  private double distillation = 0.5;

  @Option(names = "--seed", description = "Of everything random" + DEFAULT + ".")
  private long seed = 1;

  Hyperparameters toHyperparameters() {
    return new Hyperparameters(
        headEpochs,
        epochs,
        batchSize,
        smallestSize,
        largestSize,
        inputSize,
        learningRate,
        headLearningRate,
        stemShare,
        weightDecay,
        maxNorm,
        dropout,
        smoothing,
        genusWeight,
        poisonWeight,
        balance,
        averageDecay,
        minCropArea,
        colour,
        trivialAugment,
        erasing,
        mixup,
        cutMix,
        distillation,
        seed);
  }
}
