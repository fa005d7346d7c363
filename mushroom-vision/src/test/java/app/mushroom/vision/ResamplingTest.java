package app.mushroom.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import app.mushroom.vision.photo.Photo;
import app.mushroom.vision.photo.PhotoFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResamplingTest {
  /** What the fast one must agree with: every output pixel from every source pixel. */
  private static double[] slow(
      Photo photo, double x, double y, double width, double height, int outWidth, int outHeight) {
    double[] out = new double[3 * outWidth * outHeight];
    double scaleX = width / outWidth;
    double scaleY = height / outHeight;
    for (int oy = 0; oy < outHeight; oy++) {
      for (int ox = 0; ox < outWidth; ox++) {
        double[] sum = new double[3];
        double total = 0;
        for (int sy = 0; sy < photo.height(); sy++) {
          double weightY = triangle(sy + 0.5 - y - (oy + 0.5) * scaleY, Math.max(1, scaleY));
          for (int sx = 0; weightY > 0 && sx < photo.width(); sx++) {
            double weight =
                weightY * triangle(sx + 0.5 - x - (ox + 0.5) * scaleX, Math.max(1, scaleX));
            total += weight;
            for (int c = 0; c < 3; c++) {
              sum[c] += weight * (photo.rgb()[3 * (sy * photo.width() + sx) + c] & 0xFF);
            }
          }
        }
        for (int c = 0; c < 3; c++) {
          out[(c * outHeight + oy) * outWidth + ox] = sum[c] / total;
        }
      }
    }
    return out;
  }

  private static double triangle(double distance, double support) {
    return Math.max(0, 1 - Math.abs(distance) / support);
  }

  private static Photo noise(int width, int height) {
    byte[] rgb = new byte[3 * width * height];
    new Random(width * 31L + height).nextBytes(rgb);
    return new Photo(width, height, rgb, PhotoFormat.PNG, width, height);
  }

  @ParameterizedTest
  @CsvSource({
    "1,1, 0,0,1,1, 1,1",
    "1,1, 0,0,1,1, 5,7",
    "1,40, 0,0,1,40, 3,9",
    "40,1, 0,0,40,1, 9,3",
    "2,2, 0,0,2,2, 2,2",
    "8,8, 0,0,8,8, 8,8",
    "7,5, 0,0,7,5, 14,10",
    "31,17, 0,0,31,17, 10,10",
    "64,48, 8,0,48,48, 24,24",
    "64,48, 3.7,1.2,20.4,33.3, 12,12",
    "50,50, 49,49,1,1, 4,4",
    "50,50, 0,0,0.25,0.25, 3,3",
    "100,80, 0,0,100,80, 1,1",
    "90,30, 30.5,0.5,29,29, 28,28"
  })
  void agreesWithTheSlowWay(
      int width, int height, double x, double y, double w, double h, int outWidth, int outHeight) {
    Photo photo = noise(width, height);
    float[] fast = Resampling.crop(photo, x, y, w, h, outWidth, outHeight);
    double[] slow = slow(photo, x, y, w, h, outWidth, outHeight);
    assertThat(fast).hasSize(3 * outWidth * outHeight);
    for (int i = 0; i < fast.length; i++) {
      assertThat((double) fast[i]).as("value %d", i).isEqualTo(slow[i], within(1e-3));
    }
  }

  @Test
  void changesNothingAtTheSameSize() {
    Photo photo = noise(9, 6);
    float[] planes = Resampling.crop(photo, 0, 0, 9, 6, 9, 6);
    for (int i = 0; i < 54; i++) {
      for (int c = 0; c < 3; c++) {
        assertThat(planes[c * 54 + i]).isEqualTo(photo.rgb()[3 * i + c] & 0xFF);
      }
    }
  }

  @Test
  void givesTheSameFloatsEveryTime() {
    Photo photo = noise(300, 200);
    assertThat(Resampling.crop(photo, 10.3, 7, 180, 180, 64, 64))
        .isEqualTo(Resampling.crop(photo, 10.3, 7, 180, 180, 64, 64));
  }

  @ParameterizedTest
  @CsvSource({
    "-1,0,5,5",
    "0,0,11,5",
    "0,6,5,5",
    "0,0,0,5",
    "0,0,5,NaN",
    "NaN,0,5,5",
    "0,0,Infinity,5"
  })
  void refusesRectanglesOutsideThePhoto(double x, double y, double w, double h) {
    Photo photo = noise(10, 10);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Resampling.crop(photo, x, y, w, h, 4, 4))
        .withMessageContaining("rectangle inside 0..10");
  }

  @Test
  void refusesAnEmptyOutput() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Resampling.crop(noise(4, 4), 0, 0, 4, 4, 0, 4));
  }
}
