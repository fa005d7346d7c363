package app.mushroom.vision.photo;

import com.twelvemonkeys.imageio.color.ColorProfiles;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.color.ICC_ProfileRGB;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Turns the colours of an embedded profile into sRGB. Phones and cameras have few profiles, and
 * those are of the simple kind, for which {@link MatrixProfile} takes a third of the time; what it
 * makes of a profile is compared with what Java's colour management makes of it before it is used.
 */
final class ToSrgb {
  private static final int MOST_KEPT = 16;
  private static final int LARGEST_KEPT = 1 << 16;

  /** Colours a channel with which a profile is tried. */
  private static final int TRIED = 18;

  /** Of 255; both round. */
  private static final int ALIKE = 1;

  private static final ICC_Profile SRGB = ICC_Profile.getInstance(ColorSpace.CS_sRGB);

  /** By the bytes of the profile; empty for those that are left to Java. */
  private static final Map<ByteBuffer, Optional<MatrixProfile>> KNOWN = new ConcurrentHashMap<>();

  private ToSrgb() {}

  /**
   * Converts in place.
   *
   * @throws IllegalArgumentException if the profile is for something other than RGB
   */
  static void convert(ICC_Profile profile, Pixels pixels) {
    if (ColorProfiles.isCS_sRGB(profile)) {
      return;
    }
    if (profile.getColorSpaceType() != ColorSpace.TYPE_RGB) {
      throw new IllegalArgumentException("a colour profile for something other than RGB");
    }
    Optional<MatrixProfile> matrix = matrix(profile);
    if (matrix.isPresent()) {
      matrix.get().toSrgb(pixels.rgb());
    } else {
      byJava(profile, pixels);
    }
  }

  private static Optional<MatrixProfile> matrix(ICC_Profile profile) {
    ByteBuffer bytes = ByteBuffer.wrap(profile.getData());
    if (bytes.capacity() > LARGEST_KEPT) {
      return Optional.empty();
    }
    Optional<MatrixProfile> known = KNOWN.get(bytes);
    if (known == null) {
      known = tried(profile);
      if (KNOWN.size() >= MOST_KEPT) {
        KNOWN.clear();
      }
      KNOWN.put(bytes, known);
    }
    return known;
  }

  private static Optional<MatrixProfile> tried(ICC_Profile profile) {
    Optional<MatrixProfile> matrix =
        profile instanceof ICC_ProfileRGB rgb ? MatrixProfile.of(rgb) : Optional.empty();
    return matrix.filter(
        candidate -> {
          byte[] found = grid();
          candidate.toSrgb(found);
          Pixels expected = new Pixels(TRIED * TRIED, TRIED, grid());
          byJava(profile, expected);
          for (int i = 0; i < found.length; i++) {
            if (Math.abs((found[i] & 0xFF) - (expected.rgb()[i] & 0xFF)) > ALIKE) {
              return false;
            }
          }
          return true;
        });
  }

  private static byte[] grid() {
    byte[] rgb = new byte[3 * TRIED * TRIED * TRIED];
    for (int i = 0; i < rgb.length / 3; i++) {
      int step = 255 / (TRIED - 1);
      rgb[3 * i] = (byte) (step * (i % TRIED));
      rgb[3 * i + 1] = (byte) (step * (i / TRIED % TRIED));
      rgb[3 * i + 2] = (byte) (step * (i / TRIED / TRIED));
    }
    return rgb;
  }

  private static void byJava(ICC_Profile profile, Pixels pixels) {
    WritableRaster raster =
        Raster.createInterleavedRaster(
            new DataBufferByte(pixels.rgb(), pixels.rgb().length),
            pixels.width(),
            pixels.height(),
            3 * pixels.width(),
            3,
            new int[] {0, 1, 2},
            null);
    new ColorConvertOp(new ICC_Profile[] {profile, SRGB}, null).filter(raster, raster);
  }
}
