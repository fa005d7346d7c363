package app.mushroom.trainer.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import app.mushroom.trainer.dataset.Batch;
import java.nio.FloatBuffer;
import java.util.Iterator;
import java.util.function.IntConsumer;

/**
 * What a network answered for a list of photos, row by row.
 *
 * @param logits N rows of K
 * @param embeddings N rows of D
 */
@SuppressWarnings("ArrayRecordComponent")
public record Outputs(float[][] logits, float[][] embeddings) {

  /**
   * @param photos how many photos the batches hold
   * @param progress told the number of photos done
   */
  public static Outputs of(
      Network network, Iterator<Batch> batches, int photos, IntConsumer progress) {
    float[][] logits = new float[photos][];
    float[][] embeddings = new float[photos][];
    int done = 0;
    while (batches.hasNext()) {
      Batch batch = batches.next();
      try (NDManager scope = network.manager().newSubManager()) {
        NDList out = network.infer(tensor(scope, batch));
        copy(out.get(0), logits, done);
        copy(out.get(1), embeddings, done);
      }
      done += batch.count();
      progress.accept(done);
    }
    return new Outputs(logits, embeddings);
  }

  /** Of one batch. */
  static Outputs of(NDList out, int photos) {
    Outputs outputs = new Outputs(new float[photos][], new float[photos][]);
    copy(out.get(0), outputs.logits, 0);
    copy(out.get(1), outputs.embeddings, 0);
    return outputs;
  }

  static NDArray tensor(NDManager scope, Batch batch) {
    return scope.create(
        FloatBuffer.wrap(batch.pixels()), new Shape(batch.count(), 3, batch.size(), batch.size()));
  }

  private static void copy(NDArray array, float[][] rows, int from) {
    float[] flat = array.toFloatArray();
    int count = (int) array.getShape().get(0);
    int width = flat.length / count;
    for (int row = 0; row < count; row++) {
      rows[from + row] = java.util.Arrays.copyOfRange(flat, row * width, (row + 1) * width);
    }
  }
}
