package app.mushroom.api.classifier;

import app.mushroom.vision.FeatureMap;

/** A loaded network. Safe for use by many threads at once. */
public interface Classifier extends AutoCloseable {

  /**
   * One forward pass.
   *
   * @param tensor CHW float32, length 3 * size * size, as {@code Preprocessing.toTensor} gives it
   */
  Scores classify(float[] tensor);

  /** A forward pass that also gives what class-activation maps are made of. */
  FeatureMap featureMap(float[] tensor);

  /** Frees the network's memory; no call may be running or follow. */
  @Override
  void close();
}
