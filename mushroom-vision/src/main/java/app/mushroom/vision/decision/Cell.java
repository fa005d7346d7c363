package app.mushroom.vision.decision;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place, no more exactly than a field of {@value #DEGREES} by {@value #DEGREES} degrees: enough
 * to know what grows there, too coarse to find anyone. Written as its south-western corner, such as
 * {@code 45,10}.
 *
 * @param south latitude of the southern edge, a multiple of {@value #DEGREES} in -90..85
 * @param west longitude of the western edge, a multiple of {@value #DEGREES} in -180..175
 */
public record Cell(int south, int west) {
  /** Height and width, in degrees. */
  public static final int DEGREES = 5;

  private static final Pattern TEXT = Pattern.compile("(-?[0-9]{1,2}),(-?[0-9]{1,3})");

  public Cell {
    if (south % DEGREES != 0 || south < -90 || south >= 90) {
      throw new IllegalArgumentException(
          "expected a southern edge that is a multiple of 5 in -90..85, found " + south);
    }
    if (west % DEGREES != 0 || west < -180 || west >= 180) {
      throw new IllegalArgumentException(
          "expected a western edge that is a multiple of 5 in -180..175, found " + west);
    }
  }

  /**
   * @param latitude degrees north, -90..90
   * @param longitude degrees east, -180..180
   * @throws IllegalArgumentException if either is out of range or not a number
   */
  public static Cell of(double latitude, double longitude) {
    if (!(latitude >= -90 && latitude <= 90)) {
      throw new IllegalArgumentException("expected a latitude in -90..90, found " + latitude);
    }
    if (!(longitude >= -180 && longitude <= 180)) {
      throw new IllegalArgumentException("expected a longitude in -180..180, found " + longitude);
    }
    return new Cell(
        Math.min(edge(latitude), 90 - DEGREES), longitude == 180 ? -180 : edge(longitude));
  }

  /**
   * @throws IllegalArgumentException if the text is not such as {@code 45,10}
   */
  @JsonCreator
  public static Cell parse(String text) {
    Matcher corner = TEXT.matcher(text);
    if (!corner.matches()) {
      throw new IllegalArgumentException("expected a cell such as 45,10, found '" + text + "'");
    }
    return new Cell(Integer.parseInt(corner.group(1)), Integer.parseInt(corner.group(2)));
  }

  private static int edge(double degrees) {
    return (int) Math.floor(degrees / DEGREES) * DEGREES;
  }

  /** Whether seasons are the other way round there. */
  public boolean isSouthern() {
    return south < 0;
  }

  /** The up to eight cells around it; the earth is round from west to east. */
  List<Cell> neighbours() {
    List<Cell> around = new ArrayList<>();
    for (int north = -1; north <= 1; north++) {
      for (int east = -1; east <= 1; east++) {
        int otherSouth = south + north * DEGREES;
        int otherWest = Math.floorMod(west + east * DEGREES + 180, 360) - 180;
        if ((north != 0 || east != 0) && otherSouth >= -90 && otherSouth < 90) {
          around.add(new Cell(otherSouth, otherWest));
        }
      }
    }
    return around;
  }

  @JsonValue
  @Override
  public String toString() {
    return south + "," + west;
  }
}
