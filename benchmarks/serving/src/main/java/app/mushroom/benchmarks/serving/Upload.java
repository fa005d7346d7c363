package app.mushroom.benchmarks.serving;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A photograph as the body of a multipart request. Each sending is another file: a JPEG comment of
 * eight bytes differs, so that no cache of answers helps anyone.
 *
 * @param name of the file it came from
 * @param before request's body up to the comment's eight bytes
 * @param after the rest of the body
 */
@SuppressWarnings("ArrayRecordComponent") // sent, compared by nobody
record Upload(String name, byte[] before, byte[] after) {
  static final String BOUNDARY = "mushroom-benchmark-7f3a";
  private static final int COMMENT = 8;

  /**
   * @param jpeg whole file; the comment goes behind its application segments
   */
  static Upload of(String name, byte[] jpeg) {
    int at = 2;
    while ((jpeg[at] & 0xFF) == 0xFF && (jpeg[at + 1] & 0xF0) == 0xE0) {
      at += 2 + ((jpeg[at + 2] & 0xFF) << 8 | (jpeg[at + 3] & 0xFF));
    }
    byte[] head =
        ("--"
                + BOUNDARY
                + "\r\nContent-Disposition: form-data; name=\"images\"; filename=\"photo.jpg\"\r\n"
                + "Content-Type: image/jpeg\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    byte[] tail = ("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII);
    byte[] comment = {(byte) 0xFF, (byte) 0xFE, 0, COMMENT + 2};
    return new Upload(
        name,
        ByteBuffer.allocate(head.length + at + comment.length)
            .put(head)
            .put(jpeg, 0, at)
            .put(comment)
            .array(),
        ByteBuffer.allocate(jpeg.length - at + tail.length)
            .put(jpeg, at, jpeg.length - at)
            .put(tail)
            .array());
  }

  int length() {
    return before.length + COMMENT + after.length;
  }

  void write(OutputStream out, long number) throws IOException {
    out.write(before);
    out.write(ByteBuffer.allocate(COMMENT).putLong(number).array());
    out.write(after);
    out.flush();
  }
}
