package app.mushroom.vision.photo;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.color.ICC_ProfileRGB;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * An RGB profile made of three tone curves and a matrix (ICC.1:2022, 8.3.3 and annex F.3), and the
 * way from its colours to sRGB: curves, one matrix, the curve of sRGB (IEC 61966-2-1), all curves
 * as tables.
 */
final class MatrixProfile {
  private static final int CURVE = 0x63757276;
  private static final int PARAMETRIC = 0x70617261;
  private static final float[][] FROM_PCS =
      inverse(((ICC_ProfileRGB) ICC_Profile.getInstance(ColorSpace.CS_sRGB)).getMatrix());

  /** Fine enough that near black, where sRGB is steepest, a step is less than half a level. */
  private static final int STEPS = 8192;

  private static final byte[] ENCODED = encoded();

  private final float[] red;
  private final float[] green;
  private final float[] blue;

  /** Scaled to {@link #STEPS}. */
  private final float[][] matrix;

  private MatrixProfile(float[] red, float[] green, float[] blue, float[][] matrix) {
    this.red = red;
    this.green = green;
    this.blue = blue;
    this.matrix = matrix;
  }

  /** Empty if one of its curves is of a kind that is not defined. */
  static Optional<MatrixProfile> of(ICC_ProfileRGB profile) {
    float[][] curves = new float[3][];
    int[] tags = {
      ICC_Profile.icSigRedTRCTag, ICC_Profile.icSigGreenTRCTag, ICC_Profile.icSigBlueTRCTag
    };
    for (int i = 0; i < 3; i++) {
      byte[] data = profile.getData(tags[i]);
      if (data == null || data.length < 12) {
        return Optional.empty();
      }
      ByteBuffer curve = ByteBuffer.wrap(data);
      int kind = curve.getInt(0);
      if (kind == CURVE) {
        curves[i] = sampled(curve);
      } else if (kind == PARAMETRIC && curve.getShort(8) >= 0 && curve.getShort(8) <= 4) {
        curves[i] = parametric(curve);
      } else {
        return Optional.empty();
      }
    }
    float[][] matrix = product(FROM_PCS, profile.getMatrix());
    return Optional.of(new MatrixProfile(curves[0], curves[1], curves[2], matrix));
  }

  /**
   * @param rgb samples, interleaved; converted in place
   */
  void toSrgb(byte[] rgb) {
    float rr = matrix[0][0];
    float rg = matrix[0][1];
    float rb = matrix[0][2];
    float gr = matrix[1][0];
    float gg = matrix[1][1];
    float gb = matrix[1][2];
    float br = matrix[2][0];
    float bg = matrix[2][1];
    float bb = matrix[2][2];
    for (int i = 0; i + 2 < rgb.length; i += 3) {
      float r = red[rgb[i] & 0xFF];
      float g = green[rgb[i + 1] & 0xFF];
      float b = blue[rgb[i + 2] & 0xFF];
      rgb[i] = ENCODED[step(rr * r + rg * g + rb * b)];
      rgb[i + 1] = ENCODED[step(gr * r + gg * g + gb * b)];
      rgb[i + 2] = ENCODED[step(br * r + bg * g + bb * b)];
    }
  }

  private static int step(float linear) {
    return Math.max(0, Math.min(STEPS, (int) (linear + 0.5f)));
  }

  /** 10.6: no entry for the identity, one for a power, more for a table. */
  private static float[] sampled(ByteBuffer curve) {
    int count = curve.getInt(8);
    float[] table = new float[256];
    for (int i = 0; i < 256; i++) {
      double x = i / 255.0;
      if (count == 0) {
        table[i] = (float) x;
      } else if (count == 1) {
        table[i] = (float) Math.pow(x, (curve.getShort(12) & 0xFFFF) / 256.0);
      } else {
        double at = x * (count - 1);
        int below = Math.min(count - 2, (int) at);
        double low = curve.getShort(12 + 2 * below) & 0xFFFF;
        double high = curve.getShort(14 + 2 * below) & 0xFFFF;
        table[i] = (float) ((low + (at - below) * (high - low)) / 65535);
      }
    }
    return table;
  }

  /** 10.18: a power, with an offset and a straight start in the higher kinds. */
  private static float[] parametric(ByteBuffer curve) {
    int kind = curve.getShort(8);
    int[] given = {1, 3, 4, 5, 7};
    double[] p = {1, 1, 0, 0, 0, 0, 0};
    for (int i = 0; i < given[kind]; i++) {
      p[i] = curve.getInt(12 + 4 * i) / 65536.0;
    }
    double offset = kind == 2 ? p[3] : p[5];
    double slope = kind == 2 ? 0 : p[3];
    double start = kind < 3 ? -p[2] / p[1] : p[4];
    double startOffset = kind == 2 ? p[3] : p[6];
    float[] table = new float[256];
    for (int i = 0; i < 256; i++) {
      double x = i / 255.0;
      table[i] =
          (float) (x >= start ? Math.pow(p[1] * x + p[2], p[0]) + offset : slope * x + startOffset);
    }
    return table;
  }

  private static byte[] encoded() {
    byte[] table = new byte[STEPS + 1];
    for (int i = 0; i <= STEPS; i++) {
      double x = (double) i / STEPS;
      double y = x <= 0.0031308 ? 12.92 * x : 1.055 * Math.pow(x, 1 / 2.4) - 0.055;
      table[i] = (byte) Math.round(255 * y);
    }
    return table;
  }

  private static float[][] product(float[][] a, float[][] b) {
    float[][] product = new float[3][3];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        product[i][j] = STEPS * (a[i][0] * b[0][j] + a[i][1] * b[1][j] + a[i][2] * b[2][j]);
      }
    }
    return product;
  }

  private static float[][] inverse(float[][] m) {
    float[][] inverse = new float[3][3];
    double determinant = 0;
    for (int i = 0; i < 3; i++) {
      determinant += m[0][i] * cofactor(m, 0, i);
    }
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        inverse[i][j] = (float) (cofactor(m, j, i) / determinant);
      }
    }
    return inverse;
  }

  private static double cofactor(float[][] m, int row, int column) {
    int a = (row + 1) % 3;
    int b = (row + 2) % 3;
    int c = (column + 1) % 3;
    int d = (column + 2) % 3;
    return (double) m[a][c] * m[b][d] - (double) m[a][d] * m[b][c];
  }
}
