package app.mushroom.api.classifier;

/**
 * The last feature map and the linear classifier on it.
 *
 * @param channels D, the size of the embedding
 * @param height of the map, in cells
 * @param width of the map, in cells
 * @param map D * height * width values, channel by channel
 * @param headWeight K * D values, label by label
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, compared by nobody
public record Activations(int channels, int height, int width, float[] map, float[] headWeight) {

  /**
   * The class-activation map of a label: how much each cell spoke for it.
   *
   * @param label its index in the logits
   * @return height * width values, row by row, unscaled
   */
  public float[] of(int label) {
    int cells = height * width;
    float[] sum = new float[cells];
    for (int d = 0; d < channels; d++) {
      float weight = headWeight[label * channels + d];
      for (int cell = 0; cell < cells; cell++) {
        sum[cell] += weight * map[d * cells + cell];
      }
    }
    return sum;
  }
}
