package app.mushroom.vision.photo;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the JPEGs that cameras write faster than ImageIO does. Whatever is unusual or damaged is
 * left to ImageIO, which then decides about it.
 */
final class CameraJpeg {
  private static final int SMALLEST = 8;

  private final @Nullable TurboJpeg turbo;

  /**
   * @param turbo null to decode in Java
   */
  CameraJpeg(@Nullable TurboJpeg turbo) {
    this.turbo = turbo;
  }

  /**
   * @param outline whose size was found to be within the limits
   * @param minShortSide what the shorter side is not reduced below, in pixels
   * @return empty if ImageIO has to decode it
   */
  Optional<Pixels> decode(byte[] file, Outline outline, int minShortSide) {
    try {
      Optional<BaselineJpeg> headers =
          BaselineJpeg.read(file)
              .filter(found -> found.width() == outline.width())
              .filter(found -> found.height() == outline.height());
      if (headers.isEmpty()) {
        return Optional.empty();
      }
      BaselineJpeg jpeg = headers.get();
      Optional<Pixels> pixels = decode(file, jpeg, reduction(jpeg, minShortSide));
      pixels.ifPresent(jpeg::toSrgb);
      return pixels;
    } catch (PhotoRejectedException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private Optional<Pixels> decode(byte[] file, BaselineJpeg jpeg, int reduction) {
    if (turbo != null) {
      return turbo.decode(file, jpeg, reduction);
    }
    return reduction > 1 ? ReducedJpeg.decode(file, jpeg, reduction) : Optional.empty();
  }

  private static int reduction(BaselineJpeg jpeg, int minShortSide) {
    int reduction = SMALLEST;
    while (reduction > 1
        && Math.min(jpeg.reducedWidth(reduction), jpeg.reducedHeight(reduction)) < minShortSide) {
      reduction /= 2;
    }
    return reduction;
  }
}
