package app.mushroom.vision.photo;

import static app.mushroom.vision.photo.ReducedJpegTest.outline;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import app.mushroom.vision.TestData;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TurboJpegTest {
  private static final CameraJpeg IN_JAVA = new CameraJpeg(null);

  private final Optional<TurboJpeg> found = TurboJpeg.find();
  private final CameraJpeg turbo = new CameraJpeg(found.orElse(null));

  @BeforeEach
  void needsTheLibrary() {
    if (System.getenv("CI") != null) {
      assertThat(found).as("libturbojpeg on this machine").isPresent();
    }
    assumeTrue(found.isPresent(), "No libturbojpeg on this machine; install it to run this test.");
  }

  @ParameterizedTest
  @CsvSource({"16,16", "17,31", "203,181", "1601,17"})
  void givesThePixelsOfImageIo(int width, int height) throws Exception {
    for (int type : new int[] {BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_BYTE_GRAY}) {
      byte[] jpeg = Pictures.encode(Pictures.scene(width, height, type), "jpeg");
      assertThat(turbo.decode(jpeg, outline(jpeg), Integer.MAX_VALUE).orElseThrow().rgb())
          .isEqualTo(imageIo(jpeg).rgb());
    }
  }

  @Test
  void givesThePixelsOfImageIoForRealPhotos() throws Exception {
    int decoded = 0;
    for (Path photo : realPhotos()) {
      byte[] jpeg = Files.readAllBytes(photo);
      Optional<Pixels> pixels = turbo.decode(jpeg, outline(jpeg), Integer.MAX_VALUE);
      if (pixels.isPresent()) {
        decoded++;
        boolean profile = BaselineJpeg.read(jpeg).orElseThrow().profile() != null;
        assertThat(mostDifferent(pixels.get().rgb(), imageIo(jpeg).rgb()))
            .as(photo + ", of which colours are only rounded otherwise")
            .isLessThanOrEqualTo(profile ? 1 : 0);
      }
    }
    assertThat(decoded).isGreaterThan(20);
  }

  @ParameterizedTest
  @CsvSource({"203,181,90", "203,181,45", "203,181,22", "16,16,8", "16,16,2", "1601,17,3"})
  void reducesAsTheJavaDecoderDoes(int width, int height, int minShortSide) throws Exception {
    for (int type : new int[] {BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_BYTE_GRAY}) {
      byte[] jpeg = Pictures.encode(Pictures.scene(width, height, type), "jpeg");
      assertAlike(
          jpeg,
          turbo.decode(jpeg, outline(jpeg), minShortSide).orElseThrow(),
          IN_JAVA.decode(jpeg, outline(jpeg), minShortSide).orElseThrow(),
          "made");
    }
  }

  @Test
  void reducesRealPhotosAsTheJavaDecoderDoes() throws Exception {
    int decoded = 0;
    for (Path photo : realPhotos()) {
      byte[] jpeg = Files.readAllBytes(photo);
      Optional<Pixels> inJava = IN_JAVA.decode(jpeg, outline(jpeg), 236);
      if (inJava.isPresent()) {
        decoded++;
        assertAlike(
            jpeg,
            turbo.decode(jpeg, outline(jpeg), 236).orElseThrow(),
            inJava.get(),
            photo.toString());
      }
    }
    assertThat(decoded).isGreaterThan(10);
  }

  @Test
  void leavesDamagedPhotosToImageIo() throws Exception {
    byte[] jpeg = Pictures.encode(Pictures.scene(160, 160, BufferedImage.TYPE_INT_RGB), "jpeg");
    byte[] gap = Arrays.copyOf(jpeg, jpeg.length * 3 / 4);
    gap[gap.length - 2] = (byte) 0xFF;
    gap[gap.length - 1] = (byte) 0xD9;
    assertThat(turbo.decode(gap, outline(gap), Integer.MAX_VALUE)).isEmpty();
    assertThat(turbo.decode(gap, outline(gap), 20)).isEmpty();
    assertThat(turbo.decode(Arrays.copyOf(jpeg, 300), outline(jpeg), 20)).isEmpty();
  }

  @Test
  void doesNotTakeAPictureOfAnotherSizeThanItsHeadersSay() throws Exception {
    byte[] jpeg = Pictures.encode(Pictures.scene(64, 48, BufferedImage.TYPE_INT_RGB), "jpeg");
    BaselineJpeg read = BaselineJpeg.read(jpeg).orElseThrow();
    BaselineJpeg larger =
        new BaselineJpeg(
            128, 96, read.components(), read.restartInterval(), read.scanAt(), read.profile());
    assertThat(found.orElseThrow().decode(jpeg, read, 1)).isPresent();
    assertThat(found.orElseThrow().decode(jpeg, larger, 1)).isEmpty();
  }

  /** Readers take either; only the first was held against the limits. */
  @Test
  void leavesPicturesWithTwoFramesToImageIo() throws Exception {
    byte[] jpeg = Pictures.encode(Pictures.scene(64, 48, BufferedImage.TYPE_BYTE_GRAY), "jpeg");
    int frame = 2;
    while (jpeg[frame + 1] != (byte) 0xC0) {
      frame += 2 + ((jpeg[frame + 2] & 0xFF) << 8 | jpeg[frame + 3] & 0xFF);
    }
    int length = 2 + ((jpeg[frame + 2] & 0xFF) << 8 | jpeg[frame + 3] & 0xFF);
    byte[] two = new byte[jpeg.length + length];
    System.arraycopy(jpeg, 0, two, 0, frame + length);
    System.arraycopy(jpeg, frame, two, frame + length, jpeg.length - frame);
    Arrays.fill(two, frame + length + 5, frame + length + 9, (byte) 0xFF);
    for (int minShortSide : new int[] {Integer.MAX_VALUE, 16, 1}) {
      assertThat(turbo.decode(two, outline(two), minShortSide)).isEmpty();
      assertThat(IN_JAVA.decode(two, outline(two), minShortSide)).isEmpty();
    }
  }

  @Test
  void leavesPicturesOfAnotherSizeThanWasCheckedToImageIo() throws Exception {
    byte[] jpeg = Pictures.encode(Pictures.scene(64, 48, BufferedImage.TYPE_INT_RGB), "jpeg");
    Outline other = new Outline(48, 64, Orientation.UPRIGHT);
    assertThat(turbo.decode(jpeg, other, 16)).isEmpty();
    assertThat(IN_JAVA.decode(jpeg, other, 16)).isEmpty();
  }

  private static void assertAlike(byte[] jpeg, Pixels turbo, Pixels java, String photo)
      throws Exception {
    assertThat(turbo.width()).as(photo).isEqualTo(java.width());
    assertThat(turbo.height()).as(photo).isEqualTo(java.height());
    assertThat(ReducedJpegTest.difference(jpeg, turbo))
        .as("mean difference of 255 from the average of the full picture, " + photo)
        .isLessThan(Math.max(2, 1.5 * ReducedJpegTest.difference(jpeg, java)));
  }

  static int mostDifferent(byte[] a, byte[] b) {
    assertThat(a).hasSameSizeAs(b);
    int most = 0;
    for (int i = 0; i < a.length; i++) {
      most = Math.max(most, Math.abs((a[i] & 0xFF) - (b[i] & 0xFF)));
    }
    return most;
  }

  private static Pixels imageIo(byte[] jpeg) throws Exception {
    return PixelReader.read(jpeg, PhotoFormat.JPEG, Outline.Inks.NONE, 1);
  }

  private static List<Path> realPhotos() throws Exception {
    List<Path> photos = new ArrayList<>();
    for (String folder : new String[] {"data/camera", "data/photos"}) {
      try (Stream<Path> files = Files.walk(TestData.folder(folder))) {
        files
            .filter(file -> file.toString().endsWith(".jpg"))
            .sorted()
            .limit(20)
            .forEach(photos::add);
      }
    }
    for (Corpus.Entry entry : Corpus.read().entries()) {
      if (entry.mustDecode() && PhotoFormat.of(entry.bytes()).orElseThrow() == PhotoFormat.JPEG) {
        photos.add(entry.path());
      }
    }
    return photos;
  }
}
