package app.mushroom.collector.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import app.mushroom.collector.TestPhotos;
import app.mushroom.collector.quality.PhotoCheck.Passed;
import app.mushroom.collector.quality.PhotoCheck.Reason;
import app.mushroom.collector.quality.PhotoCheck.Refused;
import app.mushroom.vision.photo.Photo;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhotoChecksTest {
  private final PhotoChecks checks = new PhotoChecks();

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 400", "400, 1", "199, 600", "600, 199"})
  void refusesSmallOnesAndSaysHowSmall(int width, int height) {
    assertThat(checks.check(Pictures.flat(width, height, 0)))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(Reason.TOO_SMALL);
              assertThat(refused.message())
                  .contains("at least 200 pixels", "found " + width + " x " + height);
            });
  }

  @ParameterizedTest
  @CsvSource({"601, 200", "200, 601"})
  void refusesNarrowOnes(int width, int height) {
    assertThat(refusal(Pictures.photo(Pictures.scene(1, width, height))))
        .isEqualTo(Reason.TOO_NARROW);
  }

  @ParameterizedTest
  @CsvSource({"200, 200", "600, 200", "200, 600"})
  void keepsOnesAtTheLimit(int width, int height) {
    assertThat(checks.check(Pictures.photo(Pictures.scene(1, width, height))))
        .isInstanceOf(Passed.class);
  }

  @Test
  void measuresTheFileAndNotWhatItWasReducedTo() {
    Photo small = Pictures.photo(Pictures.scene(1, 100, 80));
    Photo reduced = new Photo(100, 80, small.rgb(), small.format(), 400, 320);
    assertThat(checks.check(reduced)).isInstanceOf(Passed.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 128, 254, 255})
  void refusesPicturesOfOneTone(int level) {
    assertThat(refusal(Pictures.flat(300, 300, level))).isEqualTo(Reason.BLANK);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void refusesNoiseOnOneTone(int noise) {
    BufferedImage image = new BufferedImage(300, 240, BufferedImage.TYPE_INT_RGB);
    java.util.Random random = new java.util.Random(noise);
    for (int i = 0; i < 300 * 240; i++) {
      image.setRGB(i % 300, i / 300, 0x010101 * (120 + random.nextInt(2 * noise + 1)));
    }
    assertThat(refusal(Pictures.photo(image))).isEqualTo(Reason.BLANK);
  }

  @Test
  void refusesAWhitePageWithALineOfText() {
    BufferedImage page = new BufferedImage(600, 600, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = page.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, 600, 600);
    graphics.setColor(Color.BLACK);
    graphics.fillRect(200, 290, 200, 12);
    graphics.dispose();
    assertThat(checks.check(Pictures.photo(page)))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(Reason.BLANK);
              assertThat(refused.message()).contains("at most 98 % of one colour");
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void raisesNoFlagOverAScene(int seed) {
    assertThat(checks.check(Pictures.jpeg(Pictures.scene(seed, 400, 300))))
        .isEqualTo(new Passed(java.util.Set.of()));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void flagsDrawingsHoweverTheyAreStored(int seed) {
    BufferedImage drawing = Pictures.drawing(seed, 500, 400);
    assertThat(passed(Pictures.photo(drawing)).flags()).contains(ReviewFlag.DRAWING);
    assertThat(passed(Pictures.jpeg(drawing)).flags()).contains(ReviewFlag.DRAWING);
  }

  @ParameterizedTest
  @CsvSource({"2, 1, 0", "1, 2, 0", "2, 2, 0", "3, 1, 0", "4, 4, 0", "2, 2, 4", "3, 3, 6"})
  void flagsCollages(int columns, int rows, int gutter) {
    assertThat(passed(Pictures.jpeg(Pictures.collage(columns, rows, gutter))).flags())
        .containsExactly(ReviewFlag.COLLAGE);
  }

  @Test
  void aTrunkThatDoesNotReachTheEdgeIsNoSeam() {
    BufferedImage scene = Pictures.scene(3, 400, 300);
    Graphics2D graphics = scene.createGraphics();
    graphics.setColor(Color.BLACK);
    graphics.fillRect(200, 0, 40, 200);
    graphics.dispose();
    assertThat(passed(Pictures.photo(scene)).flags()).isEmpty();
  }

  @Test
  void refusesSettingsThatMeanNothing() {
    assertThatIllegalArgumentException().isThrownBy(() -> new PhotoChecks(0, 3));
    assertThatIllegalArgumentException().isThrownBy(() -> new PhotoChecks(1, 0.9));
    assertThatIllegalArgumentException().isThrownBy(() -> new PhotoChecks(1, Double.NaN));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 50", "50, 1", "2, 2"})
  void looksAtPicturesOfAnySize(int width, int height) {
    assertThat(new PhotoChecks(1, 1000).check(Pictures.flat(width, height, 9)))
        .isInstanceOf(Refused.class);
  }

  @Test
  void doesNotRefuseOtherTestsPictures() {
    assertThat(checks.check(Pictures.decoded(TestPhotos.jpeg(1, 300, 300))))
        .isInstanceOf(Passed.class);
  }

  private Reason refusal(Photo photo) {
    PhotoCheck check = checks.check(photo);
    assertThat(check).isInstanceOf(Refused.class);
    return ((Refused) check).reason();
  }

  private Passed passed(Photo photo) {
    PhotoCheck check = checks.check(photo);
    assertThat(check).isInstanceOf(Passed.class);
    return (Passed) check;
  }
}
