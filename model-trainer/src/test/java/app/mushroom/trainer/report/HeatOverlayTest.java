package app.mushroom.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.vision.Heat;
import app.mushroom.vision.Preprocessing;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class HeatOverlayTest {

  private static final Preprocessing WHOLE =
      new Preprocessing(10, 10, new float[] {0, 0, 0}, new float[] {1, 1, 1});

  @Test
  void isBrightestWhereTheMapIsHighest() {
    BufferedImage image = overlay(20, 20, new float[] {0, 0, 0, 1});
    assertThat(lightness(image, 19, 19)).isGreaterThan(lightness(image, 10, 10));
    assertThat(lightness(image, 10, 10)).isGreaterThan(lightness(image, 0, 0));
  }

  @Test
  void darkensWhatTheNetworkDidNotSee() {
    BufferedImage image = overlay(40, 20, new float[] {1, 1, 1, 1});
    assertThat(lightness(image, 9, 10)).isLessThan(lightness(image, 10, 10) / 2);
    assertThat(lightness(image, 30, 10)).isLessThan(lightness(image, 29, 10) / 2);
  }

  @Test
  void whatSpokeAgainstALabelIsNothing() {
    assertThat(overlay(20, 20, new float[] {-5, -5, -5, -5}).getRGB(3, 3))
        .isEqualTo(overlay(20, 20, new float[] {0, 0, 0, 0}).getRGB(3, 3));
  }

  private static BufferedImage overlay(int width, int height, float[] map) {
    float[] planes = new float[3 * width * height];
    Arrays.fill(planes, 120);
    return HeatOverlay.over(planes, width, height, new Heat(2, 2, map), 1, WHOLE);
  }

  private static int lightness(BufferedImage image, int x, int y) {
    int rgb = image.getRGB(x, y);
    return (rgb >> 16 & 255) + (rgb >> 8 & 255) + (rgb & 255);
  }
}
