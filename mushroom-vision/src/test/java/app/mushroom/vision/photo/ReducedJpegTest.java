package app.mushroom.vision.photo;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.vision.TestData;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReducedJpegTest {
  private static final CameraJpeg IN_JAVA = new CameraJpeg(null);

  @ParameterizedTest
  @CsvSource({"203,181,90", "203,181,45", "203,181,22", "16,16,8", "16,16,2", "1601,17,3"})
  void agreesWithTheAverageOfTheFullPicture(int width, int height, int minShortSide)
      throws Exception {
    for (int type : new int[] {BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_BYTE_GRAY}) {
      byte[] jpeg = Pictures.encode(Pictures.scene(width, height, type), "jpeg");
      Pixels reduced = IN_JAVA.decode(jpeg, outline(jpeg), minShortSide).orElseThrow();
      assertThat(Math.min(reduced.width(), reduced.height())).isGreaterThanOrEqualTo(minShortSide);
      assertThat(difference(jpeg, reduced)).isLessThan(4);
    }
  }

  @Test
  void leavesPhotosThatNeedNoReductionToImageIo() throws Exception {
    byte[] jpeg = Pictures.encode(Pictures.scene(100, 80, BufferedImage.TYPE_INT_RGB), "jpeg");
    assertThat(IN_JAVA.decode(jpeg, outline(jpeg), 41)).isEmpty();
    assertThat(IN_JAVA.decode(jpeg, outline(jpeg), 40)).isPresent();
  }

  @Test
  void givesUpOnScansThatEndEarly() throws Exception {
    byte[] jpeg = Pictures.encode(Pictures.scene(160, 160, BufferedImage.TYPE_INT_RGB), "jpeg");
    byte[] gap = Arrays.copyOf(jpeg, jpeg.length * 3 / 4);
    gap[gap.length - 2] = (byte) 0xFF;
    gap[gap.length - 1] = (byte) 0xD9;
    assertThat(IN_JAVA.decode(gap, outline(gap), 20)).isEmpty();
  }

  @Test
  void agreesOnRealPhotos() throws Exception {
    List<Path> photos = new ArrayList<>();
    try (Stream<Path> camera = Files.list(TestData.folder("data/camera"))) {
      camera.sorted().limit(4).forEach(photos::add);
    }
    int reductions = 0;
    for (Corpus.Entry entry : Corpus.read().entries()) {
      if (entry.mustDecode() && PhotoFormat.of(entry.bytes()).orElseThrow() == PhotoFormat.JPEG) {
        photos.add(entry.path());
      }
    }
    for (Path photo : photos) {
      byte[] jpeg = Files.readAllBytes(photo);
      for (int minShortSide : new int[] {16, 236}) {
        var reduced = IN_JAVA.decode(jpeg, outline(jpeg), minShortSide);
        if (reduced.isPresent()) {
          assertThat(difference(jpeg, reduced.get())).as(photo + "").isLessThan(7);
          reductions++;
        }
      }
    }
    assertThat(reductions).isGreaterThan(20);
  }

  static Outline outline(byte[] jpeg) throws PhotoRejectedException {
    return Scanner.of(PhotoFormat.JPEG).scan(jpeg);
  }

  /**
   * Mean difference, of 255, from the full picture with each square of pixels averaged. The lowest
   * frequencies are sharper than that average, so detailed photos differ by some.
   */
  static double difference(byte[] jpeg, Pixels reduced) throws IOException, PhotoRejectedException {
    Pixels full = PixelReader.read(jpeg, PhotoFormat.JPEG, Outline.Inks.NONE, 1);
    int step = 8;
    while ((full.width() + step - 1) / step != reduced.width()) {
      step /= 2;
    }
    double sum = 0;
    for (int y = 0; y < reduced.height(); y++) {
      for (int x = 0; x < reduced.width(); x++) {
        for (int c = 0; c < 3; c++) {
          double mean = 0;
          int pixels = 0;
          for (int sy = y * step; sy < Math.min(full.height(), (y + 1) * step); sy++) {
            for (int sx = x * step; sx < Math.min(full.width(), (x + 1) * step); sx++) {
              mean += full.rgb()[3 * (sy * full.width() + sx) + c] & 0xFF;
              pixels++;
            }
          }
          int found = reduced.rgb()[3 * (y * reduced.width() + x) + c] & 0xFF;
          sum += Math.abs(mean / pixels - found);
        }
      }
    }
    return sum / reduced.rgb().length;
  }
}
