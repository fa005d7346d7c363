package app.mushroom.collector.quality;

import app.mushroom.collector.quality.PhotoCheck.Passed;
import app.mushroom.collector.quality.PhotoCheck.Reason;
import app.mushroom.collector.quality.PhotoCheck.Refused;
import app.mushroom.vision.photo.Photo;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * Tells photographs that can teach from pictures that cannot: too small, too narrow or blank ones
 * are refused, drawings and collages are kept but flagged. The same pixels always give the same
 * answer. How often each of the thresholds is met by real photographs is in docs/collecting.md.
 */
public final class PhotoChecks {
  /** Networks see about 224 pixels; less than 200 in the original means made-up detail. */
  public static final int DEFAULT_MIN_SIDE = 200;

  /** Beyond this the centre square that a network sees is less than a third of the picture. */
  public static final double DEFAULT_MAX_ASPECT = 3;

  /** The flattest of 5,423 mushroom photographs has 8.1. */
  static final double MIN_DEVIATION = 5;

  /** The most that one of those photographs has is 0.80. */
  static final double MAX_ONE_TONE = 0.98;

  // These three together are met by 2 of those photographs and by 98 % of generated drawings.
  static final double DRAWING_FLAT = 0.5;
  static final int DRAWING_COLOURS = 24;
  static final double DRAWING_HARD = 0.2;

  /** Met by 23 of those photographs, 19 of them collages; the median has 1.1. */
  static final double COLLAGE_SEAM = 2.0;

  private final int minSide;
  private final double maxAspect;

  public PhotoChecks() {
    this(DEFAULT_MIN_SIDE, DEFAULT_MAX_ASPECT);
  }

  /**
   * @param minSide what the shorter side has to have, in pixels of the original file, at least 1
   * @param maxAspect how many times longer than the shorter side the longer may be, at least 1
   */
  public PhotoChecks(int minSide, double maxAspect) {
    if (minSide < 1 || !(maxAspect >= 1)) {
      throw new IllegalArgumentException(
          "Expected a shortest side of at least 1 pixel and an aspect ratio of at least 1, found "
              + minSide
              + " and "
              + maxAspect);
    }
    this.minSide = minSide;
    this.maxAspect = maxAspect;
  }

  /** Checks a photo; it may have been reduced while decoding, to no less than 256 pixels or so. */
  public PhotoCheck check(Photo photo) {
    int shorter = Math.min(photo.sourceWidth(), photo.sourceHeight());
    int longer = Math.max(photo.sourceWidth(), photo.sourceHeight());
    if (shorter < minSide) {
      return refused(
          Reason.TOO_SMALL,
          "Expected a shorter side of at least %d pixels, found %d x %d. Use the original instead"
              + " of a thumbnail.",
          minSide,
          photo.sourceWidth(),
          photo.sourceHeight());
    }
    if (longer > maxAspect * shorter) {
      return refused(
          Reason.TOO_NARROW,
          "Expected a longer side of at most %.1f times the shorter, found %d x %d. Cut out the"
              + " part with the mushroom.",
          maxAspect,
          photo.sourceWidth(),
          photo.sourceHeight());
    }
    return look(Thumbnail.of(photo));
  }

  private static PhotoCheck look(Thumbnail picture) {
    Tones tones = Tones.of(picture);
    if (tones.deviation() < MIN_DEVIATION || tones.oneTone() > MAX_ONE_TONE) {
      return refused(
          Reason.BLANK,
          "Expected brightness to vary by at least %.0f of 255 (standard deviation) and at most"
              + " %.0f %% of one colour, found %.1f and %.1f %%: there is nothing to see. Choose"
              + " another photo.",
          MIN_DEVIATION,
          100 * MAX_ONE_TONE,
          tones.deviation(),
          100 * tones.oneTone());
    }
    Set<ReviewFlag> flags = EnumSet.noneOf(ReviewFlag.class);
    if (tones.flat() >= DRAWING_FLAT
        && tones.colours() <= DRAWING_COLOURS
        && tones.hard() >= DRAWING_HARD) {
      flags.add(ReviewFlag.DRAWING);
    }
    if (Seams.strongest(picture) >= COLLAGE_SEAM) {
      flags.add(ReviewFlag.COLLAGE);
    }
    return new Passed(flags);
  }

  private static Refused refused(Reason reason, String message, Object... figures) {
    return new Refused(reason, String.format(Locale.ROOT, message, figures));
  }
}
