package app.mushroom.trainer.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The settings as people read them: a YAML file that can be used as it is, and a table. */
public final class SettingsText {

  private static final int WIDTH = 96;
  private static final String NONE = "none";

  private SettingsText() {}

  /** A complete, commented settings file. Keys without a value are there as comments. */
  public static String yaml(Settings settings) {
    StringBuilder text = new StringBuilder();
    comment(text, "Settings for: mushroom train --settings FILE");
    comment(text, "Later wins: the preset, this file, options of the command line.");
    comment(text, "A key that is removed falls back to the preset's value.");
    boolean recipe = false;
    for (SettingKey key : SettingKey.keys()) {
      if (key.isRecipe() && !recipe) {
        recipe = true;
        text.append('\n');
        comment(text, "The recipe.");
      }
      text.append('\n');
      if (key.name().equals(SettingKey.PRESET)) {
        for (Preset preset : Preset.values()) {
          comment(text, preset.word() + ": " + preset.about() + ".");
        }
      }
      comment(text, key.sentence() + " Expected: " + key.expected() + ".");
      text.append(
          settings
              .find(key.name())
              .map(value -> key.name() + ": " + scalar(value) + "\n")
              .orElse("# " + key.name() + ":\n"));
    }
    return text.toString();
  }

  private static String scalar(Settings.Value value) {
    String text = value.text();
    boolean harmless = text.matches("[A-Za-z0-9_./][A-Za-z0-9_./+-]*(://[A-Za-z0-9_./+-]*)?");
    boolean plain = !value.key().type().isText() || harmless && !text.matches("|~|null|Null|NULL");
    // In single quotes only the quote itself means something else.
    return plain ? text : "'" + text.replace("'", "''") + "'";
  }

  private static void comment(StringBuilder text, String sentence) {
    StringBuilder line = new StringBuilder("#");
    for (String word : sentence.split(" ")) {
      if (line.length() + 1 + word.length() > WIDTH) {
        text.append(line).append('\n');
        line = new StringBuilder("#");
      }
      line.append(' ').append(word);
    }
    text.append(line).append('\n');
  }

  /** The keys as a table in Markdown, with what each preset takes. */
  public static String markdown() {
    StringBuilder table = new StringBuilder("| key | what | values | quick | balanced | best |\n");
    table.append("| --- | --- | --- | --- | --- | --- |\n");
    for (SettingKey key : SettingKey.keys()) {
      table.append("| `").append(key.name()).append("` | ").append(key.about()).append(" | ");
      table.append(key.expected());
      for (String value : perPreset(key)) {
        table.append(" | ").append(value);
      }
      table.append(" |\n");
    }
    return table.toString();
  }

  /** What a key is in each preset, for an option's description; empty where it has no value. */
  public static Optional<String> presets(SettingKey key) {
    List<String> values = perPreset(key);
    if (values.stream().distinct().count() == 1) {
      return Optional.of(values.get(0)).filter(value -> !value.equals(NONE));
    }
    List<String> named = new ArrayList<>();
    for (Preset preset : Preset.values()) {
      named.add(preset.word() + " " + values.get(preset.ordinal()));
    }
    return Optional.of(String.join(", ", named));
  }

  private static List<String> perPreset(SettingKey key) {
    List<String> values = new ArrayList<>();
    for (Preset preset : Preset.values()) {
      Given given = Given.option(SettingKey.PRESET, preset.word(), "--preset");
      String text = Settings.of(List.of(List.of(given))).textOrNull(key.name());
      values.add(text == null ? NONE : text);
    }
    return values;
  }
}
