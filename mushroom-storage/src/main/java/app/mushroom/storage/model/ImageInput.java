package app.mushroom.storage.model;

import java.util.List;

/**
 * What a network wants to see.
 *
 * @param size side of the square it takes, in pixels
 * @param resizeShortSide short side after the resize before the crop, in pixels
 * @param mean per channel, of values in [0, 1]
 * @param std per channel, of values in [0, 1]
 */
public record ImageInput(int size, int resizeShortSide, List<Double> mean, List<Double> std) {
  public ImageInput {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
  }
}
