package app.mushroom.vision;

/**
 * How much each cell of what the network saw spoke for a label.
 *
 * @param columns of cells
 * @param rows of cells
 * @param cells row by row, unscaled; below 0 where a cell spoke against the label
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, compared by nobody
public record Heat(int columns, int rows, float[] cells) {

  /** The value of the cell that spoke most for the label, at least 0. */
  public float largest() {
    float largest = 0;
    for (float cell : cells) {
      largest = Math.max(largest, cell);
    }
    return largest;
  }

  /**
   * Lays the cells over a picture of the whole photo, where the network's square was cut from it.
   *
   * @param width of the picture, in pixels
   * @param height of the picture, in pixels
   */
  public Laid over(int width, int height, Preprocessing preprocessing) {
    double side =
        (double) Math.min(width, height) * preprocessing.size() / preprocessing.resizeShortSide();
    return new Laid(this, (width - side) / 2, (height - side) / 2, side);
  }

  /**
   * Cells over a picture.
   *
   * @param left edge of the square that the network saw, in pixels
   * @param top edge of it
   * @param side of it
   */
  public record Laid(Heat heat, double left, double top, double side) {

    /**
     * The value at the middle of a pixel, bilinear between the middles of cells.
     *
     * @return NaN where the network did not look
     */
    public double at(int x, int y) {
      double u = (x + 0.5 - left) / side;
      double v = (y + 0.5 - top) / side;
      return u >= 0 && u < 1 && v >= 0 && v < 1 ? heat.sample(u, v) : Double.NaN;
    }
  }

  private double sample(double u, double v) {
    double x = Math.max(0, Math.min(columns - 1, u * columns - 0.5));
    double y = Math.max(0, Math.min(rows - 1, v * rows - 0.5));
    int x0 = (int) x;
    int y0 = (int) y;
    int x1 = Math.min(columns - 1, x0 + 1);
    int y1 = Math.min(rows - 1, y0 + 1);
    double upper = cells[y0 * columns + x0] * (1 - (x - x0)) + cells[y0 * columns + x1] * (x - x0);
    double lower = cells[y1 * columns + x0] * (1 - (x - x0)) + cells[y1 * columns + x1] * (x - x0);
    return upper * (1 - (y - y0)) + lower * (y - y0);
  }
}
