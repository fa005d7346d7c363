package app.mushroom.collector;

import java.util.ArrayList;
import java.util.List;

/** The markers of a JPEG file up to the pixels, and what follows the end of the image. */
public record JpegSegments(List<Integer> markers, byte[] frame, int bytesAfterEnd) {
  public static final int APP0 = 0xE0;
  public static final int START_OF_BASELINE_FRAME = 0xC0;
  public static final int COMMENT = 0xFE;

  public static JpegSegments of(byte[] jpeg) {
    List<Integer> markers = new ArrayList<>();
    byte[] frame = new byte[0];
    int at = 2;
    while (true) {
      int marker = jpeg[at + 1] & 0xff;
      int length = (jpeg[at + 2] & 0xff) << 8 | jpeg[at + 3] & 0xff;
      markers.add(marker);
      if (marker == START_OF_BASELINE_FRAME) {
        frame = java.util.Arrays.copyOfRange(jpeg, at + 4, at + 2 + length);
      }
      if (marker == 0xDA) {
        break;
      }
      at += 2 + length;
    }
    while (!((jpeg[at] & 0xff) == 0xFF && (jpeg[at + 1] & 0xff) == 0xD9)) {
      at++;
    }
    return new JpegSegments(markers, frame, jpeg.length - at - 2);
  }
}
