package app.mushroom.vision.photo;

/** Rows of R, G, B bytes. */
@SuppressWarnings("ArrayRecordComponent") // handed on, not compared
record Pixels(int width, int height, byte[] rgb) {}
