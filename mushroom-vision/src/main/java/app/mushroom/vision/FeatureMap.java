package app.mushroom.vision;

/**
 * The last feature map of one photo and the linear classifier on it: what class-activation maps are
 * made of (Zhou et al., "Learning Deep Features for Discriminative Localization", CVPR 2016).
 *
 * @param labels K
 * @param channels D, the size of the embedding
 * @param height of the map, in cells
 * @param width of the map, in cells
 * @param features D * height * width values, channel by channel
 * @param headWeight K * D values, label by label
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, compared by nobody
public record FeatureMap(
    int labels, int channels, int height, int width, float[] features, float[] headWeight) {

  /**
   * @throws IllegalArgumentException if the classifier does not stand on these channels, as where
   *     the embedding is more than the mean of the map
   */
  public FeatureMap {
    if (features.length != channels * height * width || headWeight.length != labels * channels) {
      throw new IllegalArgumentException(
          "Expected a feature map of %d * %d * %d values and a classifier of %d * %d, found %d and %d."
              .formatted(
                  channels, height, width, labels, channels, features.length, headWeight.length));
    }
  }

  /**
   * How much each cell spoke for a label.
   *
   * @param label its index in the logits
   */
  public Heat heat(int label) {
    int cells = height * width;
    float[] sum = new float[cells];
    for (int d = 0; d < channels; d++) {
      float weight = headWeight[label * channels + d];
      for (int cell = 0; cell < cells; cell++) {
        sum[cell] += weight * features[d * cells + cell];
      }
    }
    return new Heat(width, height, sum);
  }
}
