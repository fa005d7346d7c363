package app.mushroom.trainer.cli;

import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.storage.dataset.DatasetVersion;
import app.mushroom.storage.model.BundleManifest;
import app.mushroom.storage.model.ModelRegistry;
import app.mushroom.trainer.backbone.Backbone;
import app.mushroom.trainer.runs.CheckpointStore;
import app.mushroom.trainer.runs.Console;
import app.mushroom.trainer.runs.RunEnvironment;
import app.mushroom.trainer.runs.RunParameters;
import app.mushroom.trainer.runs.RunState;
import app.mushroom.trainer.runs.RunStore;
import app.mushroom.trainer.settings.Given;
import app.mushroom.trainer.settings.SettingException;
import app.mushroom.trainer.settings.SettingKey;
import app.mushroom.trainer.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a run goes on: where it was interrupted, or with what is left once it has published. */
final class Resumption {

  private final ObjectStore objects;
  private final RunStore runs;
  private final Path work;
  private final Console console;
  private final Clock clock;

  Resumption(ObjectStore objects, Path work, Console console, Clock clock) {
    this.objects = objects;
    this.runs = new RunStore(objects);
    this.work = work;
    this.console = console;
    this.clock = clock;
  }

  /**
   * The record of the run to go on with.
   *
   * @param wanted as {@link RunStore#named} understands it; the latest is the latest that trains
   * @throws SettingException if the run averaged versions, which is no training to go on with
   */
  RunParameters parameters(String wanted) throws IOException {
    if (wanted.equals(RunStore.LATEST)) {
      for (String run : runs.runs()) {
        RunParameters parameters = runs.parameters(run);
        if (parameters.ingredients() == null) {
          return parameters;
        }
      }
    }
    RunParameters parameters = runs.parameters(runs.named(wanted));
    List<String> ingredients = parameters.ingredients();
    if (ingredients != null) {
      throw new SettingException(
          "Expected a run that trains, found "
              + parameters.run()
              + ", which averages versions and has nothing to go on with. To average them again:"
              + " mushroom models average "
              + String.join(" ", ingredients));
    }
    return parameters;
  }

  /** Whether there is nothing left to train, publish or report. */
  boolean hasEnded(RunParameters parameters) throws IOException {
    return state(parameters).map(RunState::ended).orElse(false);
  }

  /** Considers the version of a run that has ended for promotion, if that is still to be done. */
  void finish(RunParameters parameters, List<Given> options) throws IOException {
    String run = parameters.run();
    RunState state = state(parameters).orElseThrow();
    String version = String.valueOf(state.publishedVersion());
    boolean open =
        Boolean.TRUE.equals(state.promote()) && !Announcement.isDecided(runs, run, version);
    if (open && settings(parameters, options).promote()) {
      console.say("Run " + run + " is finished; its version was not considered for promotion yet.");
      BundleManifest manifest =
          new ModelRegistry(objects, clock).manifest(parameters.model(), version);
      Announcement.promote(manifest, true, objects, console, clock);
      return;
    }
    console.say(
        "Run "
            + run
            + " is finished, published as "
            + parameters.model()
            + " version "
            + version
            + ". Nothing was done.\nTo train it again: mushroom train --from-run "
            + run
            + "\nTo calibrate and publish its network again: mushroom models recalibrate "
            + run);
  }

  /** Goes on with a run; of the settings only the backbone's place, device and promotion count. */
  RunStart.Begun onwards(RunParameters parameters, List<Given> options)
      throws IOException, InterruptedException {
    Settings settings = settings(parameters, options);
    String device = settings.text(SettingKey.DEVICE);
    boolean published = state(parameters).map(RunState::publishedVersion).isPresent();
    Path file = Path.of("");
    if (!published && new CheckpointStore(objects, parameters.run()).isEmpty()) {
      Backbone backbone = Backbone.fetch(settings.text(SettingKey.BACKBONE), work, console::say);
      RunStart.requireSame(parameters, backbone);
      file = backbone.file();
    }
    DatasetVersion dataset =
        new DatasetRepository(objects)
            .read(parameters.dataset().name(), parameters.dataset().version());
    parameters.requireSame(dataset);
    if (!published) {
      RunEnvironment.differences(parameters, device).forEach(console::say);
    }
    return new RunStart.Begun(parameters.withPromote(settings.promote()), file, device);
  }

  /** What the run began with and what is said anew; a wish for promotion holds until then. */
  private Settings settings(RunParameters parameters, List<Given> options) throws IOException {
    Map<String, Object> before = new HashMap<>(parameters.settings());
    state(parameters)
        .map(RunState::promote)
        .ifPresent(wanted -> before.put(SettingKey.PROMOTE, wanted));
    return Settings.repeating("run " + parameters.run(), before, List.of(options));
  }

  private Optional<RunState> state(RunParameters parameters) throws IOException {
    return runs.read(parameters.run(), RunState.FILE, RunState.class);
  }
}
