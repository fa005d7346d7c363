package app.mushroom.storage;

import java.util.regex.Pattern;

/**
 * Where an object lies in a store: segments joined by '/', each a letter or digit followed by
 * letters of both cases, digits, '.', '_' or '-'. At most 1024 characters, 255 a segment, and never
 * "..".
 *
 * @param value the whole key, for instance {@code models/mushrooms/champion.json}
 */
public record ObjectKey(String value) implements Comparable<ObjectKey> {
  private static final int MAX_CHARS = 1024;
  private static final String SEGMENT = "[A-Za-z0-9][A-Za-z0-9._-]{0,254}";
  private static final Pattern KEY = Pattern.compile(SEGMENT + "(?:/" + SEGMENT + ")*+");
  private static final Pattern PREFIX =
      Pattern.compile("(?:" + SEGMENT + "/)*+(?:" + SEGMENT + ")?+");

  /**
   * @throws InvalidNameException if the value is not such a key
   */
  public ObjectKey {
    if (value.length() > MAX_CHARS || !KEY.matcher(value).matches() || value.contains("..")) {
      throw new InvalidNameException(
          "object key",
          value,
          "segments of A-Z a-z 0-9 . _ - joined by '/', each starting with a letter or digit,"
              + " no two dots in a row, at most 1024 characters");
    }
  }

  /**
   * The key of these parts joined by '/'.
   *
   * @throws InvalidNameException if the parts do not make a key
   */
  public static ObjectKey of(String first, String... more) {
    return new ObjectKey(more.length == 0 ? first : first + "/" + String.join("/", more));
  }

  /** The part after the last '/'. */
  public String name() {
    return value.substring(value.lastIndexOf('/') + 1);
  }

  static boolean isKey(String value) {
    return value.length() <= MAX_CHARS && KEY.matcher(value).matches() && !value.contains("..");
  }

  /** A string that some key could start with, the empty one included. */
  static String requirePrefix(String prefix) {
    if (prefix.length() > MAX_CHARS || !PREFIX.matcher(prefix).matches() || prefix.contains("..")) {
      throw new InvalidNameException(
          "key prefix", prefix, "the beginning of an object key, for instance models/mushrooms/");
    }
    return prefix;
  }

  @Override
  public int compareTo(ObjectKey other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
