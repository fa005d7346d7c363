package app.mushroom.trainer.cli;

import app.mushroom.storage.JsonDocument;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.storage.dataset.DatasetVersion;
import app.mushroom.storage.model.DatasetReference;
import app.mushroom.trainer.backbone.Backbone;
import app.mushroom.trainer.runs.Console;
import app.mushroom.trainer.runs.RunEnvironment;
import app.mushroom.trainer.runs.RunNames;
import app.mushroom.trainer.runs.RunParameters;
import app.mushroom.trainer.runs.RunStore;
import app.mushroom.trainer.settings.Given;
import app.mushroom.trainer.settings.SettingException;
import app.mushroom.trainer.settings.SettingKey;
import app.mushroom.trainer.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a run begins: anew, or as another one did. */
final class RunStart {

  private final RunStore runs;
  private final DatasetRepository datasets;
  private final Path work;
  private final Console console;
  private final Clock clock;

  /**
   * A run that can begin.
   *
   * @param backbone read only where there is no checkpoint to go on from
   */
  record Begun(RunParameters parameters, Path backbone, String device) {}

  RunStart(
      ObjectStore objects, DatasetRepository datasets, Path work, Console console, Clock clock) {
    this.runs = new RunStore(objects);
    this.datasets = datasets;
    this.work = work;
    this.console = console;
    this.clock = clock;
  }

  /**
   * Settings that begin with a run's.
   *
   * @throws SettingException if what is given beside them is not allowed
   */
  static Settings repeating(RunStore runs, String run, List<List<Given>> layers)
      throws IOException {
    RunParameters before = runs.parameters(runs.named(run));
    List<String> ingredients = before.ingredients();
    if (ingredients != null) {
      throw new SettingException(
          "Expected a run that trained, found "
              + before.run()
              + ", which averaged versions. To average them again: mushroom models average "
              + String.join(" ", ingredients));
    }
    String origin = "run " + before.run();
    Settings settings = Settings.repeating(origin, before.settings(), layers);
    settings.hyperparameters();
    return settings;
  }

  /** Begins a run with these settings, and records them. */
  Begun anew(Settings settings) throws IOException, InterruptedException {
    String location = settings.textOrNull(SettingKey.BACKBONE);
    if (location == null) {
      throw new SettingException(
          "Expected --backbone with a TorchScript file or location, such as"
              + " --backbone djl://ai.djl.pytorch/resnet18_embedding.");
    }
    DatasetVersion dataset = dataset(settings);
    return begin(settings, Backbone.fetch(location, work, console::say), dataset, null);
  }

  /**
   * Begins a run as {@code run} began.
   *
   * @throws IOException if its dataset version or backbone is another one now
   */
  Begun again(String run, Settings settings) throws IOException, InterruptedException {
    RunParameters before = runs.parameters(runs.named(run));
    DatasetVersion dataset = dataset(settings);
    before.requireSame(dataset);
    Backbone backbone = Backbone.fetch(settings.text(SettingKey.BACKBONE), work, console::say);
    requireSame(before, backbone);
    Begun begun = begin(settings, backbone, dataset, before.run());
    console.say("Repeats run " + before.run() + changes(before, settings));
    return begun;
  }

  private Begun begin(
      Settings settings, Backbone backbone, DatasetVersion dataset, @Nullable String repeats)
      throws IOException {
    String architecture = settings.textOrNull(SettingKey.ARCHITECTURE);
    String device = settings.text(SettingKey.DEVICE);
    RunParameters parameters =
        new RunParameters(
            JsonDocument.SCHEMA_VERSION,
            RunNames.make(clock.instant()),
            clock.instant(),
            System.getProperty("user.name", "unknown"),
            RunEnvironment.codeVersion(),
            settings.text(SettingKey.MODEL),
            new DatasetReference(
                dataset.card().name(), dataset.card().version(), dataset.card().manifestSha256()),
            backbone.recordedAs(),
            backbone.sha256(),
            architecture == null ? backbone.architecture() : architecture,
            settings.teachers(),
            null,
            RunEnvironment.describe(device),
            settings.hyperparameters(),
            repeats,
            settings.promote());
    runs.write(parameters.run(), RunParameters.FILE, parameters);
    return new Begun(parameters, backbone.file(), device);
  }

  private DatasetVersion dataset(Settings settings) throws IOException {
    String name = settings.text(SettingKey.DATASET);
    String number = settings.textOrNull(SettingKey.DATASET_VERSION);
    if (number != null) {
      return datasets.read(name, Integer.parseInt(number));
    }
    return datasets
        .latest(name)
        .orElseThrow(
            () ->
                new IOException(
                    "The store has no version of the dataset "
                        + name
                        + ". Make one with: mushroom collect import <csv or folder>"));
  }

  /** Refuses another backbone than the one a run began with. */
  static void requireSame(RunParameters before, Backbone backbone) throws IOException {
    if (!backbone.sha256().equals(before.backboneSha256())) {
      throw new IOException(
          "Expected the backbone that run "
              + before.run()
              + " began with, SHA-256 "
              + before.backboneSha256()
              + ", found "
              + backbone.sha256()
              + " in "
              + backbone.place()
              + ". Name the same file with --backbone, or start a new run.");
    }
  }

  private static String changes(RunParameters before, Settings settings) {
    Map<String, Object> was = before.settings();
    StringBuilder changes = new StringBuilder();
    for (Settings.Value value : settings.notFrom("run " + before.run())) {
      boolean moved = value.key().name().equals(SettingKey.BACKBONE);
      if (!moved && !value.value().equals(was.get(value.key().name()))) {
        changes
            .append(changes.isEmpty() ? " but with " : ", ")
            .append(value.key().name())
            .append(' ')
            .append(value.text())
            .append(" (")
            .append(value.origin())
            .append(") instead of ")
            .append(Settings.text(was.get(value.key().name())));
      }
    }
    return changes.isEmpty() ? " with all its settings" : changes.toString();
  }
}
