package app.mushroom.trainer.onnx;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tensor of a graph: computed by a node, given as input, or constant.
 *
 * @param shape sides for one photo
 * @param producer null for inputs and constants
 * @param constant row-major values; null if it is none
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record Value(String name, List<Long> shape, @Nullable Node producer, float @Nullable [] constant) {

  /**
   * An operation.
   *
   * @param attributes {@link Long}, {@link Float} or {@code List<Long>} by name
   */
  record Node(String operator, List<Value> inputs, List<Attribute> attributes) {}

  /** An attribute of an operation; the value is a {@link Long}, {@link Float} or longs. */
  record Attribute(String name, Object value) {}

  int rank() {
    return shape.size();
  }

  boolean isFrom(String operator) {
    return producer != null && producer.operator().equals(operator);
  }

  /** The values of a constant. */
  float[] values() throws NoTwinException {
    if (constant == null) {
      throw new NoTwinException("it computes weights while it runs");
    }
    return Arrays.copyOf(constant, constant.length);
  }

  // By identity: two tensors are never the same for being alike.
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
