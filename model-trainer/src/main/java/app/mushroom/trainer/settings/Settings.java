package app.mushroom.trainer.settings;

import app.mushroom.trainer.training.HyperparameterKey;
import app.mushroom.trainer.training.Hyperparameters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a training run, each with where it comes from. What is given later wins: a preset
 * or an earlier run, then a settings file, then options.
 */
public final class Settings {

  private final Map<String, Value> values = new LinkedHashMap<>();

  /**
   * A setting's value.
   *
   * @param value a {@link Long}, {@link Double}, {@link Boolean} or {@link String}
   * @param origin where it comes from: {@code preset quick}, {@code train.yaml, line 3}, {@code
   *     --epochs}
   */
  public record Value(SettingKey key, Object value, String origin) {

    /** The value as people write it. */
    public String text() {
      return Settings.text(value);
    }
  }

  private Settings() {}

  /** A value as people write it: 0.0005, not 5.0E-4. */
  public static String text(@Nullable Object value) {
    return value instanceof Double number ? HyperparameterKey.plain(number) : String.valueOf(value);
  }

  /**
   * Settings that begin with a preset: the last one given, or balanced.
   *
   * @param layers what was given; later layers win
   * @throws SettingException if a key is not known or given twice in a layer, or a value not
   *     allowed
   */
  public static Settings of(List<List<Given>> layers) {
    Map<String, Value> given = read(layers);
    Value preset = given.get(SettingKey.PRESET);
    Settings settings = new Settings();
    settings.fill(preset == null ? Preset.BALANCED : Preset.of(preset.text()));
    settings.put(given);
    return settings;
  }

  /**
   * Settings that begin with those of a run.
   *
   * @param origin the run, for messages
   * @param recorded its values by key
   * @throws SettingException as {@link #of}; or if a preset is given, which would take the run's
   *     place
   */
  public static Settings repeating(
      String origin, Map<String, Object> recorded, List<List<Given>> layers) {
    Map<String, Value> given = read(layers);
    Value preset = given.get(SettingKey.PRESET);
    if (preset != null) {
      throw new SettingException(
          preset.origin()
              + ": a preset and a run to repeat exclude each other; expected one of them. Single"
              + " keys may be changed all the same.");
    }
    Settings settings = new Settings();
    for (SettingKey key : SettingKey.keys()) {
      Object value = recorded.get(key.name());
      if (value != null) {
        settings.values.put(key.name(), new Value(key, value, origin));
      }
    }
    settings.put(given);
    return settings;
  }

  private static Map<String, Value> read(List<List<Given>> layers) {
    Map<String, Value> values = new LinkedHashMap<>();
    for (List<Given> layer : layers) {
      Map<String, String> seen = new HashMap<>();
      for (Given each : layer) {
        SettingKey key = SettingKey.named(each.key(), each.origin());
        String before = seen.put(each.key(), each.origin());
        if (before != null) {
          throw new SettingException(
              each.origin()
                  + ": "
                  + each.key()
                  + " was already given ("
                  + before
                  + "). Remove one of the two.");
        }
        values.put(each.key(), new Value(key, key.read(each), each.origin()));
      }
    }
    return values;
  }

  private void fill(Preset preset) {
    String origin = "preset " + preset.word();
    set(SettingKey.PRESET, preset.word(), origin);
    set(SettingKey.DATASET, "mushrooms", origin);
    set(SettingKey.MODEL, "mushrooms", origin);
    set(SettingKey.TEACHER, SettingType.Versions.NONE, origin);
    set(SettingKey.DEVICE, "auto", origin);
    set(SettingKey.PROMOTE, true, origin);
    for (HyperparameterKey key : Hyperparameters.keys()) {
      double value = preset.changes().getOrDefault(key.name(), key.balanced());
      set(key.name(), key.whole() ? (Object) (long) value : (Object) value, origin);
    }
  }

  private void set(String name, Object value, String origin) {
    values.put(name, new Value(SettingKey.named(name, origin), value, origin));
  }

  private void put(Map<String, Value> given) {
    values.putAll(given);
  }

  /** The value of a key, or empty where it has none: the latest dataset version, for instance. */
  public Optional<Value> find(String key) {
    return Optional.ofNullable(values.get(key));
  }

  /** The text of a key that always has a value. */
  public String text(String key) {
    Value value = values.get(key);
    if (value == null) {
      throw new IllegalStateException("no value for " + key);
    }
    return value.text();
  }

  public @Nullable String textOrNull(String key) {
    return find(key).map(Value::text).orElse(null);
  }

  /** The versions to learn from, none or more. */
  public List<String> teachers() {
    String versions = text(SettingKey.TEACHER);
    return versions.equals(SettingType.Versions.NONE) ? List.of() : List.of(versions.split(","));
  }

  public boolean promote() {
    return Boolean.parseBoolean(text(SettingKey.PROMOTE));
  }

  /** Values that do not come from {@code origin}. */
  public List<Value> notFrom(String origin) {
    List<Value> others = new ArrayList<>();
    for (Value value : values.values()) {
      if (!value.origin().equals(origin)) {
        others.add(value);
      }
    }
    return others;
  }

  /**
   * @throws SettingException if values that are allowed one by one do not go together
   */
  public Hyperparameters hyperparameters() {
    Map<String, Number> recipe = new HashMap<>();
    for (Value value : values.values()) {
      String component = value.key().component();
      if (component != null) {
        recipe.put(component, (Number) value.value());
      }
    }
    try {
      return Hyperparameters.of(recipe);
    } catch (IllegalArgumentException e) {
      throw new SettingException(String.valueOf(e.getMessage()), e);
    }
  }
}
