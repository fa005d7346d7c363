package app.mushroom.api.classifier;

import java.nio.file.Path;

/** Opens networks. */
@FunctionalInterface
public interface Classifiers {

  /**
   * Loads a verified file, ONNX if it is named so and else TorchScript.
   *
   * @param inputSize side of the square input, in pixels
   * @throws UnusableNetworkException when the engine cannot read it
   */
  Classifier open(Path modelFile, int inputSize);
}
