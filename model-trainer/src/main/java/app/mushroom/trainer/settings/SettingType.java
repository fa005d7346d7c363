package app.mushroom.trainer.settings;

import app.mushroom.storage.InvalidNameException;
import app.mushroom.storage.Names;
import app.mushroom.trainer.training.HyperparameterKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What values a setting takes, and how they are written. */
sealed interface SettingType {

  /** To be read after "expected … to be": {@code a number in [0, 1]}. */
  String expected();

  /**
   * @return the value, or empty if the text does not say one that is allowed
   */
  Optional<Object> read(String text);

  /** Whether text in quotes is meant; quotes make no number of a text. */
  default boolean isText() {
    return false;
  }

  /** Whole numbers are {@link Long}s. */
  record Whole(double from, double to) implements SettingType {

    private static final Pattern WRITTEN = Pattern.compile("[-+]?[0-9]{1,18}");

    @Override
    public String expected() {
      return "a whole number in " + range(from, to);
    }

    @Override
    public Optional<Object> read(String text) {
      if (!WRITTEN.matcher(text).matches()) {
        return Optional.empty();
      }
      long value = Long.parseLong(text);
      return value >= from && value <= to ? Optional.of(value) : Optional.empty();
    }
  }

  /** Other numbers are {@link Double}s. */
  record Decimal(double from, double to) implements SettingType {

    private static final Pattern WRITTEN =
        Pattern.compile("[-+]?([0-9]{1,18}(\\.[0-9]{0,18})?|\\.[0-9]{1,18})([eE][-+]?[0-9]{1,3})?");

    @Override
    public String expected() {
      return "a number in " + range(from, to);
    }

    @Override
    public Optional<Object> read(String text) {
      if (!WRITTEN.matcher(text).matches()) {
        return Optional.empty();
      }
      double value = Double.parseDouble(text);
      return value >= from && value <= to ? Optional.of(value) : Optional.empty();
    }
  }

  /** {@code true} or {@code false}, as in YAML 1.2; {@code yes} is a text there. */
  record YesNo() implements SettingType {

    @Override
    public String expected() {
      return "true or false";
    }

    @Override
    public Optional<Object> read(String text) {
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "true" -> Optional.of(true);
        case "false" -> Optional.of(false);
        default -> Optional.empty();
      };
    }
  }

  /** One of a few words. */
  record Choice(List<String> words) implements SettingType {

    @Override
    public String expected() {
      int last = words.size() - 1;
      return String.join(", ", words.subList(0, last)) + " or " + words.get(last);
    }

    @Override
    public Optional<Object> read(String text) {
      String word = text.toLowerCase(Locale.ROOT);
      return words.contains(word) ? Optional.of(word) : Optional.empty();
    }

    @Override
    public boolean isText() {
      return true;
    }
  }

  /** The name of a dataset or model. */
  record Name() implements SettingType {

    @Override
    public String expected() {
      return "a name of 1 to 64 of a-z 0-9 . _ -, the first a letter or digit, no two dots in a row";
    }

    @Override
    public Optional<Object> read(String text) {
      try {
        return Optional.of(Names.require("name", text));
      } catch (InvalidNameException e) {
        return Optional.empty();
      }
    }

    @Override
    public boolean isText() {
      return true;
    }
  }

  /** Versions of a model: {@code 3,7}, or {@code none}. */
  record Versions() implements SettingType {

    static final String NONE = "none";

    @Override
    public String expected() {
      return "versions with commas between, such as 3,7, or " + NONE;
    }

    @Override
    public Optional<Object> read(String text) {
      List<String> versions = new ArrayList<>();
      for (String each : text.split(",", -1)) {
        try {
          versions.add(Names.require("version", each.strip()));
        } catch (InvalidNameException e) {
          return Optional.empty();
        }
      }
      boolean mixed = versions.size() > 1 && versions.contains(NONE);
      boolean twice = versions.stream().distinct().count() < versions.size();
      return mixed || twice ? Optional.empty() : Optional.of(String.join(",", versions));
    }

    @Override
    public boolean isText() {
      return true;
    }
  }

  /** One line of anything. */
  record Text(int maxChars) implements SettingType {

    @Override
    public String expected() {
      return "a text of 1 to " + maxChars + " characters in one line";
    }

    @Override
    public Optional<Object> read(String text) {
      boolean line = text.codePoints().noneMatch(Character::isISOControl);
      return line && !text.isBlank() && text.length() <= maxChars
          ? Optional.of(text)
          : Optional.empty();
    }

    @Override
    public boolean isText() {
      return true;
    }
  }

  private static String range(double from, double to) {
    return "[" + HyperparameterKey.plain(from) + ", " + HyperparameterKey.plain(to) + "]";
  }
}
