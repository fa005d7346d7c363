package app.mushroom.trainer.cli;

import app.mushroom.trainer.settings.Given;
import app.mushroom.trainer.settings.Preset;
import app.mushroom.trainer.settings.SettingException;
import app.mushroom.trainer.settings.SettingKey;
import app.mushroom.trainer.settings.SettingsText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** An option for every key of the settings; help shows those that people need most. */
final class SettingOptions {

  static final String NO_PROMOTE = "--no-promote";

  private static final Set<String> COMMON =
      Set.of("epochs", "batch-size", "learning-rate", "largest-size", "seed");

  private static final Map<String, String> LABELS =
      Map.of(
          SettingKey.PRESET, "PRESET",
          SettingKey.DATASET, "NAME",
          SettingKey.BACKBONE, "LOCATION",
          SettingKey.ARCHITECTURE, "NAME",
          SettingKey.MODEL, "NAME",
          SettingKey.TEACHER, "VERSION",
          SettingKey.DEVICE, "DEVICE");

  private SettingOptions() {}

  static void addTo(CommandSpec command) {
    ArgGroupSpec.Builder place = group("%nWhat to train, and where it goes:%n");
    ArgGroupSpec.Builder recipe =
        group(
            "%nThe recipe (its other keys: --set, --settings; --print-settings explains them all):%n");
    for (SettingKey key : SettingKey.keys()) {
      if (key.name().equals(SettingKey.PROMOTE)) {
        place.addArg(
            OptionSpec.builder(NO_PROMOTE)
                .type(boolean.class)
                .description("Publish the new version without making it the one that is served.")
                .build());
        continue;
      }
      boolean inRecipe = key.isRecipe() || key.name().equals(SettingKey.PRESET);
      (inRecipe ? recipe : place).addArg(option(key));
    }
    command.addArgGroup(place.build());
    command.addArgGroup(recipe.build());
  }

  private static ArgGroupSpec.Builder group(String heading) {
    return ArgGroupSpec.builder().validate(false).heading(heading);
  }

  private static OptionSpec option(SettingKey key) {
    return OptionSpec.builder("--" + key.name())
        .type(key.name().equals(SettingKey.TEACHER) ? String[].class : String.class)
        .arity("1")
        .paramLabel(LABELS.getOrDefault(key.name(), "N"))
        .hidden(key.isRecipe() && !COMMON.contains(key.name()))
        .description(description(key).replace("%", "%%"))
        .build();
  }

  private static String description(SettingKey key) {
    if (key.name().equals(SettingKey.PRESET)) {
      StringBuilder presets = new StringBuilder("The recipe to start from:");
      for (Preset preset : Preset.values()) {
        presets.append(' ').append(preset.word()).append(", ").append(preset.about()).append(';');
      }
      return presets.append(" if none is given, balanced.").toString();
    }
    return key.sentence() + SettingsText.presets(key).map(value -> " [" + value + "]").orElse("");
  }

  /**
   * What was given, in the form of the settings.
   *
   * @param set values of {@code --set}: {@code key=value}
   * @throws SettingException if one of them is not of that form
   */
  static List<Given> given(ParseResult parsed, List<String> set) {
    List<Given> given = new ArrayList<>();
    for (SettingKey key : SettingKey.keys()) {
      String option = "--" + key.name();
      String text = key.name().equals(SettingKey.PROMOTE) ? null : value(parsed, option);
      if (text != null) {
        given.add(Given.option(key.name(), text, option));
      }
    }
    if (parsed.hasMatchedOption(NO_PROMOTE)) {
      given.add(Given.option(SettingKey.PROMOTE, "false", NO_PROMOTE));
    }
    given.addAll(set(set));
    return given;
  }

  private static Collection<Given> set(List<String> set) {
    Map<String, Given> last = new LinkedHashMap<>();
    for (String each : set) {
      int equals = each.indexOf('=');
      if (equals < 1) {
        throw new SettingException(
            "--set: expected key=value, such as --set dropout=0.3, found \"" + each + "\".");
      }
      String key = each.substring(0, equals).strip();
      last.put(key, Given.option(key, each.substring(equals + 1).strip(), "--set " + key));
    }
    return last.values();
  }

  private static @org.jspecify.annotations.Nullable String value(
      ParseResult parsed, String option) {
    if (!parsed.hasMatchedOption(option)) {
      return null;
    }
    List<String> values = parsed.matchedOption(option).stringValues();
    // The last one wins, as in any shell script that adds to given options; versions add up.
    return option.equals("--" + SettingKey.TEACHER)
        ? String.join(",", values)
        : values.get(values.size() - 1);
  }
}
