package app.mushroom.trainer.cli;

import app.mushroom.storage.JsonDocument;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.storage.dataset.DatasetVersion;
import app.mushroom.storage.model.ModelRegistry;
import app.mushroom.trainer.dataset.PhotoSource;
import app.mushroom.trainer.runs.ModelPublication;
import app.mushroom.trainer.runs.ModelPublication.Published;
import app.mushroom.trainer.runs.Promotion;
import app.mushroom.trainer.runs.RunParameters;
import app.mushroom.trainer.runs.RunState;
import app.mushroom.trainer.runs.RunStore;
import app.mushroom.trainer.runs.TrainingJob;
import app.mushroom.trainer.runs.WorkFolder;
import app.mushroom.vision.species.SpeciesCatalogue;
import java.io.IOException;
import java.nio.file.Path;
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
    try (ObjectStore objects = store.open();
        WorkFolder work = new WorkFolder();
        TerminalConsole console = new TerminalConsole(System.out)) {
      RunStore runs = new RunStore(objects);
      RunParameters parameters = parameters(runs);
      RunState state = finished(runs);
      String before = String.valueOf(state.publishedVersion());
      ModelRegistry registry = new ModelRegistry(objects, clock);
      Path network =
          registry
              .fetch(parameters.model(), before, work.path().resolve("before"))
              .file("model.pt");
      DatasetRepository datasets = new DatasetRepository(objects);
      DatasetVersion dataset =
          datasets.read(parameters.dataset().name(), parameters.dataset().version());
      RunStart.requireSame(parameters, dataset);
      SpeciesCatalogue catalogue = SpeciesCatalogue.load();
      PhotoSource photos = new PhotoSource(datasets, parameters.dataset().name());
      try (TrainingJob job =
          new TrainingJob(
              parameters, runs, dataset, photos, catalogue, device, work.path(), console, clock)) {
        job.recall();
        Published published =
            new ModelPublication(parameters, dataset, job, catalogue, console, clock)
                .publish(network, work.path(), registry);
        String version = published.manifest().version();
        runs.write(run, "evaluation.json", published.metrics());
        runs.write(
            run,
            "run.json",
            new RunState(
                JsonDocument.SCHEMA_VERSION,
                "finished",
                clock.instant(),
                state.epochsDone(),
                "Version " + before + ", calibrated again as version " + version,
                version));
        console.say("val\n" + FiguresTable.of(published.metrics().val()));
        console.say("test\n" + FiguresTable.of(published.metrics().test()));
        console.say("Published " + parameters.model() + " version " + version);
        console.say(
            noPromote
                ? "Not promoted, as asked. To serve it: mushroom models promote " + version
                : new Promotion(registry).consider(parameters.model(), version));
      }
      return 0;
    }
  }

  private RunParameters parameters(RunStore runs) throws IOException {
    return runs.read(run, "params.json", RunParameters.class)
        .orElseThrow(() -> new IOException("There is no run " + run + ". See: mushroom runs list"));
  }

  private RunState finished(RunStore runs) throws IOException {
    return runs.read(run, "run.json", RunState.class)
        .filter(state -> state.publishedVersion() != null)
        .orElseThrow(
            () ->
                new IOException(
                    "Expected a run that has published a version, found "
                        + run
                        + ", which has not. Finish it with: mushroom train --resume "
                        + run));
  }
}
