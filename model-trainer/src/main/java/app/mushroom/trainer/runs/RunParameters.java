package app.mushroom.trainer.runs;

import app.mushroom.storage.dataset.DatasetVersion;
import app.mushroom.storage.model.DatasetReference;
import app.mushroom.trainer.settings.SettingKey;
import app.mushroom.trainer.training.HyperparameterKey;
import app.mushroom.trainer.training.Hyperparameters;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code params.json}: all that a run was asked to do, enough to do it again.
 *
 * @param codeVersion the release that ran
 * @param backbone where the backbone came from; of a file its name only
 * @param backboneSha256 hash of its bytes
 * @param teachers versions of the same model that the network learned from, in addition to labels
 * @param ingredients versions of the same model whose weights were averaged, instead of training
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
    @Nullable List<String> teachers,
    @Nullable List<String> ingredients,
    Map<String, String> device,
    Hyperparameters hyperparameters,
    @Nullable String repeats,
    @Nullable Boolean promote) {

  public static final String FILE = "params.json";

  public RunParameters {
    Objects.requireNonNull(run, "parameters without run");
    Objects.requireNonNull(created, "parameters without created");
    Objects.requireNonNull(model, "parameters without model");
    Objects.requireNonNull(dataset, "parameters without dataset");
    Objects.requireNonNull(architecture, "parameters without architecture");
    Objects.requireNonNull(hyperparameters, "parameters without hyperparameters");
    device = device == null ? Map.of() : device;
  }

  /** The record of a run that averages versions, which keeps all else of the run that lends it. */
  RunParameters asAverage(String name, Instant made, List<String> versions) {
    return new RunParameters(
        schemaVersion,
        name,
        made,
        user,
        codeVersion,
        model,
        dataset,
        backbone,
        backboneSha256,
        architecture,
        null,
        List.copyOf(versions),
        device,
        hyperparameters,
        null,
        promote);
  }

  /** The same run with another wish for promotion. */
  public RunParameters withPromote(boolean wanted) {
    return new RunParameters(
        schemaVersion,
        run,
        created,
        user,
        codeVersion,
        model,
        dataset,
        backbone,
        backboneSha256,
        architecture,
        teachers,
        ingredients,
        device,
        hyperparameters,
        repeats,
        wanted);
  }

  /** What was asked for, by the keys of the settings. */
  public Map<String, Object> settings() {
    Map<String, Object> settings = new HashMap<>();
    settings.put(SettingKey.DATASET, dataset.name());
    settings.put(SettingKey.DATASET_VERSION, (long) dataset.version());
    settings.put(SettingKey.BACKBONE, backbone);
    settings.put(SettingKey.ARCHITECTURE, architecture);
    settings.put(SettingKey.MODEL, model);
    settings.put(SettingKey.TEACHER, SettingKey.versions(teachers == null ? List.of() : teachers));
    String where = device.getOrDefault("device", "auto");
    settings.put(SettingKey.DEVICE, where.startsWith("gpu") ? "gpu" : where);
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

  /**
   * Refuses a dataset version that has the run's number and another content. Another number is
   * another matter.
   */
  public void requireSame(DatasetVersion found) throws IOException {
    boolean meant =
        found.card().name().equals(dataset.name()) && found.card().version() == dataset.version();
    if (meant && !found.card().manifestSha256().equals(dataset.manifestSha256())) {
      throw new IOException(
          "Expected dataset "
              + dataset.name()
              + " version "
              + dataset.version()
              + " as run "
              + run
              + " saw it, manifest SHA-256 "
              + dataset.manifestSha256()
              + ", found "
              + found.card().manifestSha256()
              + ". Use the store that the run was made in, or begin a new run.");
    }
  }
}
