package app.mushroom.trainer.cli;

import app.mushroom.storage.ObjectStore;
import app.mushroom.trainer.runs.AveragingRun;
import app.mushroom.trainer.runs.ModelPublication.Published;
import app.mushroom.trainer.runs.WorkFolder;
import app.mushroom.trainer.tracking.Tracking;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mushroom models average}. */
@Command(
    name = "average",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Averages the weights of versions that were trained from one backbone on one dataset, as far",
      "as val gets better by it, and publishes the result: about as good as asking all of them,",
      "for the price of one. Nothing is trained."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:failed; the message says what to do", "2:wrong usage"})
final class AverageCommand implements Callable<Integer> {

  @Mixin private StoreOption store = new StoreOption();
  @Mixin private ModelOption model = new ModelOption();

  @Option(names = "--device", description = "cpu, gpu or auto (default: ${DEFAULT-VALUE}).")
  private String device = "auto";

  @Option(names = "--no-promote", description = "Publish without making the new version champion.")
  private boolean noPromote;

  @Parameters(paramLabel = "VERSION", arity = "2..*", description = "Versions to average.")
  private List<String> versions = List.of();

  @Override
  public Integer call() throws IOException {
    Clock clock = Clock.systemUTC();
    try (TerminalConsole console = new TerminalConsole(System.out);
        ObjectStore objects = Tracking.watch(store.open(), System.getenv(), console::say);
        WorkFolder work = new WorkFolder()) {
      Published published =
          new AveragingRun(objects, console, clock)
              .run(model.name(), versions, device, work.path(), !noPromote);
      Announcement.of(published, console);
      Announcement.promote(published.manifest(), !noPromote, objects, console, clock);
      return 0;
    }
  }
}
