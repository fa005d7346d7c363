package app.mushroom.trainer.evaluation;

import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What a network answered for photos whose label is known.
 *
 * @param logits N rows of K
 * @param embeddings N rows of D
 * @param truth for each row its label index, {@link #NOT_MUSHROOM}, or {@link #UNKNOWN} for a
 *     mushroom whose label the network was never taught
 */
@SuppressWarnings("ArrayRecordComponent")
public record LabelledOutputs(float[][] logits, float[][] embeddings, int[] truth) {

  /** The truth of a photo of anything but a mushroom. */
  public static final int NOT_MUSHROOM = -1;

  /** The truth of a mushroom of another label than the network's; counts in no figure. */
  public static final int UNKNOWN = -2;

  public LabelledOutputs {
    if (logits.length != truth.length || embeddings.length != truth.length) {
      throw new IllegalArgumentException(
          "expected as many rows as labels, found "
              + logits.length
              + " logits, "
              + embeddings.length
              + " embeddings and "
              + truth.length
              + " labels");
    }
  }

  public int size() {
    return truth.length;
  }

  /** The rows that show a mushroom of one of the network's labels. */
  public LabelledOutputs mushrooms() {
    return rows(label -> label >= 0);
  }

  /** The rows that show anything but a mushroom. */
  public LabelledOutputs others() {
    return rows(label -> label == NOT_MUSHROOM);
  }

  private LabelledOutputs rows(IntPredicate which) {
    int[] rows = IntStream.range(0, truth.length).filter(row -> which.test(truth[row])).toArray();
    float[][] l = new float[rows.length][];
    float[][] e = new float[rows.length][];
    int[] t = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      l[i] = logits[rows[i]];
      e[i] = embeddings[rows[i]];
      t[i] = truth[rows[i]];
    }
    return new LabelledOutputs(l, e, t);
  }
}
