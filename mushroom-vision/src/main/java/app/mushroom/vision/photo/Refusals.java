package app.mushroom.vision.photo;

import app.mushroom.vision.photo.PhotoRejectedException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The sentences in which files are refused: what was expected, what was found, what to do. */
final class Refusals {
  private static final String OURS = "a JPEG, PNG, WebP, GIF, BMP or TIFF photo";

  /**
   * What a file's first bytes (from the given offset) give away about formats that are not read.
   */
  private static final Map<String, String> OTHERS =
      Map.ofEntries(
          Map.entry("4:ftypheic", "HEIC"),
          Map.entry("4:ftypheix", "HEIC"),
          Map.entry("4:ftyphevc", "HEIC"),
          Map.entry("4:ftypmif1", "HEIF"),
          Map.entry("4:ftypmsf1", "HEIF"),
          Map.entry("4:ftypavif", "AVIF"),
          Map.entry("4:ftypavis", "AVIF"),
          Map.entry("4:JXL ", "JPEG XL"),
          Map.entry("0:\u00ff\n", "JPEG XL"),
          Map.entry("4:jP  ", "JPEG 2000"),
          Map.entry("0:II+\0", "BigTIFF"),
          Map.entry("0:MM\0+", "BigTIFF"),
          Map.entry("0:8BPS", "Photoshop"),
          Map.entry("0:qoif", "QOI"),
          Map.entry("0:icns", "ICNS"),
          Map.entry("0:\0\0\1\0", "ICO"),
          Map.entry("0:P5\n", "PNM"),
          Map.entry("0:P6\n", "PNM"),
          Map.entry("0:DDS ", "DDS"));

  private Refusals() {}

  static PhotoRejectedException empty() {
    return new PhotoRejectedException(
        Reason.EMPTY, "Expected " + OURS + ", found an empty file. Choose the photo again.");
  }

  static PhotoRejectedException tooLarge(long bytes) {
    return new PhotoRejectedException(
        Reason.TOO_LARGE,
        String.format(
            Locale.ROOT,
            "Expected a file of at most %.0f MB, found %.1f MB. Send a smaller copy of the photo.",
            PhotoDecoder.MAX_BYTES / 1e6,
            bytes / 1e6));
  }

  static PhotoRejectedException tooManyPixels(long width, long height, long limit) {
    return new PhotoRejectedException(
        Reason.TOO_MANY_PIXELS,
        String.format(
            Locale.ROOT,
            "Expected at most %d megapixels, found a picture of %d x %d pixels. Send a smaller copy"
                + " of the photo.",
            limit / 1_000_000,
            width,
            height));
  }

  static PhotoRejectedException tooSmall(long width, long height) {
    return new PhotoRejectedException(
        Reason.TOO_SMALL,
        String.format(
            Locale.ROOT,
            "Expected a photo of at least %d x %d pixels, found %d x %d. Send the original photo"
                + " instead of a thumbnail.",
            PhotoDecoder.MIN_SIDE,
            PhotoDecoder.MIN_SIDE,
            width,
            height));
  }

  /** None of our formats: says so, and which other picture format it is when that shows. */
  static PhotoRejectedException notOurs(byte[] file) {
    for (Map.Entry<String, String> other : OTHERS.entrySet()) {
      int offset = other.getKey().charAt(0) - '0';
      if (startsWith(file, other.getKey().substring(2), offset)) {
        return unsupported("picture in the " + other.getValue() + " format");
      }
    }
    return new PhotoRejectedException(
        Reason.NOT_AN_IMAGE,
        "Expected " + OURS + ", found a file that is no picture. Choose the photo itself.");
  }

  static PhotoRejectedException unsupported(String found) {
    return new PhotoRejectedException(
        Reason.UNSUPPORTED_FORMAT,
        "Expected "
            + OURS
            + ", found a "
            + found
            + ", which cannot be read here. Save or export the"
            + " photo as JPEG and send that.");
  }

  static PhotoRejectedException truncated(PhotoFormat format) {
    return new PhotoRejectedException(
        Reason.TRUNCATED,
        "Expected a whole "
            + format
            + " file, found one whose end is missing: the upload or a copy"
            + " probably broke off. Send the photo again.");
  }

  static PhotoRejectedException corrupt(PhotoFormat format, String found) {
    return corrupt(format, found, null);
  }

  static PhotoRejectedException corrupt(
      PhotoFormat format, String found, @Nullable Throwable cause) {
    return new PhotoRejectedException(
        Reason.CORRUPT,
        "Expected a readable "
            + format
            + " photo, found a damaged file ("
            + found
            + "). Send the original photo, or another one.",
        cause);
  }

  static PhotoRejectedException outOfMemory(PhotoFormat format, @Nullable OutOfMemoryError cause) {
    return new PhotoRejectedException(
        Reason.OUT_OF_MEMORY,
        "Reading this "
            + format
            + " photo takes more memory than there is. Send a smaller copy of"
            + " the photo.",
        cause);
  }

  private static boolean startsWith(byte[] file, String latin1, int offset) {
    byte[] expected = latin1.getBytes(StandardCharsets.ISO_8859_1);
    for (int i = 0; i < expected.length; i++) {
      if (offset + i >= file.length || file[offset + i] != expected[i]) {
        return false;
      }
    }
    return true;
  }
}
