package app.mushroom.trainer.torchscript;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * A tensor of a module tree, its values left in the archive.
 *
 * @param type of the storage, such as {@code torch.FloatStorage}
 * @param key of the archive's {@code data/<key>}
 * @param offset of the first value, in values
 * @param shape sides, empty for a scalar
 * @param stride values between neighbours along each side
 */
public record ScriptTensor(
    String type, String key, int offset, List<Integer> shape, List<Integer> stride) {

  /** How many values it has. */
  public int size() {
    return shape.stream().reduce(1, Math::multiplyExact);
  }

  /** The values in row-major order, however they lie in the archive. */
  float[] floats(byte[] stored) {
    if (!type.equals("torch.FloatStorage")) {
      throw new IllegalArgumentException("expected a tensor of floats, found " + type);
    }
    FloatBuffer values = ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    if (size() > values.capacity()) {
      throw new IllegalArgumentException(
          "expected as many stored values as the shape "
              + shape
              + " has, found "
              + values.capacity());
    }
    float[] floats = new float[size()];
    int[] index = new int[shape.size()];
    for (int i = 0; i < floats.length; i++) {
      int at = offset;
      for (int side = 0; side < index.length; side++) {
        at += index[side] * stride.get(side);
      }
      floats[i] = values.get(at);
      for (int side = index.length - 1; side >= 0; side--) {
        if (++index[side] < shape.get(side)) {
          break;
        }
        index[side] = 0;
      }
    }
    return floats;
  }
}
