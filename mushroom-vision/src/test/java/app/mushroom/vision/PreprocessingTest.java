package app.mushroom.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import app.mushroom.vision.photo.Photo;
import app.mushroom.vision.photo.PhotoFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreprocessingTest {
  private static final float[] ZERO = {0, 0, 0};
  private static final float[] ONE = {1, 1, 1};

  /** Red rises from left to right, green from top to bottom, blue is constant. */
  private static Photo ramp(int width, int height) {
    byte[] rgb = new byte[3 * width * height];
    for (int i = 0; i < width * height; i++) {
      rgb[3 * i] = (byte) (255L * (i % width) / Math.max(1, width - 1));
      rgb[3 * i + 1] = (byte) (255L * (i / width) / Math.max(1, height - 1));
      rgb[3 * i + 2] = 51;
    }
    return new Photo(width, height, rgb, PhotoFormat.PNG, width, height);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1,500", "500,1", "16,16", "224,224", "236,236", "384,256", "256,384"})
  void givesATensorOfTheAskedSizeForEveryPhoto(int width, int height) {
    float[] tensor = Preprocessing.imagenet(224).toTensor(ramp(width, height));
    assertThat(tensor).hasSize(3 * 224 * 224);
    float blue = (51 / 255f - 0.406f) / 0.225f;
    for (int i = 2 * 224 * 224; i < tensor.length; i++) {
      assertThat(tensor[i]).isEqualTo(blue, within(1e-5f));
    }
  }

  @Test
  void leavesPixelsAsTheyAreWhenNothingIsToResize() {
    float[] tensor = new Preprocessing(8, 8, ZERO, ONE).toTensor(ramp(8, 8));
    for (int x = 0; x < 8; x++) {
      assertThat(tensor[x]).isEqualTo((255 * x / 7) / 255f, within(1e-6f));
    }
  }

  @Test
  void cutsTheCentreOutOfTheLongerSide() {
    float[] tensor = new Preprocessing(10, 10, ZERO, ONE).toTensor(ramp(40, 10));
    float centre = 0;
    for (int i = 0; i < 100; i++) {
      centre += tensor[i] / 100;
    }
    assertThat(centre).isEqualTo(0.5f, within(0.01f));
    assertThat(tensor[0]).isEqualTo(15 / 39f, within(0.01f));
    assertThat(tensor[9]).isEqualTo(24 / 39f, within(0.01f));
  }

  @Test
  void cutsTheBorderThatResizingLeaves() {
    float[] tensor = new Preprocessing(50, 100, ZERO, ONE).toTensor(ramp(100, 100));
    assertThat(tensor[0]).isEqualTo(25 / 99f, within(0.01f));
    assertThat(tensor[49]).isEqualTo(74 / 99f, within(0.01f));
  }

  @Test
  void normalisesEachChannelByItsOwnMeanAndStd() {
    Preprocessing preprocessing =
        new Preprocessing(1, 1, new float[] {0, 0.5f, 1}, new float[] {1, 0.5f, 0.25f});
    assertThat(preprocessing.normalise(new float[] {255, 255, 255}))
        .containsExactly(new float[] {1, 1, 0}, within(1e-6f));
  }

  @Test
  void keepsTheUsualProportionOfResizeAndCrop() {
    assertThat(Preprocessing.imagenet(224).resizeShortSide()).isEqualTo(236);
  }

  @Test
  void refusesImpossibleSettings() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Preprocessing(0, 10, ZERO, ONE));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Preprocessing(224, 223, ZERO, ONE))
        .withMessageContaining("resizeShortSide 223");
    assertThatIllegalArgumentException().isThrownBy(() -> new Preprocessing(8, 8, ZERO, ZERO));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Preprocessing(8, 8, new float[2], ONE));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Preprocessing(8, 8, new float[] {0, 0, Float.NaN}, ONE));
  }
}
