package app.mushroom.vision.photo;

/**
 * What a file's headers say, read without decoding a pixel.
 *
 * @param width as stored, in pixels; claimed by the file and not yet trusted
 * @param height as stored, in pixels; claimed by the file and not yet trusted
 * @param orientation how to turn the stored pixels upright
 */
record Outline(long width, long height, Orientation orientation) {}
