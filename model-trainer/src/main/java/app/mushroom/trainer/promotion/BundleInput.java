package app.mushroom.trainer.promotion;

import app.mushroom.storage.model.ImageInput;
import app.mushroom.vision.Preprocessing;
import java.util.List;

/** The preprocessing that a bundle's manifest asks for. */
final class BundleInput {

  private BundleInput() {}

  static Preprocessing preprocessing(ImageInput input) {
    return new Preprocessing(
        input.size(), input.resizeShortSide(), floats(input.mean()), floats(input.std()));
  }

  private static float[] floats(List<Double> values) {
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i).floatValue();
    }
    return floats;
  }
}
