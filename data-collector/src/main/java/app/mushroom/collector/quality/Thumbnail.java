package app.mushroom.collector.quality;

import app.mushroom.vision.Resampling;
import app.mushroom.vision.photo.Photo;

/**
 * A photo shrunk until its longer side is at most {@link #LONGER_SIDE}, so that statistics mean the
 * same for pictures of all sizes and compression noise averages out. Never enlarged.
 *
 * @param planes red, green, blue, each width * height values in 0..255
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record Thumbnail(int width, int height, float[] planes) {
  static final int LONGER_SIDE = 256;

  static Thumbnail of(Photo photo) {
    double scale = Math.min(1, (double) LONGER_SIDE / Math.max(photo.width(), photo.height()));
    int width = Math.max(1, (int) Math.round(photo.width() * scale));
    int height = Math.max(1, (int) Math.round(photo.height() * scale));
    float[] planes = Resampling.crop(photo, 0, 0, photo.width(), photo.height(), width, height);
    return new Thumbnail(width, height, planes);
  }

  int pixels() {
    return width * height;
  }

  /** The largest difference in any channel between two pixels. */
  float difference(int one, int other) {
    float largest = 0;
    for (int i = 0; i < planes.length; i += pixels()) {
      largest = Math.max(largest, Math.abs(planes[i + one] - planes[i + other]));
    }
    return largest;
  }
}
