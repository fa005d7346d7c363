package app.mushroom.trainer.runs;

import app.mushroom.storage.model.DatasetReference;
import app.mushroom.trainer.settings.SettingKey;
import app.mushroom.trainer.training.HyperparameterKey;
import app.mushroom.trainer.training.Hyperparameters;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code params.json}: all that a run was asked to do, enough to do it again.
 *
 * @param codeVersion the release that ran
 * @param backbone where the backbone came from; of a file its name only
 * @param backboneSha256 hash of its bytes
 * @param device what it ran on, and how many threads
 * @param repeats the run whose settings it began with, if any
 * @param promote whether its model may become champion; absent in older records, which meant yes
 */
public record RunParameters(
    int schemaVersion,
    String run,
    Instant created,
    String user,
    String codeVersion,
    String model,
    DatasetReference dataset,
    String backbone,
    String backboneSha256,
    String architecture,
    Map<String, String> device,
    Hyperparameters hyperparameters,
    @Nullable String repeats,
    @Nullable Boolean promote) {

  /** What was asked for, by the keys of the settings. */
  public Map<String, Object> settings() {
    Map<String, Object> settings = new HashMap<>();
    settings.put(SettingKey.DATASET, dataset.name());
    settings.put(SettingKey.DATASET_VERSION, (long) dataset.version());
    settings.put(SettingKey.BACKBONE, backbone);
    settings.put(SettingKey.ARCHITECTURE, architecture);
    settings.put(SettingKey.MODEL, model);
    settings.put(SettingKey.DEVICE, device.getOrDefault("device", "auto"));
    settings.put(SettingKey.PROMOTE, mayPromote());
    Map<String, Number> values = hyperparameters.values();
    for (HyperparameterKey key : Hyperparameters.keys()) {
      Number value = values.getOrDefault(key.component(), Double.NaN);
      settings.put(
          key.name(), key.whole() ? (Object) value.longValue() : (Object) value.doubleValue());
    }
    return settings;
  }

  /** Whether its model may become champion. */
  public boolean mayPromote() {
    return promote == null || promote;
  }
}
