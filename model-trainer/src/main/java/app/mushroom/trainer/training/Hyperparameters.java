package app.mushroom.trainer.training;

import app.mushroom.trainer.dataset.Augmentation;
import app.mushroom.trainer.dataset.BatchLoader.TrainingView;
import app.mushroom.trainer.dataset.Mixing;
import com.fasterxml.jackson.annotation.JsonCreator;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Everything that decides what a training run computes. One more is one more component here and one
 * more word in the constructor; options, settings files, checks and documentation follow.
 *
 * <p>Views grow from epoch to epoch (progressive resizing: Tan and Le, "EfficientNetV2", ICML 2021)
 * to a side smaller than the input that serving uses, since crops magnify (Touvron et al., "Fixing
 * the train-test resolution discrepancy", NeurIPS 2019).
 */
public record Hyperparameters(
    @Hyperparameter(
            value = 40,
            to = 10_000,
            about = "passes over the embeddings, computed once, that train the head alone")
        int headEpochs,
    @Hyperparameter(
            value = 12,
            to = 10_000,
            about = "passes over the photos that train all layers; 0 leaves the backbone as it is")
        int epochs,
    @Hyperparameter(value = 32, from = 2, to = 4096, about = "photos a step") int batchSize,
    @Hyperparameter(
            value = 128,
            from = 32,
            to = 1024,
            about = "side of the first epoch's views in pixels; it grows evenly to largest-size")
        int smallestSize,
    @Hyperparameter(
            value = 192,
            from = 32,
            to = 1024,
            about =
                "side of the last epoch's views in pixels; best somewhat smaller than input-size,"
                    + " since crops magnify")
        int largestSize,
    @Hyperparameter(
            value = 224,
            from = 32,
            to = 1024,
            about = "side of the input in pixels when serving")
        int inputSize,
    @Hyperparameter(
            value = 5e-4,
            to = 1,
            about = "peak rate of the backbone's last layer, after a warm-up of half an epoch")
        double learningRate,
    @Hyperparameter(value = 1e-3, to = 1, about = "peak rate of the head") double headLearningRate,
    @Hyperparameter(
            value = 0.2,
            from = 1e-6,
            to = 1,
            about =
                "the first layer's rate as a share of learning-rate; layers between lie between")
        double stemShare,
    @Hyperparameter(value = 0.05, to = 10, about = "decoupled weight decay of matrices and filters")
        double weightDecay,
    @Hyperparameter(
            value = 5,
            from = 1e-6,
            to = 1_000_000,
            about = "gradients are scaled down to this global norm")
        double maxNorm,
    @Hyperparameter(
            value = 0.2,
            to = 0.95,
            about = "share of the embedding that is dropped while training")
        double dropout,
    @Hyperparameter(
            value = 0.1,
            to = 0.95,
            about = "label smoothing: share of a target that is spread over all labels")
        double smoothing,
    @Hyperparameter(
            value = 0.3,
            to = 100,
            about = "weight of the loss for the genus beside the label's")
        double genusWeight,
    @Hyperparameter(
            value = 0.3,
            to = 100,
            about = "weight of the loss for poisonous or not beside the label's")
        double poisonWeight,
    @Hyperparameter(
            value = 0.2,
            to = 1,
            about = "0 shows photos as often as they are, 1 shows all labels equally often")
        double balance,
    @Hyperparameter(
            value = 0.995,
            to = 0.99999,
            about = "decay of the moving average of the weights that is evaluated and published")
        double averageDecay,
    @Hyperparameter(
            value = 0.35,
            from = 0.01,
            to = 1,
            about = "smallest share of a photo that a view shows")
        double minCropArea,
    @Hyperparameter(
            value = 0.2,
            to = 0.99,
            about = "largest relative change of brightness, contrast and saturation")
        double colour,
    @Hyperparameter(
            value = 0,
            to = 1,
            before = 0,
            about = "probability of one more random change of a view (TrivialAugment)")
        double trivialAugment,
    @Hyperparameter(
            value = 0.15,
            to = 1,
            about = "probability that a rectangle of a view is erased")
        double erasing,
    @Hyperparameter(
            value = 0.25,
            to = 1,
            about = "probability that the photos of a batch are blended in pairs")
        double mixup,
    @Hyperparameter(
            value = 0.25,
            to = 1,
            name = "cutmix",
            about = "probability that they are cut into one another; with mixup at most 1")
        double cutMix,
    @Hyperparameter(
            value = 0.5,
            to = 1,
            before = 0,
            about = "share of the targets that comes from the teachers; 0 without any")
        double distillation,
    @Hyperparameter(
            value = 1,
            from = -9007199254740991.0,
            to = 9007199254740991.0,
            about = "seed of everything random; same seed, same machine, same weights")
        long seed) {

  private static final int SIZE_STEP = 32;

  private static final List<HyperparameterKey> KEYS = HyperparameterKey.of(Hyperparameters.class);

  /**
   * @throws IllegalArgumentException if a value is out of range, the smallest size is larger than
   *     the largest, or mixup and CutMix together are likelier than 1
   */
  public Hyperparameters {
    check(
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
    if (smallestSize > largestSize) {
      throw new IllegalArgumentException(
          "Expected smallest-size to be at most largest-size, found "
              + smallestSize
              + " and "
              + largestSize
              + ".");
    }
    if (mixup + cutMix > 1) {
      throw new IllegalArgumentException(
          "Expected mixup and cutmix to be at most 1 together, found "
              + mixup
              + " and "
              + cutMix
              + ".");
    }
  }

  private static void check(Number... values) {
    if (values.length != KEYS.size()) {
      throw new IllegalStateException("the constructor does not check every hyperparameter");
    }
    for (int i = 0; i < values.length; i++) {
      KEYS.get(i).check(values[i]);
    }
  }

  /** Every hyperparameter, in the order of the components. */
  public static List<HyperparameterKey> keys() {
    return KEYS;
  }

  /**
   * Hyperparameters as a run record has them. A record may lack those that came later and have
   * others.
   *
   * @param recorded values by the names of the components
   * @throws IllegalArgumentException if one is missing that was always there, or out of range
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Hyperparameters of(Map<String, ?> recorded) {
    RecordComponent[] components = Hyperparameters.class.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      HyperparameterKey key = KEYS.get(i);
      types[i] = components[i].getType();
      values[i] = convert(number(recorded, key), types[i]);
    }
    try {
      return Hyperparameters.class.getDeclaredConstructor(types).newInstance(values);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(
          Objects.requireNonNullElse(e.getCause(), e).getMessage(), e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Number number(Map<String, ?> recorded, HyperparameterKey key) {
    Object value = recorded.get(key.component());
    if (value == null && !Double.isNaN(key.before())) {
      return key.before();
    }
    if (!(value instanceof Number number)) {
      throw new IllegalArgumentException(
          "Expected a number as hyperparameter "
              + key.component()
              + ", found "
              + (value == null ? recorded.keySet() : value)
              + ".");
    }
    return number;
  }

  private static Object convert(Number value, Class<?> type) {
    if (type == int.class) {
      return value.intValue();
    }
    if (type == long.class) {
      return value.longValue();
    }
    return value.doubleValue();
  }

  /** The values by the names of the components, in their order. */
  public Map<String, Number> values() {
    Map<String, Number> values = new LinkedHashMap<>();
    for (RecordComponent component : Hyperparameters.class.getRecordComponents()) {
      try {
        values.put(component.getName(), (Number) component.getAccessor().invoke(this));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
    return values;
  }

  /** Side of the training views in {@code epoch} (from 0), a multiple of 32. */
  public int sizeAt(int epoch) {
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
