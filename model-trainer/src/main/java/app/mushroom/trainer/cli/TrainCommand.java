package app.mushroom.trainer.cli;

import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.trainer.runs.ModelPublication.Published;
import app.mushroom.trainer.runs.RunParameters;
import app.mushroom.trainer.runs.RunStore;
import app.mushroom.trainer.runs.TrainingRun;
import app.mushroom.trainer.runs.WorkFolder;
import app.mushroom.trainer.settings.Given;
import app.mushroom.trainer.settings.SettingException;
import app.mushroom.trainer.settings.SettingKey;
import app.mushroom.trainer.settings.Settings;
import app.mushroom.trainer.settings.SettingsFile;
import app.mushroom.trainer.settings.SettingsText;
import app.mushroom.trainer.tracking.Tracking;
import app.mushroom.vision.species.SpeciesCatalogue;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mushroom train}. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Fine-tunes a backbone on a dataset version, calibrates it on the val split, measures it on",
      "the test split and publishes it as a model version, which is served if it is no worse than",
      "the one before."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done, or nothing to do",
      "1:failed; the message says what to do",
      "2:wrong usage or settings; nothing was begun",
      "130, 143:stopped by Ctrl-C or SIGTERM, saved; --resume goes on"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  A first run, with a backbone of DJL's model zoo; a quick look with a file:",
      "    mushroom train --backbone djl://ai.djl.pytorch/resnet18_embedding",
      "    mushroom train --backbone net.pt --preset quick --no-promote",
      "  Settings from a file, single ones changed:",
      "    mushroom train --print-settings --preset best > train.yaml",
      "    mushroom train --settings train.yaml --epochs 30 --set dropout=0.4",
      "  On after Ctrl-C or a crash; a run once more, with another seed:",
      "    mushroom train --resume",
      "    mushroom train --from-run 20260101-101500-ab12 --seed 2",
      "  On a GPU, with everything in a bucket:",
      "    export MUSHROOM_STORE=gs://bucket",
      "    mushroom train --backbone gs://bucket/net.pt --device gpu",
      "",
      "Environment:",
      "  MUSHROOM_STORE                   where datasets, runs and models lie",
      "  MLFLOW_TRACKING_URI              an MLflow server that gets the records too",
      "  GOOGLE_APPLICATION_CREDENTIALS   key file for gs://, outside Google Cloud",
      "  PYTORCH_LIBRARY_PATH             folder with PyTorch for CUDA, for GPUs"
    })
final class TrainCommand implements Callable<Integer> {

  /** What may be said anew when a run goes on. */
  private static final Set<String> ONWARDS =
      Set.of(SettingKey.BACKBONE, SettingKey.DEVICE, SettingKey.PROMOTE);

  private final Interruption.Flag stop;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private StoreOption store = new StoreOption();

  @Option(
      names = "--settings",
      paramLabel = "FILE",
      description = "YAML file with settings; options given beside it win.")
  private @Nullable Path settingsFile;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Any setting by its name, such as --set dropout=0.3; repeatable.")
  private List<String> set = List.of();

  @Option(
      names = "--print-settings",
      description = "Print all settings, explained, as a file for --settings; train nothing.")
  private boolean printSettings;

  @Option(
      names = "--from-run",
      paramLabel = "RUN",
      description =
          "Begin as that run did: same settings, dataset version, backbone and seed; what is"
              + " given beside it changes.")
  private @Nullable String fromRun;

  @Option(
      names = "--resume",
      arity = "0..1",
      fallbackValue = "latest",
      paramLabel = "RUN",
      description = "Go on with an interrupted run (without a name: the latest).")
  private @Nullable String resume;

  @Option(
      names = "--checkpoint-minutes",
      paramLabel = "N",
      description =
          "Save every so often in the middle of an epoch, too; 0: only after each epoch (default:"
              + " ${DEFAULT-VALUE}).")
  private int checkpointMinutes = 10;

  private TrainCommand(Interruption.Flag stop) {
    this.stop = stop;
  }

