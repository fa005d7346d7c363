package app.mushroom.vision.photo;

import java.util.concurrent.Semaphore;

/**
 * The memory that decoding may take. A few hundred kilobytes of file can ask for hundreds of
 * megabytes: readers hold a progressive JPEG's coefficients or a lossless WebP's pixels at full
 * size even where a small copy is wanted, partly outside the Java heap, where nothing else stops
 * them.
 */
final class DecodingMemory {
  private static final int MEGABYTE = 1 << 20;

  /** Photos of the usual kind are not counted, so that they never wait for others. */
  private static final long USUAL_BYTES = 16L * MEGABYTE;

  private final long bytesEach;
  private final int megabytesTogether;
  private final Semaphore left;

  /** What a photo was given, until it is decoded. */
  interface Claim extends AutoCloseable {
    @Override
    void close();
  }

  DecodingMemory(long bytesEach, long bytesTogether) {
    if (bytesEach < USUAL_BYTES || bytesTogether < bytesEach) {
      throw new IllegalArgumentException(
          "Expected a budget of at least "
              + USUAL_BYTES
              + " bytes a photo, and of no less for all together, found "
              + bytesEach
              + " and "
              + bytesTogether);
    }
    this.bytesEach = bytesEach;
    this.megabytesTogether = (int) Math.min(Integer.MAX_VALUE, bytesTogether / MEGABYTE);
    this.left = new Semaphore(megabytesTogether);
  }

  /**
   * Waits until others have left enough.
   *
   * @throws PhotoRejectedException OUT_OF_MEMORY if it is more than one photo may take
   */
  Claim claim(long bytes, PhotoFormat format) throws PhotoRejectedException {
    if (bytes > bytesEach) {
      throw Refusals.outOfMemory(format, null);
    }
    if (bytes <= USUAL_BYTES) {
      return () -> {};
    }
    int megabytes = (int) Math.min(megabytesTogether, bytes / MEGABYTE);
    left.acquireUninterruptibly(megabytes);
    return () -> left.release(megabytes);
  }

  /** What decoding takes at most, as far as the headers tell; other than pixels it takes little. */
  static long need(byte[] file, PhotoFormat format, Outline outline, int minShortSide) {
    long step = Math.max(1, Math.min(outline.width(), outline.height()) / minShortSide);
    if (format == PhotoFormat.JPEG) {
      step = Math.min(8, Long.highestOneBit(step)); // as far as they are reduced by frequencies
    }
    long kept = ((outline.width() + step - 1) / step) * ((outline.height() + step - 1) / step);
    int each = decoded(file, format) + (outline.orientation() == Orientation.UPRIGHT ? 0 : 3);
    return kept * each + outline.width() * outline.height() * outline.heldPerPixel();
  }

  /** Bytes a pixel of what the reader gives, and of the copy made from it. */
  private static int decoded(byte[] file, PhotoFormat format) {
    return switch (format) {
      case JPEG -> 4 + 3; // four for inks; and a copy where colours are converted by a profile
      case PNG -> 3 + samples(file[25]) * (file[24] == 16 ? 2 : 1);
      case GIF -> 3 + 1;
      case BMP, WEBP -> 3 + 4;
      case TIFF -> 3 + 8;
    };
  }

  /** Of a PNG's colour type. */
  private static int samples(int colourType) {
    return switch (colourType) {
      case 2 -> 3;
      case 4 -> 2;
      case 6 -> 4;
      default -> 1;
    };
  }
}
