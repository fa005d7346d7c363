package app.mushroom.vision.photo;

/**
 * What a file's headers say, read without decoding a pixel.
 *
 * @param width as stored, in pixels; claimed by the file and not yet trusted
 * @param height as stored, in pixels; claimed by the file and not yet trusted
 * @param orientation how to turn the stored pixels upright
 * @param inks whether the picture is made of printing inks, and how
 * @param heldPerPixel bytes a pixel of the whole picture that its reader holds, however little of
 *     it is wanted
 */
record Outline(long width, long height, Orientation orientation, Inks inks, int heldPerPixel) {
  /** Four-colour JPEG, for printing: four inks, stored inverted. */
  enum Inks {
    NONE,
    CMYK,
    YCCK
  }

  Outline(long width, long height, Orientation orientation) {
    this(width, height, orientation, Inks.NONE, 0);
  }
}
