package app.mushroom.api.identification;

import app.mushroom.vision.Heat;
import app.mushroom.vision.Preprocessing;
import app.mushroom.vision.photo.Photo;
import java.awt.image.BufferedImage;

/**
 * Lays a class-activation map over a photo: dark where the network found nothing, warm where it
 * did.
 */
final class Heatmap {
  /** Longer side of the picture, in pixels. */
  private static final int LONGEST_SIDE = 480;

  private static final double OPACITY = 0.55;

  private Heatmap() {}

  /**
   * @param heat scaled to its largest value; what spoke against the label counts as nothing
   * @param preprocessing that cut the network's square out of the photo
   */
  static BufferedImage over(Photo photo, Heat heat, Preprocessing preprocessing) {
    double shrink = Math.min(1, (double) LONGEST_SIDE / Math.max(photo.width(), photo.height()));
    int width = Math.max(1, (int) Math.round(photo.width() * shrink));
    int height = Math.max(1, (int) Math.round(photo.height() * shrink));
    Heat.Laid laid = heat.over(width, height, preprocessing);
    double largest = Math.max(Float.MIN_NORMAL, heat.largest());
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double at = laid.at(x, y);
        double share = Double.isNaN(at) ? 0 : Math.max(0, at / largest);
        picture.setRGB(x, y, blend(pixel(photo, (x + 0.5) / width, (y + 0.5) / height), share));
      }
    }
    return picture;
  }

  private static int pixel(Photo photo, double u, double v) {
    int x = Math.min(photo.width() - 1, (int) (u * photo.width()));
    int y = Math.min(photo.height() - 1, (int) (v * photo.height()));
    int at = 3 * (y * photo.width() + x);
    byte[] rgb = photo.rgb();
    return (rgb[at] & 0xFF) << 16 | (rgb[at + 1] & 0xFF) << 8 | (rgb[at + 2] & 0xFF);
  }

  /** From near black over red and orange to pale yellow; never green. */
  private static int blend(int rgb, double heat) {
    double red = Math.min(1, 2 * heat);
    double green = Math.max(0, 1.6 * heat - 0.6);
    double blue = Math.max(0, 3 * heat - 2.4);
    return mix(rgb >> 16 & 0xFF, red) << 16
        | mix(rgb >> 8 & 0xFF, green) << 8
        | mix(rgb & 0xFF, blue);
  }

  private static int mix(int photo, double heat) {
    return (int) Math.round(photo * (1 - OPACITY) + 255 * heat * OPACITY);
  }
}
