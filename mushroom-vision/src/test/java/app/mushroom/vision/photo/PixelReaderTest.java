package app.mushroom.vision.photo;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.vision.photo.Outline.Inks;
import java.awt.image.BufferedImage;
import java.util.Random;
import javax.imageio.ImageReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PixelReaderTest {

  /** Pictures are decoded R first; the reader's own way, B first, must give the very same. */
  @ParameterizedTest
  @CsvSource({"16,16", "17,31", "640,427"})
  void pixelsAreThoseOfTheReadersOwnPicture(int width, int height) throws Exception {
    byte[] jpeg = Pictures.encode(noise(width, height), "jpeg");
    ImageReader reader = ImageReaders.open(PhotoFormat.JPEG);
    reader.setInput(new FileInput(jpeg), true, true);
    BufferedImage own = reader.read(0);
    assertThat(own.getType()).isEqualTo(BufferedImage.TYPE_3BYTE_BGR);
    Pixels pixels = PixelReader.read(jpeg, PhotoFormat.JPEG, Inks.NONE, 1);
    assertThat(pixels.rgb()).isEqualTo(RgbRows.of(own).rgb());
    reader.dispose();
  }

  private static BufferedImage noise(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(1);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, random.nextInt(1 << 24));
      }
    }
    return image;
  }
}
