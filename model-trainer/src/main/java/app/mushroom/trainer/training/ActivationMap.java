package app.mushroom.trainer.training;

/**
 * The last feature map of one photo and the linear classifier on it: what class-activation maps are
 * made of (Zhou et al., "Learning Deep Features for Discriminative Localization", CVPR 2016).
 *
 * @param channels D, the size of the embedding
 * @param height of the map, in cells
 * @param width of the map, in cells
 * @param features D * height * width values, channel by channel
 * @param headWeight K * D values, label by label
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, compared by nobody
public record ActivationMap(
    int channels, int height, int width, float[] features, float[] headWeight) {

  /**
   * How much each cell spoke for a label.
   *
   * @param label its index in the logits
   * @return height * width values, row by row, unscaled; below 0 where a cell spoke against it
   */
  public float[] of(int label) {
    int cells = height * width;
    float[] sum = new float[cells];
    for (int d = 0; d < channels; d++) {
      float weight = headWeight[label * channels + d];
      for (int cell = 0; cell < cells; cell++) {
        sum[cell] += weight * features[d * cells + cell];
      }
    }
    return sum;
  }
}
