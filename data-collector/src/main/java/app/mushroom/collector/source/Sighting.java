package app.mushroom.collector.source;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * When and roughly where a find was made. Nothing more exact is ever kept.
 *
 * @param observedMonth 1..12
 * @param cell of 5 by 5 degrees, such as {@code 45,10}
 */
public record Sighting(@Nullable Integer observedMonth, @Nullable String cell) {
  private static final int DEGREES = 5;
  private static final Pattern MONTH =
      Pattern.compile("[0-9]{4}-(0[1-9]|1[0-2])(?:-[0-9]{2})?(?:T.*)?");

  /** Null where neither is known. */
  static @Nullable Sighting of(@Nullable Integer observedMonth, @Nullable String cell) {
    return observedMonth == null && cell == null ? null : new Sighting(observedMonth, cell);
  }

  /**
   * The month of an ISO date, or of an ISO interval that lies within one month; null for others.
   */
  static @Nullable Integer month(@Nullable String date) {
    if (date == null) {
      return null;
    }
    Integer month = null;
    for (String part : date.split("/", -1)) {
      Matcher iso = MONTH.matcher(part);
      if (!iso.matches()) {
        return null;
      }
      Integer found = Integer.valueOf(iso.group(1));
      if (month != null && !(month.equals(found) && date.startsWith(part.substring(0, 4)))) {
        return null;
      }
      month = found;
    }
    return month;
  }

  /** The cell of two coordinates, numbers or texts; null where they are no place on earth. */
  static @Nullable String cell(JsonNode latitude, JsonNode longitude) {
    Double north = number(latitude);
    Double east = number(longitude);
    // Zero and zero is what an empty field becomes; nobody picks mushrooms there, at sea.
    if (north == null || east == null || north == 0 && east == 0) {
      return null;
    }
    if (Math.abs(north) > 90 || Math.abs(east) > 180) {
      return null;
    }
    return Math.min(edge(north), 90 - DEGREES) + "," + (east == 180 ? -180 : edge(east));
  }

  private static int edge(double degrees) {
    return (int) Math.floor(degrees / DEGREES) * DEGREES;
  }

  private static @Nullable Double number(JsonNode node) {
    String text = JsonAnswer.text(node);
    return text != null && text.matches("-?[0-9]{1,3}(?:\\.[0-9]{1,20})?")
        ? (Double) Double.parseDouble(text)
        : null;
  }
}
