package app.mushroom.api.classifier;

import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.Batchifier;
import ai.djl.translate.TranslateException;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import app.mushroom.vision.FeatureMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A network in an engine. One predictor serves all threads: it keeps nothing between calls. */
final class EngineClassifier implements Classifier {
  private final Model model;
  private final Predictor<float[], Scores> forward;
  private final Predictor<float[], FeatureMap> maps;

  /**
   * @param callMaps the name of an extra input that makes the network return feature maps too; null
   *     for one that always does, if it can
   */
  EngineClassifier(Model model, int inputSize, @Nullable String callMaps) {
    this.model = model;
    Shape input = new Shape(1, 3, inputSize, inputSize);
    forward = model.newPredictor(new Call<>(input, null, EngineClassifier::scores));
    maps = model.newPredictor(new Call<>(input, callMaps, EngineClassifier::featureMap));
  }

  @Override
  public Scores classify(float[] tensor) {
    return call(forward, tensor);
  }

  @Override
  public FeatureMap featureMap(float[] tensor) {
    return call(maps, tensor);
  }

  @Override
  public void close() {
    forward.close();
    maps.close();
    model.close();
  }

  private static <T> T call(Predictor<float[], T> predictor, float[] tensor) {
    try {
      return predictor.predict(tensor);
    } catch (TranslateException | EngineException e) {
      throw new UnusableNetworkException("The network failed on an input of the right shape.", e);
    }
  }

  private static Scores scores(NDList outputs) {
    requireOutputs(outputs, 2, "(logits, embedding)");
    return new Scores(row(outputs.get(0)), row(outputs.get(1)));
  }

  private static FeatureMap featureMap(NDList outputs) {
    requireOutputs(outputs, 4, "(logits, embedding, feature map, head weight)");
    NDArray map = outputs.get(2);
    List<Integer> shape = shape(map, 4);
    return new FeatureMap(
        shape(outputs.get(0), 2).get(1),
        shape.get(1),
        shape.get(2),
        shape.get(3),
        map.toFloatArray(),
        outputs.get(3).toFloatArray());
  }

  private static float[] row(NDArray array) {
    shape(array, 2);
    return array.toFloatArray();
  }

  private static List<Integer> shape(NDArray array, int dimensions) {
    long[] shape = array.getShape().getShape();
    if (shape.length != dimensions || shape[0] != 1) {
      throw new UnusableNetworkException(
          "Expected a "
              + dimensions
              + "-dimensional output for one photo, found shape "
              + array.getShape(),
          null);
    }
    return java.util.Arrays.stream(shape).mapToObj(Math::toIntExact).toList();
  }

  private static void requireOutputs(NDList outputs, int count, String names) {
    if (outputs.size() < count) {
      throw new UnusableNetworkException(
          "Expected a network to return " + names + ", found " + outputs.size() + " outputs.",
          null);
    }
  }

  /** Puts a tensor into the engine and copies the outputs out of it. */
  private record Call<T>(Shape input, @Nullable String method, Outputs<T> outputs)
      implements Translator<float[], T> {

    @Override
    public NDList processInput(TranslatorContext context, float[] tensor) {
      NDArray array = context.getNDManager().create(tensor, input);
      if (method == null) {
        return new NDList(array);
      }
      NDArray call = context.getNDManager().create(0f);
      call.setName(method);
      return new NDList(array, call);
    }

    @Override
    public T processOutput(TranslatorContext context, NDList list) {
      return outputs.read(list);
    }

    @Override
    public @Nullable Batchifier getBatchifier() {
      return null;
    }
  }

  @FunctionalInterface
  private interface Outputs<T> {
    T read(NDList outputs);
  }
}
