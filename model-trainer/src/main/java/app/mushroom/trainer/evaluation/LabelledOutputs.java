package app.mushroom.trainer.evaluation;

/**
 * What a network answered for photos whose label is known.
 *
 * @param logits N rows of K
 * @param embeddings N rows of D
 * @param truth for each row its label index, or -1 for a photo of anything but a mushroom
 */
@SuppressWarnings("ArrayRecordComponent")
public record LabelledOutputs(float[][] logits, float[][] embeddings, int[] truth) {

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

  /** The rows that show a mushroom. */
  public LabelledOutputs mushrooms() {
    return rows(true);
  }

  /** The rows that show anything else. */
  public LabelledOutputs others() {
    return rows(false);
  }

  private LabelledOutputs rows(boolean mushrooms) {
    int[] rows =
        java.util.stream.IntStream.range(0, truth.length)
            .filter(row -> truth[row] >= 0 == mushrooms)
            .toArray();
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
