package app.mushroom.vision.decision;

import org.jspecify.annotations.Nullable;

/**
 * When and roughly where a find was made, as far as someone told.
 *
 * @param month of the calendar, 1 to 12
 * @param cell coarse place
 */
public record Circumstances(@Nullable Integer month, @Nullable Cell cell) {
  /** Nothing is known. */
  public static final Circumstances UNKNOWN = new Circumstances(null, null);

  private static final int MONTHS = 12;
  private static final int HALF_A_YEAR = 6;

  public Circumstances {
    if (month != null && (month < 1 || month > MONTHS)) {
      throw new IllegalArgumentException("expected a month in 1..12, found " + month);
    }
  }

  /** Nobody goes by these in a log. */
  @Override
  public String toString() {
    return "Circumstances[not shown]";
  }

  /**
   * The month of the northern hemisphere in which it is the same season.
   *
   * @param month of the calendar, 1 to 12
   */
  public static int season(int month, boolean southern) {
    return southern ? (month - 1 + HALF_A_YEAR) % MONTHS + 1 : month;
  }
}
