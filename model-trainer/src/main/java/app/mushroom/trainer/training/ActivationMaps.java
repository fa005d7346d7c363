package app.mushroom.trainer.training;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import app.mushroom.vision.FeatureMap;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Optional;

/** Looks into a trained network: where in a photo it saw what. All calls come from one thread. */
public final class ActivationMaps implements AutoCloseable {

  private static final String METHOD = "maps";

  private final Network network;
  private boolean missing;

  /**
   * @param file TorchScript module, on the CPU
   */
  public ActivationMaps(Path file) {
    this.network = Network.load(file);
  }

  /**
   * @param tensor normalised CHW float32, 3 * size * size values
   * @return empty if the network does not give its feature map, or one that is not what its
   *     embedding is the mean of, or fails over it: a picture less is no reason to lose a report
   */
  public Optional<FeatureMap> of(float[] tensor, int size) {
    if (missing) {
      return Optional.empty();
    }
    try (NDManager scope = network.manager().newSubManager()) {
      NDArray batch = scope.create(FloatBuffer.wrap(tensor), new Shape(1, 3, size, size));
      NDList out = network.infer(METHOD, batch);
      out.attach(scope);
      Shape map = out.get(2).getShape();
      return Optional.of(
          new FeatureMap(
              (int) out.get(0).getShape().get(1),
              (int) map.get(1),
              (int) map.get(2),
              (int) map.get(3),
              out.get(2).toFloatArray(),
              out.get(3).toFloatArray()));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      missing = true; // other outputs, or a head that stands on something else than the map
      return Optional.empty();
    } catch (EngineException e) {
      missing |= isMissing(e);
      return Optional.empty();
    }
  }

  private static boolean isMissing(RuntimeException e) {
    String message = e.getMessage();
    return message != null && message.contains("Method '" + METHOD + "' is not defined");
  }

  @Override
  public void close() {
    network.close();
  }
}
