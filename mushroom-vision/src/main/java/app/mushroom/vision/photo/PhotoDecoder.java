package app.mushroom.vision.photo;

import java.io.IOException;
import java.util.Optional;

/**
 * Decodes photos from anywhere: JPEG, PNG, WebP, GIF, BMP and TIFF, told apart by their first
 * bytes. Sizes are checked before a pixel is decoded, half a photo is refused, and every way in
 * which a file can break a reader ends in a {@link PhotoRejectedException}. Training and serving
 * both read photos with this class. Safe for use by many threads.
 */
public final class PhotoDecoder {
  /** Longest file that is read, in bytes. */
  public static final long MAX_BYTES = 20_000_000;

  /** Most pixels that a photo may have. */
  public static final long MAX_PIXELS = 50_000_000;

  /**
   * Most pixels where the only reader there is holds the whole picture, however little is wanted.
   */
  static final long MAX_PIXELS_AT_ONCE = 25_000_000;

  /** Shortest side that a photo may have, in pixels. */
  public static final int MIN_SIDE = 16;

  private static final Optional<TurboJpeg> TURBO = TurboJpeg.find();
  private static final CameraJpeg CAMERA_JPEG = new CameraJpeg(TURBO.orElse(null));

  private final DecodingMemory memory;

  /** Takes as much memory as there is, as one does who reads photos one by one. */
  public PhotoDecoder() {
    this(Long.MAX_VALUE, Long.MAX_VALUE);
  }

  /**
   * Keeps to a budget: a photo that would take more is refused, and one that would take more than
   * others have left waits for them.
   *
   * @param bytesEach for pixels, and for what readers hold beside them
   * @param bytesTogether for all photos that are decoded at the same time
   */
  public PhotoDecoder(long bytesEach, long bytesTogether) {
    this.memory = new DecodingMemory(bytesEach, bytesTogether);
  }

  /** Whether libjpeg-turbo was found on this machine, which halves the time of camera files. */
  public static boolean hasTurbo() {
    return TURBO.isPresent();
  }

  /** Decodes at full size. */
  public Photo decode(byte[] bytes) throws PhotoRejectedException {
    return decode(bytes, Integer.MAX_VALUE);
  }

  /**
   * Decodes a photo, reduced where that saves time and memory.
   *
   * @param minShortSide what the photo's shorter side is not reduced below, in pixels, at least 1
   */
  @SuppressWarnings("try") // the claim is held, not used
  public Photo decode(byte[] bytes, int minShortSide) throws PhotoRejectedException {
    if (minShortSide < 1) {
      throw new IllegalArgumentException(
          "Expected minShortSide of at least 1 pixel, found " + minShortSide);
    }
    requireSize(bytes);
    PhotoFormat format = PhotoFormat.of(bytes).orElseThrow(() -> Refusals.notOurs(bytes));
    try {
      Outline outline = Scanner.of(format).scan(bytes);
      requireDimensions(outline.width(), outline.height());
      try (DecodingMemory.Claim claim =
          memory.claim(DecodingMemory.need(bytes, format, outline, minShortSide), format)) {
        return decode(bytes, format, outline, minShortSide);
      }
    } catch (OutOfMemoryError e) {
      throw Refusals.outOfMemory(format, e);
    } catch (IOException
        | RuntimeException
        | StackOverflowError
        | InternalError
        | AssertionError e) {
      throw Refusals.corrupt(format, "its picture data cannot be decoded", e);
    }
  }

  private static Photo decode(byte[] bytes, PhotoFormat format, Outline outline, int minShortSide)
      throws IOException, PhotoRejectedException {
    Pixels upright = outline.orientation().apply(pixels(bytes, format, outline, minShortSide));
    boolean turned = outline.orientation().transposes();
    return new Photo(
        upright.width(),
        upright.height(),
        upright.rgb(),
        format,
        (int) (turned ? outline.height() : outline.width()),
        (int) (turned ? outline.width() : outline.height()));
  }

  private static Pixels pixels(byte[] bytes, PhotoFormat format, Outline outline, int minShortSide)
      throws IOException, PhotoRejectedException {
    if (format == PhotoFormat.JPEG) {
      Optional<Pixels> usual = CAMERA_JPEG.decode(bytes, outline, minShortSide);
      if (usual.isPresent()) {
        return usual.get();
      }
    }
    int step = (int) Math.max(1, Math.min(outline.width(), outline.height()) / minShortSide);
    return PixelReader.read(bytes, format, outline.inks(), step);
  }

  private static void requireSize(byte[] bytes) throws PhotoRejectedException {
    if (bytes.length == 0) {
      throw Refusals.empty();
    }
    if (bytes.length > MAX_BYTES) {
      throw Refusals.tooLarge(bytes.length);
    }
  }

  /**
   * @throws PhotoRejectedException TOO_SMALL or TOO_MANY_PIXELS
   */
  static void requireDimensions(long width, long height) throws PhotoRejectedException {
    requireDimensions(width, height, MAX_PIXELS);
  }

  static void requireDimensions(long width, long height, long limit) throws PhotoRejectedException {
    if (width < MIN_SIDE || height < MIN_SIDE) {
      throw Refusals.tooSmall(width, height);
    }
    if (width > limit / height) {
      throw Refusals.tooManyPixels(width, height, limit);
    }
  }
}