  /** The command with an option for each setting. */
  static CommandLine commandLine(Interruption.Flag stop) {
    CommandLine command =
        new CommandLine(new TrainCommand(stop)).setOverwrittenOptionsAllowed(true);
    SettingOptions.addTo(command.getCommandSpec());
    return command;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<Given> options = SettingOptions.given(spec.commandLine().getParseResult(), set);
    requireMeaning(options);
    Path file = settingsFile;
    List<List<Given>> layers = List.of(file == null ? List.of() : SettingsFile.read(file), options);
    if (fromRun == null && resume == null) {
      // Refuse what cannot work before anything is opened.
      Settings.of(layers).hyperparameters();
    }
    if (printSettings) {
      return print(layers);
    }
    try (TerminalConsole console = new TerminalConsole(System.out);
        ObjectStore objects = Tracking.watch(store.open(), System.getenv(), console::say);
        WorkFolder work = new WorkFolder()) {
      Clock clock = Clock.systemUTC();
      if (resume != null) {
        Resumption resumption = new Resumption(objects, work.path(), console, clock);
        RunParameters parameters = resumption.parameters(resume);
        if (resumption.hasEnded(parameters)) {
          resumption.finish(parameters, options);
          return 0;
        }
        return train(objects, resumption.onwards(parameters, options), work, console);
      }
      DatasetRepository datasets = new DatasetRepository(objects);
      RunStart start = new RunStart(objects, datasets, work.path(), console, clock);
      return train(
          objects,
          fromRun == null
              ? start.anew(Settings.of(layers))
              : start.again(fromRun, RunStart.repeating(new RunStore(objects), fromRun, layers)),
          work,
          console);
    }
  }

  /** Without a console or a server: what is printed is a settings file, and nothing else. */
  private int print(List<List<Given>> layers) throws IOException {
    Settings settings;
    if (fromRun == null) {
      settings = Settings.of(layers);
    } else {
      try (ObjectStore objects = store.open()) {
        settings = RunStart.repeating(new RunStore(objects), fromRun, layers);
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(SettingsText.yaml(settings));
    out.flush();
    return 0;
  }

  private void requireMeaning(List<Given> options) {
    if (checkpointMinutes < 0) {
      throw new SettingException(
          "Expected --checkpoint-minutes to be 0 or more, found " + checkpointMinutes + ".");
    }
    if (resume == null) {
      return;
    }
    List<String> others =
        new java.util.ArrayList<>(
            options.stream()
                .filter(given -> !ONWARDS.contains(given.key()))
                .map(Given::origin)
                .toList());
    if (settingsFile != null) {
      others.add("--settings");
    }
    if (fromRun != null) {
      others.add("--from-run");
    }
    if (printSettings) {
      others.add("--print-settings");
    }
    if (!others.isEmpty()) {
      throw new SettingException(
          "--resume goes on with the settings the run began with; expected only --backbone,"
              + " --device, --no-promote or --checkpoint-minutes beside it, found "
              + String.join(", ", others)
              + ". To begin anew with changes: --from-run RUN");
    }
  }

  private int train(
      ObjectStore objects, RunStart.Begun begun, WorkFolder work, TerminalConsole console)
      throws IOException {
    Clock clock = Clock.systemUTC();
    RunParameters parameters = begun.parameters();
    Optional<Published> done =
        new TrainingRun(parameters, objects, SpeciesCatalogue.load(), console, clock)
            .run(
                begun.backbone(),
                new TrainingRun.Execution(
                    begun.device(),
                    work.path(),
                    Duration.ofMinutes(checkpointMinutes),
                    stop::requested));
    if (done.isEmpty()) {
      console.say("Stopped. Go on with: mushroom train --resume " + parameters.run());
      return TrainerApplication.STOPPED;
    }
    Announcement.of(done.get(), console);
    Announcement.promote(done.get().manifest(), parameters.mayPromote(), objects, console, clock);
    return 0;
  }
}
