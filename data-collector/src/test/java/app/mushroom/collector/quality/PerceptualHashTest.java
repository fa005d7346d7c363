package app.mushroom.collector.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.awt.image.RescaleOp;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PerceptualHashTest {
  private final BufferedImage scene = Pictures.scene(1, 400, 300);
  private final PerceptualHash hash = hash(scene);

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 500", "500, 1", "2, 2", "31, 33", "400, 300"})
  void hasNoHashForAFlatPictureOfAnySize(int width, int height) {
    for (int level : new int[] {0, 127, 255}) {
      assertThat(PerceptualHash.of(Pictures.flat(width, height, level))).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"16, 16", "16, 400", "31, 33"})
  void hashesSmallAndNarrowPictures(int width, int height) {
    BufferedImage small = Pictures.scene(1, width, height);
    assertThat(hash(small)).isEqualTo(hash(small));
    assertThat(hash(small).distance(hash(Pictures.mirrored(small)).mirrored()))
        .isLessThanOrEqualTo(2);
  }

  @Test
  void staysNearlyTheSameWhenEncodedAgain() {
    assertThat(distance(PerceptualHash.of(Pictures.jpeg(scene)).orElseThrow()))
        .isLessThanOrEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({"200, 150", "800, 600", "100, 75"})
  void staysNearlyTheSameWhenScaled(int width, int height) {
    assertThat(distance(hash(Pictures.scaled(scene, width, height)))).isLessThanOrEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(floats = {0.7f, 0.9f, 1.1f})
  void staysNearlyTheSameWhenBrightened(float factor) {
    assertThat(distance(hash(new RescaleOp(factor, 0, null).filter(scene, null))))
        .isLessThanOrEqualTo(6);
  }

  @Test
  void staysNearWhenAnEdgeIsCutOff() {
    assertThat(distance(hash(scene.getSubimage(8, 6, 392, 294))))
        .isLessThanOrEqualTo(NearDuplicates.DEFAULT_RADIUS);
  }

  @Test
  void knowsTheHashOfTheMirrorImage() {
    PerceptualHash mirrored = hash(Pictures.mirrored(scene));
    assertThat(mirrored.distance(hash.mirrored())).isLessThanOrEqualTo(1);
    assertThat(mirrored.distance(hash)).isGreaterThan(16);
    assertThat(hash.mirrored().mirrored()).isEqualTo(hash);
  }

  @Test
  void isFarFromAnyOtherPicture() {
    Set<Long> bits = new HashSet<>();
    for (int seed = 2; seed < 40; seed++) {
      PerceptualHash other = hash(Pictures.scene(seed, 400, 300));
      assertThat(distance(other)).isGreaterThan(12);
      bits.add(other.bits());
    }
    assertThat(bits).hasSize(38);
  }

  @Test
  void everyBitDependsOnThePicture() {
    long ever = 0;
    long always = -1;
    for (int seed = 0; seed < 60; seed++) {
      long bits = hash(Pictures.scene(seed, 64, 48)).bits();
      ever |= bits;
      always &= bits;
    }
    assertThat(ever).isEqualTo(-1);
    assertThat(always).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 1, Long.MIN_VALUE, 0x0123456789abcdefL})
  void isWrittenAndReadAsHexadecimal(long bits) {
    PerceptualHash written = new PerceptualHash(bits);
    assertThat(written.toString()).hasSize(16);
    assertThat(PerceptualHash.parse(written.toString())).isEqualTo(written);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "+123456789abcdef", "0123456789ABCDEF", "00123456789abcdef"})
  void readsNothingElse(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PerceptualHash.parse(text))
        .withMessageContaining("16 hexadecimal digits");
  }

  private int distance(PerceptualHash other) {
    return hash.distance(other);
  }

  private static PerceptualHash hash(BufferedImage image) {
    return PerceptualHash.of(Pictures.photo(image)).orElseThrow();
  }
}
