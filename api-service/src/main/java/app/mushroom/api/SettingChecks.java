package app.mushroom.api;

import app.mushroom.storage.InvalidNameException;
import app.mushroom.storage.Names;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;

/** What a setting has to be; each failure names the setting, what it expected and what it found. */
public final class SettingChecks {
  private static final String WRITABLE = "a folder that can be written to";

  private SettingChecks() {}

  public static void positive(String setting, Duration found) {
    expect(found.compareTo(Duration.ZERO) > 0, setting, "a time longer than 0", text(found));
  }

  public static void notNegative(String setting, Duration found) {
    expect(!found.isNegative(), setting, "0 or a time longer than that", text(found));
  }

  public static void zeroOrAtLeast(Duration least, String setting, Duration found) {
    expect(
        found.isZero() || found.compareTo(least) >= 0,
        setting,
        "0 or a time of at least " + text(least),
        text(found));
  }

  public static void atLeast(long least, String setting, long found) {
    expect(found >= least, setting, "a number of at least " + least, Long.toString(found));
  }

  /** A name as all of them are in the store. */
  public static void name(String setting, String found) {
    try {
      Names.require(setting, found);
    } catch (InvalidNameException e) {
      expect(
          false,
          setting,
          "1 to 64 of a-z 0-9 . _ -, the first a letter or digit, no two dots in a row",
          found);
    }
  }

  /** A folder that this process can write to; made if there is none. */
  public static Path folder(String setting, String found) {
    try {
      Path folder = Files.createDirectories(Path.of(found).toAbsolutePath());
      expect(Files.isWritable(folder), setting, WRITABLE, found);
      return folder;
    } catch (IOException | InvalidPathException e) {
      throw new IllegalArgumentException(sentence(setting, WRITABLE, found), e);
    }
  }

  /** A share in [0, 1]. */
  public static void share(String setting, double found) {
    expect(found >= 0 && found <= 1, setting, "a share from 0 to 1", Double.toString(found));
  }

  /**
   * @param expected what the setting takes, as in "Expected {setting} to be {expected}"
   * @throws IllegalArgumentException with a sentence for a person, if it does not hold
   */
  public static void expect(boolean holds, String setting, String expected, String found) {
    if (!holds) {
      throw new IllegalArgumentException(sentence(setting, expected, found));
    }
  }

  private static String sentence(String setting, String expected, String found) {
    return "Expected " + setting + " to be " + expected + ", found '" + found + "'.";
  }

  private static String text(Duration duration) {
    return duration.toMillisPart() == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
  }
}
