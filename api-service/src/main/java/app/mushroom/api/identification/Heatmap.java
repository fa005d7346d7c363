package app.mushroom.api.identification;

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
   * @param map height * width values, row by row
   * @param preprocessing that cut the network's square out of the photo
   */
  static BufferedImage over(
      Photo photo, float[] map, int mapWidth, int mapHeight, Preprocessing preprocessing) {
    float[] unit = unit(map);
    double shrink = Math.min(1, (double) LONGEST_SIDE / Math.max(photo.width(), photo.height()));
    int width = Math.max(1, (int) Math.round(photo.width() * shrink));
    int height = Math.max(1, (int) Math.round(photo.height() * shrink));
    double side =
        (double) Math.min(width, height) * preprocessing.size() / preprocessing.resizeShortSide();
    double left = (width - side) / 2;
    double top = (height - side) / 2;
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double u = (x + 0.5 - left) / side;
        double v = (y + 0.5 - top) / side;
        boolean seen = u >= 0 && u < 1 && v >= 0 && v < 1;
        double heat = seen ? sample(unit, mapWidth, mapHeight, u, v) : 0;
        picture.setRGB(x, y, blend(pixel(photo, (x + 0.5) / width, (y + 0.5) / height), heat));
      }
    }
    return picture;
  }

  /** Negative values speak against the label and count as nothing; the rest is scaled to 0..1. */
  private static float[] unit(float[] map) {
    float largest = 0;
    for (float value : map) {
      largest = Math.max(largest, value);
    }
    float[] unit = new float[map.length];
    for (int i = 0; i < map.length && largest > 0; i++) {
      unit[i] = Math.max(0, map[i]) / largest;
    }
    return unit;
  }

  /** Bilinear, with the cells' values at their centres. */
  private static double sample(float[] map, int width, int height, double u, double v) {
    double x = Math.max(0, Math.min(width - 1, u * width - 0.5));
    double y = Math.max(0, Math.min(height - 1, v * height - 0.5));
    int x0 = (int) x;
    int y0 = (int) y;
    int x1 = Math.min(width - 1, x0 + 1);
    int y1 = Math.min(height - 1, y0 + 1);
    double upper = map[y0 * width + x0] * (1 - (x - x0)) + map[y0 * width + x1] * (x - x0);
    double lower = map[y1 * width + x0] * (1 - (x - x0)) + map[y1 * width + x1] * (x - x0);
    return upper * (1 - (y - y0)) + lower * (y - y0);
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
