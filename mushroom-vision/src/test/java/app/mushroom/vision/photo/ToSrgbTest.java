package app.mushroom.vision.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mushroom.vision.TestData;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.color.ICC_ProfileRGB;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToSrgbTest {
  private static final int CURVE = 0x63757276;
  private static final int PARAMETRIC = 0x70617261;

  @Test
  void agreesWithJavaOnTheProfilesOfRealPhotos() throws Exception {
    List<ICC_Profile> profiles = new ArrayList<>();
    try (Stream<Path> photos = Files.list(TestData.folder("data/camera"))) {
      for (Path photo : photos.toList()) {
        ICC_Profile profile = BaselineJpeg.read(Files.readAllBytes(photo)).orElseThrow().profile();
        if (profile != null) {
          profiles.add(profile);
        }
      }
    }
    assertThat(profiles).hasSizeGreaterThan(5);
    for (ICC_Profile profile : profiles) {
      assertMatrixAgrees(profile);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 1.8, 2.2})
  void knowsPowers(double gamma) throws Exception {
    ByteBuffer curve = ByteBuffer.allocate(16);
    curve.putInt(CURVE).putInt(0).putInt(1).putShort((short) Math.round(256 * gamma));
    assertMatrixAgrees(withCurves(curve.array()));
  }

  @Test
  void knowsTheIdentity() throws Exception {
    assertMatrixAgrees(withCurves(ByteBuffer.allocate(12).putInt(CURVE).array()));
  }

  @Test
  void knowsTables() throws Exception {
    ByteBuffer curve = ByteBuffer.allocate(12 + 2 * 33 + 2);
    curve.putInt(CURVE).putInt(0).putInt(33);
    for (int i = 0; i < 33; i++) {
      curve.putShort((short) Math.round(65535 * Math.pow(i / 32.0, 2)));
    }
    assertMatrixAgrees(withCurves(curve.array()));
  }

  @ParameterizedTest
  @CsvSource({
    "0, '2.2'",
    "1, '2.2 0.9 0.1'",
    "2, '2.2 0.8 0.1 0.05'",
    "3, '2.4 0.94786729857 0.05213270143 0.07739938080 0.04045'",
    "4, '2.4 0.94 0.05 0.0774 0.045 0.003 0.001'"
  })
  void knowsAllKindsOfFormulas(int kind, String parameters) throws Exception {
    String[] numbers = parameters.split(" ");
    ByteBuffer curve = ByteBuffer.allocate(12 + 4 * numbers.length);
    curve.putInt(PARAMETRIC).putInt(0).putShort((short) kind).putShort((short) 0);
    for (String number : numbers) {
      curve.putInt((int) Math.round(65536 * Double.parseDouble(number)));
    }
    assertMatrixAgrees(withCurves(curve.array()));
  }

  /** Red and green change places in its table, which goes before its matrix. */
  @Test
  void leavesProfilesToJavaThatSayOtherThanTheirMatrix() throws Exception {
    ICC_Profile profile =
        ICC_Profile.getInstance(ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData());
    profile.setData(ICC_Profile.icSigAToB0Tag, swappingTable());
    ICC_Profile other = ICC_Profile.getInstance(profile.getData());
    Pixels byMatrix = colours();
    MatrixProfile.of((ICC_ProfileRGB) other).orElseThrow().toSrgb(byMatrix.rgb());
    assertThat(TurboJpegTest.mostDifferent(byMatrix.rgb(), byJava(other).rgb())).isGreaterThan(20);
    assertAgrees(other, 0);
  }

  /** ICC.1:2022, 10.10: lut16Type, two steps a channel, straight curves, into XYZ. */
  private static byte[] swappingTable() {
    ByteBuffer table = ByteBuffer.allocate(52 + 3 * 2 * 2 + 8 * 3 * 2 + 3 * 2 * 2);
    table.putInt(0x6d667432).putInt(0).put((byte) 3).put((byte) 3).put((byte) 2).put((byte) 0);
    for (int i = 0; i < 9; i++) {
      table.putInt(i % 4 == 0 ? 1 << 16 : 0);
    }
    table.putShort((short) 2).putShort((short) 2);
    for (int i = 0; i < 3; i++) {
      table.putShort((short) 0).putShort((short) 0xFFFF);
    }
    for (int colour = 0; colour < 8; colour++) {
      table.putShort((short) ((colour & 2) * 0x3000));
      table.putShort((short) ((colour >> 2) * 0x6000));
      table.putShort((short) ((colour & 1) * 0x5000));
    }
    for (int i = 0; i < 3; i++) {
      table.putShort((short) 0).putShort((short) 0xFFFF);
    }
    return table.array();
  }

  @Test
  void refusesProfilesForOtherThanRgb() {
    ICC_Profile grey = ICC_Profile.getInstance(ColorSpace.CS_GRAY);
    assertThatThrownBy(() -> ToSrgb.convert(grey, colours()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void assertMatrixAgrees(ICC_Profile profile) {
    assertThat(MatrixProfile.of((ICC_ProfileRGB) profile)).isPresent();
    Pixels found = colours();
    MatrixProfile.of((ICC_ProfileRGB) profile).orElseThrow().toSrgb(found.rgb());
    assertThat(TurboJpegTest.mostDifferent(found.rgb(), byJava(profile).rgb()))
        .isLessThanOrEqualTo(1);
    assertAgrees(profile, 1);
  }

  private static void assertAgrees(ICC_Profile profile, int most) {
    Pixels found = colours();
    ToSrgb.convert(profile, found);
    assertThat(TurboJpegTest.mostDifferent(found.rgb(), byJava(profile).rgb()))
        .isLessThanOrEqualTo(most);
  }

  private static ICC_Profile withCurves(byte[] curve) throws Exception {
    ICC_Profile profile =
        ICC_Profile.getInstance(ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData());
    profile.setData(ICC_Profile.icSigRedTRCTag, curve);
    profile.setData(ICC_Profile.icSigGreenTRCTag, curve);
    profile.setData(ICC_Profile.icSigBlueTRCTag, curve);
    return ICC_Profile.getInstance(profile.getData());
  }

  private static Pixels colours() {
    byte[] rgb = new byte[3 * 100 * 100];
    new Random(7).nextBytes(rgb);
    return new Pixels(100, 100, rgb);
  }

  private static Pixels byJava(ICC_Profile profile) {
    Pixels pixels = colours();
    WritableRaster raster =
        Raster.createInterleavedRaster(
            new DataBufferByte(pixels.rgb(), pixels.rgb().length),
            100,
            100,
            300,
            3,
            new int[] {0, 1, 2},
            null);
    ICC_Profile srgb = ICC_Profile.getInstance(ColorSpace.CS_sRGB);
    new ColorConvertOp(new ICC_Profile[] {profile, srgb}, null).filter(raster, raster);
    return pixels;
  }
}
