package app.mushroom.trainer.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.trainer.dataset.Batch;
import app.mushroom.trainer.dataset.Batches;
import app.mushroom.trainer.dataset.LabelIndex;
import app.mushroom.trainer.dataset.Sampler;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Trains all layers, step by step, and hands every epoch's averaged network to a listener.
 *
 * <p>What a step computes depends on the seed, the weights, the optimiser's state and the {@link
 * TrainingPosition} only, so a run resumed at any step goes on as if it had never stopped.
 */
public final class FineTuner implements AutoCloseable {

  /** Batches from which BatchNorm's statistics of the averaged weights are gathered. */
  public static final int STATISTICS_BATCHES = BatchStatistics.BATCHES;

  private final Network network;
  private final Hyperparameters settings;
  private final Batches loader;
  private final List<DatasetPhoto> photos;
  private final Sampler sampler;
  private final HierarchicalLoss loss;
  private final Teachers teachers;
  private final AdamW optimiser;
  private final WeightAverage average;
  private final LearningRate learningRate;
  private final Path work;
  private final InstantSource clock;
  private TrainingPosition position = TrainingPosition.START;
  private long step;

  /** What happens beside the training itself. */
  public interface Listener {

    /** Called after each step, when a checkpoint may be written. */
    void step(FineTuner tuner, StepResult result) throws IOException;

    /** Called with the averaged network, ready to be evaluated or saved. */
    void averaged(Network network, EpochResult result) throws IOException;

    /** Called after an epoch was evaluated, when a checkpoint may be written. */
    void finished(FineTuner tuner) throws IOException;
  }

  /**
   * A step's place in its epoch.
   *
   * @param epoch from 1
   * @param done photos of the epoch that are done
   * @param total photos of the epoch
   */
  public record StepResult(int epoch, int done, int total, double meanLoss) {}

  /**
   * One epoch's course.
   *
   * @param epoch from 1
   * @param size side of the training views in pixels
   * @param photosPerSecond over the whole epoch, evaluation excluded
   * @param loaderWaitShare share of that time in which the network waited for photos, in [0, 1]
   */
  public record EpochResult(
      int epoch,
      int size,
      double trainLoss,
      double learningRate,
      double photosPerSecond,
      double loaderWaitShare) {}

  FineTuner(
      Network network,
      Hyperparameters settings,
      LabelIndex labels,
      List<DatasetPhoto> photos,
      Batches loader,
      HierarchicalLoss loss,
      Teachers teachers,
      Path work,
      InstantSource clock) {
    this.network = network;
    this.settings = settings;
    this.loader = loader;
    this.photos = photos;
    this.loss = loss;
    this.teachers = teachers;
    this.work = work;
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
   * Goes on from its position until all epochs are done.
   *
   * @param stop asked between two steps, and while the averaged network is prepared
   * @throws StoppedException if {@code stop} said so; the tuner can be saved and go on from there
   * @throws DivergedException if the loss or the gradients are not finite
   */
  public void run(BooleanSupplier stop, Listener listener) throws IOException {
    while (position.epoch() < settings.epochs()) {
      EpochResult result = epoch(stop, listener);
      try (Network averaged = averaged(stop)) {
        listener.averaged(averaged, result);
      }
      position = position.afterEpoch();
      listener.finished(this);
    }
  }

  private EpochResult epoch(BooleanSupplier stop, Listener listener) throws IOException {
    int epoch = position.epoch();
    List<Integer> order = sampler.epoch(epoch);
    int total = order.size() / settings.batchSize() * settings.batchSize();
    Iterator<Batch> batches =
        loader.training(
            photos,
            order,
            settings.viewAt(epoch),
            settings.seed() * 7_919 + epoch,
            position.step());
    Duration waited = Duration.ZERO;
    while (batches.hasNext()) {
      StoppedException.throwIf(stop);
      Instant start = clock.instant();
      Batch batch = batches.next();
      waited = waited.plus(Duration.between(start, clock.instant()));
      double value = step(batch);
      position =
          position.afterStep(value, Duration.between(start, clock.instant()).toNanos() / 1e9);
      int done = position.step() * settings.batchSize();
      listener.step(
          this, new StepResult(epoch + 1, done, total, position.lossSum() / position.step()));
    }
    return new EpochResult(
        epoch + 1,
        settings.sizeAt(epoch),
        position.lossSum() / Math.max(1, position.step()),
        settings.learningRate() * learningRate.factor(step),
        total / Math.max(position.seconds(), 0.001),
        waited.toNanos() / 1e9 / Math.max(position.seconds(), 0.001));
  }

  private double step(Batch batch) {
    float value;
    Engine.getEngine("PyTorch").setRandomSeed(position.randomSeed(settings.seed()));
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
   * The averaged weights as a network of its own, with statistics to match. The network in training
   * stays as it is, so that a stop meanwhile loses nothing.
   */
  private Network averaged(BooleanSupplier stop) throws IOException {
    Path file = work.resolve("averaged.pt");
    average.apply();
    try {
      network.save(file);
    } finally {
      average.restore();
    }
    Network averaged = Network.load(file, network.manager().getDevice());
    try {
      Engine.getEngine("PyTorch").setRandomSeed(position.randomSeed(settings.seed()));
      List<DatasetPhoto> some = sampler.epoch(Integer.MAX_VALUE).stream().map(photos::get).toList();
      BatchStatistics.gather(averaged, some, loader, settings.batchSize(), stop);
    } catch (RuntimeException e) {
      averaged.close();
      throw e;
    }
    return averaged;
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

  /** How far it has come. */
  public TrainingPosition position() {
    return position;
  }

  long stepsDone() {
    return step;
  }

  void goOnFrom(TrainingPosition position, long stepsDone) {
    this.position = position;
    this.step = stepsDone;
  }

  @Override
  public void close() {
    average.close();
    optimiser.close();
    teachers.close();
    loss.close();
  }
}
