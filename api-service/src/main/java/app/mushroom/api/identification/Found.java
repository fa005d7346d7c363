package app.mushroom.api.identification;

import app.mushroom.vision.decision.Cell;
import app.mushroom.vision.decision.Circumstances;
import java.time.DateTimeException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Reads when and where a find was made. What leaves here is the month and a field of 5 by 5
 * degrees: the day and the spot are forgotten at once, and no message repeats them.
 */
final class Found {
  private Found() {}

  /**
   * @param latitude degrees north, -90..90; with longitude or not at all
   * @param longitude degrees east, -180..180
   * @param date ISO 8601, such as 2026-09-30
   * @throws InvalidRequestException naming what is wrong, without the value
   */
  static Circumstances read(
      @Nullable String latitude, @Nullable String longitude, @Nullable String date) {
    return new Circumstances(month(date), cell(latitude, longitude));
  }

  private static @Nullable Cell cell(@Nullable String latitude, @Nullable String longitude) {
    if (isAbsent(latitude) && isAbsent(longitude)) {
      return null;
    }
    if (latitude == null || longitude == null || isAbsent(latitude) || isAbsent(longitude)) {
      throw new InvalidRequestException(
          "Expected latitude and longitude together, or neither; found one of them.");
    }
    try {
      return Cell.of(Double.parseDouble(latitude), Double.parseDouble(longitude));
    } catch (IllegalArgumentException e) {
      throw new InvalidRequestException(
          "Expected latitude to be a number in -90..90 and longitude one in -180..180, both in"
              + " degrees, found something else.");
    }
  }

  private static @Nullable Integer month(@Nullable String date) {
    if (date == null || isAbsent(date)) {
      return null;
    }
    try {
      return LocalDate.parse(date.strip()).getMonthValue();
    } catch (DateTimeException e) {
      throw new InvalidRequestException(
          "Expected date to be a day such as 2026-09-30, found something else.");
    }
  }

  /** Forms send empty fields for what nobody filled in. */
  private static boolean isAbsent(@Nullable String field) {
    return field == null || field.isBlank();
  }
}
