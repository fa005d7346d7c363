package app.mushroom.trainer.report;

import app.mushroom.vision.Heat;
import app.mushroom.vision.Preprocessing;
import java.awt.image.BufferedImage;

/**
 * Lays a class-activation map over a picture: grey and dark where nothing spoke for the label, from
 * purple over orange to pale yellow where more and more did. Lightness alone tells the same, for
 * those who see colours differently and for print.
 */
final class HeatOverlay {

  /** Dark to light, evenly spaced; after the map "inferno" of matplotlib (CC0). */
  private static final int[][] COLOURS = {
    {0, 0, 4}, {66, 10, 104}, {147, 38, 103}, {221, 81, 58}, {252, 165, 10}, {252, 255, 164}
  };

  private HeatOverlay() {}

  /**
   * @param planes of the picture: CHW, 0..255
   * @param strongest value that is shown brightest, above 0; one for all maps of a photo
   * @param preprocessing that cut the network's square out of the photo
   */
  static BufferedImage over(
      float[] planes,
      int width,
      int height,
      Heat heat,
      float strongest,
      Preprocessing preprocessing) {
    Heat.Laid laid = heat.over(width, height, preprocessing);
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int plane = width * height;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int at = y * width + x;
        double grey =
            0.299 * planes[at] + 0.587 * planes[plane + at] + 0.114 * planes[2 * plane + at];
        double value = laid.at(x, y);
        picture.setRGB(
            x, y, Double.isNaN(value) ? grey(0.35 * grey) : blend(grey, clamp(value / strongest)));
      }
    }
    return picture;
  }

  private static int blend(double grey, double heat) {
    double place = heat * (COLOURS.length - 1);
    int below = Math.min(COLOURS.length - 2, (int) place);
    double share = place - below;
    double opacity = 0.25 + 0.4 * heat;
    int rgb = 0;
    for (int channel = 0; channel < 3; channel++) {
      double colour = COLOURS[below][channel] * (1 - share) + COLOURS[below + 1][channel] * share;
      rgb = rgb << 8 | byteOf(grey * 0.85 * (1 - opacity) + colour * opacity);
    }
    return rgb;
  }

  private static int grey(double value) {
    int grey = byteOf(value);
    return grey << 16 | grey << 8 | grey;
  }

  private static double clamp(double heat) {
    return Math.max(0, Math.min(1, heat));
  }

  private static int byteOf(double value) {
    return (int) Math.max(0, Math.min(255, Math.round(value)));
  }
}
