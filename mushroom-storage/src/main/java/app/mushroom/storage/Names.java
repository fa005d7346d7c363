package app.mushroom.storage;

import java.util.regex.Pattern;

/** The rules for names that come from outside: accepted as they are or refused, never cleaned. */
public final class Names {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
  private static final Pattern FILE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  private Names() {}

  /**
   * The name of a dataset, label, model or version.
   *
   * @param what what is being named, for the message: "model", "label", …
   * @return the name, unchanged
   * @throws InvalidNameException if it is not 1 to 64 of {@code a-z 0-9 . _ -}, the first a letter
   *     or digit, without two dots in a row
   */
  public static String require(String what, String name) {
    return require(
        NAME,
        what,
        name,
        "1 to 64 of a-z 0-9 . _ -, the first a letter or digit, no two dots in a row");
  }

  /**
   * The name of a file in a bundle: as {@link #require}, with letters of both cases.
   *
   * @throws InvalidNameException if it is anything else, a path for instance
   */
  public static String requireFile(String what, String name) {
    return require(
        FILE,
        what,
        name,
        "1 to 64 of A-Z a-z 0-9 . _ -, the first a letter or digit, no two dots in a row, no folders");
  }

  /**
   * A SHA-256 in lower-case hex.
   *
   * @throws InvalidNameException if it is not 64 of {@code 0-9 a-f}
   */
  public static String requireSha256(String what, String sha256) {
    return require(SHA256, what, sha256, "64 of 0-9 a-f");
  }

  private static String require(Pattern pattern, String what, String name, String expected) {
    if (!pattern.matcher(name).matches() || name.contains("..")) {
      throw new InvalidNameException(what, name, expected);
    }
    return name;
  }
}
