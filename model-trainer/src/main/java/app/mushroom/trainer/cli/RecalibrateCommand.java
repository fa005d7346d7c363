package app.mushroom.trainer.cli;

import app.mushroom.storage.ObjectStore;
import app.mushroom.trainer.runs.ModelPublication.Published;
import app.mushroom.trainer.runs.Recalibration;
import app.mushroom.trainer.runs.WorkFolder;
import app.mushroom.trainer.tracking.Tracking;
import app.mushroom.vision.species.SpeciesCatalogue;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mushroom models recalibrate}. */
@Command(
    name = "recalibrate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Fits calibration and thresholds of a finished run's network anew, with this release's",
      "rules, and publishes it as a further version. Nothing is trained."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:failed; the message says what to do", "2:wrong usage"})
final class RecalibrateCommand implements Callable<Integer> {

  @Mixin private StoreOption store = new StoreOption();

  @Option(names = "--device", description = "cpu, gpu or auto (default: ${DEFAULT-VALUE}).")
  private String device = "auto";

  @Option(names = "--no-promote", description = "Publish without making the new version champion.")
  private boolean noPromote;

  @Parameters(paramLabel = "RUN", description = "A finished run. See: mushroom runs list")
  private String run = "";

  @Override
  public Integer call() throws IOException {
    Clock clock = Clock.systemUTC();
    try (TerminalConsole console = new TerminalConsole(System.out);
        ObjectStore objects = Tracking.watch(store.open(), System.getenv(), console::say);
        WorkFolder work = new WorkFolder()) {
      Published published =
          new Recalibration(objects, SpeciesCatalogue.load(), console, clock)
              .publish(run, device, work.path(), !noPromote);
      Announcement.of(published, console);
      Announcement.promote(published.manifest(), !noPromote, objects, console, clock);
      return 0;
    }
  }
}
