package app.mushroom.trainer.training;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Path;

/** Finds out by one forward pass how long a backbone's embedding is. */
final class EmbeddingProbe {

  private EmbeddingProbe() {}

  /**
   * @throws IOException if the backbone does not run, or does not answer with one vector a photo
   */
  static int size(Path backbone, int inputSize) throws IOException {
    try (Network network = Network.load(backbone, Device.cpu());
        NDManager scope = network.manager().newSubManager()) {
      NDList out = network.infer(scope.zeros(new Shape(1, 3, inputSize, inputSize)));
      NDArray embedding = out.get(0);
      long[] shape = embedding.getShape().getShape();
      boolean vector = out.size() == 1 && shape.length >= 2 && embedding.size() == shape[1];
      if (!vector) {
        throw new IOException(
            "Expected the backbone "
                + backbone.getFileName()
                + " to answer a photo with one embedding of shape (1, D), found "
                + out.size()
                + " output(s), the first of shape "
                + embedding.getShape()
                + ". Export it without its classifier head.");
      }
      return (int) shape[1];
    } catch (EngineException e) {
      throw new IOException(
          "The backbone "
              + backbone.getFileName()
              + " does not run on a "
              + inputSize
              + " x "
              + inputSize
              + " photo: "
              + firstLine(e.getMessage()),
          e);
    }
  }

  private static String firstLine(@org.jspecify.annotations.Nullable String message) {
    return message == null ? "no reason given" : message.lines().findFirst().orElse("");
  }
}
