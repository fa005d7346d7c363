package app.mushroom.trainer.training;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * AdamW (Loshchilov and Hutter, "Decoupled Weight Decay Regularization", ICLR 2019) with clipping
 * by global norm, a learning rate per parameter, and a state that can be saved.
 *
 * <p>DJL's own optimisers key their state by random ids and cannot be saved, and clip only positive
 * gradients.
 */
final class AdamW implements AutoCloseable {

  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.999f;
  private static final float EPSILON = 1e-8f;

  private final NDManager manager;
  private final Map<String, NDArray> parameters;
  private final Map<String, NDArray> means = new LinkedHashMap<>();
  private final Map<String, NDArray> variances = new LinkedHashMap<>();
  private final float weightDecay;
  private final float maxNorm;
  private long steps;

  /**
   * @param parameters tensors by stable name, whose gradients {@link #step} reads and clears
   * @param weightDecay applied to tensors of two or more dimensions only
   * @param maxNorm gradients are scaled so that their global L2 norm is at most this
   */
  AdamW(NDManager parent, Map<String, NDArray> parameters, double weightDecay, double maxNorm) {
    this.manager = parent.newSubManager();
    this.parameters = parameters;
    this.weightDecay = (float) weightDecay;
    this.maxNorm = (float) maxNorm;
    parameters.forEach(
        (name, array) -> {
          means.put(name, zeros(array.getShape()));
          variances.put(name, zeros(array.getShape()));
        });
  }

  private NDArray zeros(Shape shape) {
    return manager.zeros(shape);
  }

  /**
   * Moves every parameter against its gradient and clears the gradient.
   *
   * @return the global norm of the gradients before clipping
   * @throws DivergedException if the norm is not finite; no parameter has moved then
   */
  float step(ToDoubleFunction<String> learningRate) {
    // Off only on the engine's first thread by default; a trainable leaf refuses in-place changes.
    JniUtils.setGradMode(false);
    float norm = norm();
    if (!Float.isFinite(norm)) {
      throw new DivergedException("the gradients' norm is " + norm + " at step " + steps);
    }
    steps++;
    float scale = norm > maxNorm ? maxNorm / norm : 1f;
    double correction = Math.sqrt(1 - Math.pow(BETA2, steps)) / (1 - Math.pow(BETA1, steps));
    try (NDManager scope = manager.newSubManager()) {
      parameters.forEach(
          (name, weight) -> {
            PtNDArray gradient = (PtNDArray) weight.getGradient();
            gradient.attach(scope);
            float rate = (float) learningRate.applyAsDouble(name);
            float decay = weight.getShape().dimension() > 1 ? weightDecay : 0f;
            JniUtils.adamUpdate(
                (PtNDArray) weight,
                gradient,
                (PtNDArray) means.get(name),
                (PtNDArray) variances.get(name),
                rate,
                (float) (rate * correction),
                decay,
                scale,
                -1f,
                BETA1,
                BETA2,
                EPSILON,
                true);
            JniUtils.zeroGrad((PtNDArray) weight);
          });
    }
    return norm;
  }

  private float norm() {
    try (NDManager scope = manager.newSubManager()) {
      NDList totals = new NDList(parameters.size());
      for (NDArray weight : parameters.values()) {
        NDArray gradient = weight.getGradient();
        gradient.attach(scope);
        try (NDArray squared = gradient.square()) {
          totals.add(squared.sum());
        }
      }
      // Read once: each read waits until a GPU has done all it was told before.
      double sum = 0;
      for (float total : NDArrays.stack(totals).toFloatArray()) {
        sum += total;
      }
      return (float) Math.sqrt(sum);
    }
  }

  void save(DataOutputStream out) throws IOException {
    out.writeLong(steps);
    Tensors.write(out, means);
    Tensors.write(out, variances);
  }

  void load(DataInputStream in) throws IOException {
    steps = in.readLong();
    Tensors.read(in, means);
    Tensors.read(in, variances);
  }

  @Override
  public void close() {
    manager.close();
  }

  /** Named float32 tensors as bytes. Never DJL's own decoder, which trusts the lengths it reads. */
  static final class Tensors {

    private Tensors() {}

    static void write(DataOutputStream out, Map<String, NDArray> tensors) throws IOException {
      out.writeInt(tensors.size());
      for (Map.Entry<String, NDArray> tensor : tensors.entrySet()) {
        float[] values = values(tensor.getValue());
        ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        out.writeUTF(tensor.getKey());
        out.writeInt(values.length);
        out.write(bytes.array());
      }
    }

    /** Without leaving behind the copy on the processor that reading from a GPU makes. */
    private static float[] values(NDArray tensor) {
      NDArray here = tensor.toDevice(Device.cpu(), false);
      try {
        return here.toFloatArray();
      } finally {
        if (here != tensor) {
          here.close();
        }
      }
    }

    static void read(DataInputStream in, Map<String, NDArray> tensors) throws IOException {
      int count = in.readInt();
      if (count != tensors.size()) {
        throw new IOException("expected " + tensors.size() + " tensors, found " + count);
      }
      for (int i = 0; i < count; i++) {
        String name = in.readUTF();
        NDArray tensor = tensors.get(name);
        int length = in.readInt();
        if (tensor == null || tensor.size() != length) {
          throw new IOException("unexpected tensor " + name + " of " + length + " values");
        }
        ByteBuffer bytes =
            ByteBuffer.wrap(in.readNBytes(length * 4)).order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[length];
        bytes.asFloatBuffer().get(values);
        tensor.set(values);
      }
    }
  }
}
