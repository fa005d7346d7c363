package app.mushroom.trainer.cli;

import app.mushroom.storage.ObjectStore;
import app.mushroom.trainer.runs.EpochRecord;
import app.mushroom.trainer.runs.RunParameters;
import app.mushroom.trainer.runs.RunState;
import app.mushroom.trainer.runs.RunStore;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mushroom runs}. */
@Command(
    name = "runs",
    mixinStandardHelpOptions = true,
    description = "Lists training runs, newest first, or shows one.")
final class RunsCommand {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Command(description = "Lists all runs.", mixinStandardHelpOptions = true)
  int list(@Mixin StoreOption store) throws IOException {
    try (ObjectStore objects = store.open()) {
      RunStore runs = new RunStore(objects);
      var out = spec.commandLine().getOut();
      for (String run : runs.runs()) {
        Optional<RunState> state = runs.read(run, "run.json", RunState.class);
        double best =
            runs.readMetrics(run, EpochRecord.class).stream()
                .mapToDouble(EpochRecord::valTop1)
                .max()
                .orElse(0);
        out.printf(
            Locale.ROOT,
            "%s  %-11s  epochs %3d  best val top-1 %5.1f %%  %s%n",
            run,
            state.map(RunState::state).orElse("unknown"),
            state.map(RunState::epochsDone).orElse(0),
            100 * best,
            state.map(RunState::publishedVersion).map(v -> "published " + v).orElse(""));
      }
      out.flush();
      return 0;
    }
  }

  @Command(description = "Shows one run, epoch by epoch.", mixinStandardHelpOptions = true)
  int show(@Mixin StoreOption store, @Parameters(paramLabel = "RUN") String run)
      throws IOException {
    try (ObjectStore objects = store.open()) {
      RunStore runs = new RunStore(objects);
      RunParameters parameters =
          runs.read(run, "params.json", RunParameters.class)
              .orElseThrow(
                  () -> new IOException("There is no run " + run + ". See: mushroom runs list"));
      var out = spec.commandLine().getOut();
      out.println(parameters);
      for (EpochRecord epoch : runs.readMetrics(run, EpochRecord.class)) {
        out.println(epoch);
      }
      out.flush();
      return 0;
    }
  }
}
