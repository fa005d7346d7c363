package app.mushroom.vision.photo;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The picture formats that are read, told apart by their first bytes and by nothing else. */
public enum PhotoFormat {
  JPEG,
  PNG,
  WEBP,
  GIF,
  BMP,
  TIFF;

  /** The format that the file's first bytes announce; empty when it is none of ours. */
  public static Optional<PhotoFormat> of(byte[] file) {
    if (startsWith(file, 0, 0xFF, 0xD8, 0xFF)) {
      return Optional.of(JPEG);
    }
    if (startsWith(file, 0, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n')) {
      return Optional.of(PNG);
    }
    if (startsWith(file, "RIFF", 0) && startsWith(file, "WEBP", 8)) {
      return Optional.of(WEBP);
    }
    if (startsWith(file, "GIF87a", 0) || startsWith(file, "GIF89a", 0)) {
      return Optional.of(GIF);
    }
    if (startsWith(file, 0, 'I', 'I', 42, 0) || startsWith(file, 0, 'M', 'M', 0, 42)) {
      return Optional.of(TIFF);
    }
    if (startsWith(file, "BM", 0)) {
      return Optional.of(BMP);
    }
    return Optional.empty();
  }

  static boolean startsWith(byte[] file, String ascii, int offset) {
    byte[] expected = ascii.getBytes(StandardCharsets.US_ASCII);
    if (file.length - offset < expected.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if (file[offset + i] != expected[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean startsWith(byte[] file, int offset, int... expected) {
    if (file.length - offset < expected.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if ((file[offset + i] & 0xFF) != expected[i]) {
        return false;
      }
    }
    return true;
  }
}
