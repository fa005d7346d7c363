package app.mushroom.trainer.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrivialAugmentTest {

  @Test
  void keepsPixelsInRangeAtEverySize() {
    for (int size : new int[] {1, 2, 3, 32}) {
      for (int seed = 0; seed < 300; seed++) {
        float[] pixels = noise(size, seed);
        TrivialAugment.apply(pixels, size, new SplittableRandom(seed));
        for (float value : pixels) {
          assertThat(value).isBetween(-0.01f, 255.01f);
        }
      }
    }
  }

  @Test
  void drawsEveryOperationAndSometimesChangesNothing() {
    Set<List<Float>> views = new HashSet<>();
    int unchanged = 0;
    for (int seed = 0; seed < 200; seed++) {
      float[] pixels = noise(8, 1);
      TrivialAugment.apply(pixels, 8, new SplittableRandom(seed));
      views.add(IntStream.range(0, pixels.length).mapToObj(i -> pixels[i]).toList());
      unchanged += java.util.Arrays.equals(pixels, noise(8, 1)) ? 1 : 0;
    }
    assertThat(views.size()).isGreaterThan(100);
    assertThat(unchanged).isBetween(5, 45);
  }

  @Test
  void leavesAnEvenPictureEvenWhereverItIsMoved() {
    for (int seed = 0; seed < 200; seed++) {
      float[] pixels = new float[3 * 12 * 12];
      java.util.Arrays.fill(pixels, 90);
      TrivialAugment.apply(pixels, 12, new SplittableRandom(seed));
      for (float value : pixels) {
        assertThat(value).isCloseTo(pixels[0], within(0.01f));
      }
    }
  }

  @Test
  void tonesAtFactorOneChangeNothingAndAtZeroTakeEverythingAway() {
    float[] pixels = noise(6, 3);
    float[] kept = pixels.clone();
    Tones.contrast(kept, 1);
    Tones.saturation(kept, 1);
    Tones.sharpness(kept, 6, 1);
    Tones.brightness(kept, 1);
    assertThat(kept).containsExactly(pixels, within(1e-3f));
    float[] grey = pixels.clone();
    Tones.saturation(grey, 0);
    for (int i = 0; i < 36; i++) {
      assertThat(grey[i]).isEqualTo(grey[36 + i]).isEqualTo(grey[72 + i]);
    }
    float[] flat = pixels.clone();
    Tones.contrast(flat, 0);
    assertThat(flat[5]).isCloseTo(flat[77], within(1e-3f));
  }

  @Test
  void autoContrastFillsTheRangeAndSparesFlatChannels() {
    float[] pixels = new float[3 * 4];
    for (int i = 0; i < 4; i++) {
      pixels[i] = 100 + i;
      pixels[4 + i] = 7;
      pixels[8 + i] = 255 * i / 3f;
    }
    Tones.autoContrast(pixels);
    assertThat(pixels)
        .containsExactly(new float[] {0, 85, 170, 255, 7, 7, 7, 7, 0, 85, 170, 255}, within(1e-3f));
  }

  private static float[] noise(int size, long seed) {
    Random random = new Random(seed);
    float[] pixels = new float[3 * size * size];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = 255 * random.nextFloat();
    }
    return pixels;
  }
}
