package app.mushroom.trainer.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.trainer.dataset.Batch;
import app.mushroom.trainer.dataset.BatchLoader;
import app.mushroom.trainer.dataset.LabelIndex;
import app.mushroom.trainer.dataset.Sampler;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Trains all layers, epoch by epoch, and hands every epoch's averaged network to a listener.
 *
 * <p>Random numbers are seeded anew for each epoch, so a run resumed after epoch n continues with
 * what an uninterrupted run would have drawn.
 */
public final class FineTuner implements AutoCloseable {

  /** Batches whose statistics BatchNorm takes for the averaged weights. */
  public static final int RECALIBRATION_BATCHES = 24;

  private final Network network;
  private final Hyperparameters settings;
  private final BatchLoader loader;
  private final List<DatasetPhoto> photos;
  private final Sampler sampler;
  private final HierarchicalLoss loss;
  private final Teachers teachers;
  private final AdamW optimiser;
  private final WeightAverage average;
  private final InstantSource clock;
  private LearningRate learningRate;
  private long step;

  /** What happens beside the training itself. */
  public interface Listener {

    /** Called after each step with the photos done so far in this epoch. */
    void step(int epoch, int done, int total, double meanLoss);

    /** Called with the averaged weights in place, ready to be evaluated or saved. */
    void averaged(Network network, EpochResult result) throws IOException;

    /** Called with the live weights in place, when a checkpoint may be written. */
    void finished(FineTuner tuner, EpochResult result) throws IOException;
  }

  /**
   * One epoch's course.
   *
   * @param epoch from 1
   * @param size side of the training views in pixels
   * @param photosPerSecond over the whole epoch, evaluation excluded
   */
  public record EpochResult(
      int epoch, int size, double trainLoss, double learningRate, double photosPerSecond) {}

  FineTuner(
      Network network,
      Hyperparameters settings,
      LabelIndex labels,
      List<DatasetPhoto> photos,
      BatchLoader loader,
      HierarchicalLoss loss,
      Teachers teachers,
      InstantSource clock) {
    this.network = network;
    this.settings = settings;
    this.loader = loader;
    this.photos = photos;
    this.loss = loss;
    this.teachers = teachers;
    this.clock = clock;
    // Photos of anything but mushrooms count as one more label.
    int[] indices = photos.stream().mapToInt(photo -> labelOrOther(labels, photo)).toArray();
    this.sampler = new Sampler(indices, labels.size() + 1, settings.balance(), settings.seed());
    this.optimiser =
        new AdamW(
            network.manager(), network.parameters(), settings.weightDecay(), settings.maxNorm());
    this.average =
        new WeightAverage(network.manager(), network.parameters(), settings.averageDecay());
    long stepsPerEpoch = Math.max(1, photos.size() / settings.batchSize());
    this.learningRate =
        new LearningRate(
            network.parameters().keySet(),
            settings.learningRate(),
            settings.headLearningRate(),
            settings.stemShare(),
            stepsPerEpoch / 2,
            stepsPerEpoch * settings.epochs());
  }

  private static int labelOrOther(LabelIndex labels, DatasetPhoto photo) {
    int label = labels.indexOf(photo);
    return label < 0 ? labels.size() : label;
  }

  /**
   * @param firstEpoch from 0; the number of epochs already done
   * @param stop asked after every step; true ends the run between two steps
   * @return whether all epochs are done
   * @throws DivergedException if the loss or the gradients are not finite
   */
  public boolean run(int firstEpoch, BooleanSupplier stop, Listener listener) throws IOException {
    for (int epoch = firstEpoch; epoch < settings.epochs(); epoch++) {
      Engine.getEngine("PyTorch").setRandomSeed((int) (settings.seed() * 1_009 + epoch));
      EpochResult result = epoch(epoch, stop, listener);
      if (result == null) {
        return false;
      }
      average.apply();
      try {
        recalibrate();
        listener.averaged(network, result);
      } finally {
        average.restore();
      }
      listener.finished(this, result);
    }
    return true;
  }

  private @org.jspecify.annotations.Nullable EpochResult epoch(
      int epoch, BooleanSupplier stop, Listener listener) {
    Instant start = clock.instant();
    List<Integer> order = sampler.epoch(epoch);
    int total = order.size() / settings.batchSize() * settings.batchSize();
    Iterator<Batch> batches =
        loader.training(photos, order, settings.viewAt(epoch), settings.seed() * 7_919 + epoch);
    double lossSum = 0;
    int steps = 0;
    while (batches.hasNext()) {
      if (stop.getAsBoolean()) {
        return null;
      }
      lossSum += step(batches.next());
      steps++;
      listener.step(epoch + 1, steps * settings.batchSize(), total, lossSum / steps);
    }
    double seconds = Duration.between(start, clock.instant()).toMillis() / 1000.0;
    return new EpochResult(
        epoch + 1,
        settings.sizeAt(epoch),
        lossSum / Math.max(1, steps),
        settings.learningRate() * learningRate.factor(step),
        total / Math.max(seconds, 0.001));
  }

  private double step(Batch batch) {
    float value;
    try (NDManager scope = network.manager().newSubManager()) {
      NDArray input = Outputs.tensor(scope, batch);
      float[][] targets = teachers.blend(input, batch.targets());
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        NDList out = network.train(input);
        NDArray mean = loss.evaluate(out.get(0), targets);
        value = mean.getFloat();
        if (!Float.isFinite(value)) {
          throw new DivergedException("the loss is " + value + " at step " + step);
        }
        collector.backward(mean);
      }
      long now = step++;
      optimiser.step(name -> learningRate.at(name, now));
    }
    average.update();
    return value;
  }

  /**
   * Running statistics belong to the weights they were gathered with. After averaging the weights
   * they are gathered anew, at the size that serving uses (Izmailov et al., "Averaging Weights
   * Leads to Wider Optima", UAI 2018, section 3.2).
   */
  private void recalibrate() {
    JniUtils.setGradMode(false);
    List<Integer> order = sampler.epoch(Integer.MAX_VALUE);
    int count = Math.min(order.size(), RECALIBRATION_BATCHES * settings.batchSize());
    List<DatasetPhoto> some = order.subList(0, count).stream().map(photos::get).toList();
    Iterator<Batch> batches = loader.plain(some, settings.batchSize());
    while (batches.hasNext()) {
      Batch batch = batches.next();
      if (batch.count() < 2) {
        continue; // a batch of one has no variance
      }
      try (NDManager scope = network.manager().newSubManager()) {
        network.train(Outputs.tensor(scope, batch));
      }
    }
  }

  Network network() {
    return network;
  }

  AdamW optimiser() {
    return optimiser;
  }

  WeightAverage average() {
    return average;
  }

  long stepsDone() {
    return step;
  }

  void stepsDone(long steps) {
    this.step = steps;
  }

  @Override
  public void close() {
    average.close();
    optimiser.close();
    teachers.close();
    loss.close();
  }
}
