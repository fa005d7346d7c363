package app.mushroom.trainer.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.mushroom.vision.photo.Photo;
import app.mushroom.vision.photo.PhotoFormat;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AugmentationTest {

  @Test
  void flipsLeftAndRightForReal() {
    float[] pixels = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    Augmentation.flip(pixels, 2);
    assertThat(pixels).containsExactly(2, 1, 4, 3, 6, 5, 8, 7, 10, 9, 12, 11);
  }

  @Test
  void showsTheFlippedPhotoAboutEveryOtherTime() {
    Augmentation plain = new Augmentation(1, 0, 0, 0);
    Photo photo = halves(64, 64);
    int brightLeft = 0;
    for (int seed = 0; seed < 200; seed++) {
      float[] view = plain.view(photo, 32, new SplittableRandom(seed));
      brightLeft += view[0] > view[31] ? 1 : 0;
    }
    assertThat(brightLeft).isBetween(70, 130);
  }

  @Test
  void worksOnPhotosOfOnePixelAndOnExtremeShapes() {
    Augmentation strong = new Augmentation(0.05, 0.5, 1, 1);
    for (int[] shape : new int[][] {{1, 1}, {1, 300}, {300, 1}, {17, 5}}) {
      for (int seed = 0; seed < 20; seed++) {
        float[] view = strong.view(halves(shape[0], shape[1]), 16, new SplittableRandom(seed));
        assertThat(view).hasSize(3 * 16 * 16);
        for (float value : view) {
          assertThat(value).isBetween(-0.01f, 255.01f);
        }
      }
    }
  }

  @Test
  void sameSeedGivesTheSameView() {
    Augmentation strong = new Augmentation(0.3, 0.3, 0.5, 0.5);
    assertThat(strong.view(halves(50, 40), 24, new SplittableRandom(5)))
        .isEqualTo(strong.view(halves(50, 40), 24, new SplittableRandom(5)))
        .isNotEqualTo(strong.view(halves(50, 40), 24, new SplittableRandom(6)));
  }

  @Test
  void mixedTargetsKeepTheirSumAndTheirOrder() {
    for (Mixing mixing : new Mixing[] {new Mixing(1, 0), new Mixing(0, 1)}) {
      float[][] pixels = {new float[3 * 16], new float[3 * 16]};
      java.util.Arrays.fill(pixels[1], 100);
      float[][] targets = {{1, 0}, {0, 1}};
      mixing.apply(pixels, targets, 4, new SplittableRandom(1));
      for (int row = 0; row < 2; row++) {
        assertThat(targets[row][0] + targets[row][1]).isCloseTo(1, within(1e-6f));
        assertThat(targets[row][row]).isGreaterThanOrEqualTo(0.5f);
      }
      double share = 0;
      for (float value : pixels[0]) {
        share += value / 100 / pixels[0].length;
      }
      assertThat((double) targets[0][1]).isCloseTo(share, within(1e-5));
    }
  }

  @Test
  void leavesABatchOfOneAlone() {
    float[][] pixels = {{1, 2, 3}};
    float[][] targets = {{1, 0}};
    new Mixing(1, 0).apply(pixels, targets, 1, new SplittableRandom(1));
    assertThat(pixels[0]).containsExactly(1, 2, 3);
    assertThat(targets[0]).containsExactly(1, 0);
  }

  @Test
  void showsRareLabelsMoreOftenTheMoreBalanceIsAsked() {
    int[] labels = new int[110];
    java.util.Arrays.fill(labels, 0, 10, 1); // 100 of label 0, 10 of label 1
    assertThat(rareShare(labels, 0)).isCloseTo(10 / 110.0, within(1e-9));
    assertThat(rareShare(labels, 0.5)).isCloseTo(0.24, within(0.02));
    assertThat(rareShare(labels, 1)).isCloseTo(0.5, within(0.03));
  }

  @Test
  void sameEpochGivesTheSameOrderAndAnotherEpochAnother() {
    Sampler sampler = new Sampler(new int[] {0, 1, 0, 1, 0}, 2, 0, 3);
    assertThat(sampler.epoch(4)).isEqualTo(sampler.epoch(4)).hasSize(5);
    assertThat(sampler.epoch(4)).isNotEqualTo(sampler.epoch(5));
  }

  private static double rareShare(int[] labels, double balance) {
    Sampler sampler = new Sampler(labels, 2, balance, 1);
    int rare = 0;
    int all = 0;
    for (int epoch = 0; epoch < 50; epoch++) {
      for (int photo : sampler.epoch(epoch)) {
        rare += labels[photo];
        all++;
      }
    }
    return (double) rare / all;
  }

  /** Bright on the left, dark on the right, noisy. */
  private static Photo halves(int width, int height) {
    byte[] rgb = new byte[3 * width * height];
    Random random = new Random(1);
    for (int i = 0; i < rgb.length; i++) {
      int x = i / 3 % width;
      rgb[i] = (byte) ((x < width / 2 ? 200 : 20) + random.nextInt(20));
    }
    return new Photo(width, height, rgb, PhotoFormat.JPEG, width, height);
  }
}
