package app.mushroom.collector.cli;

import app.mushroom.collector.dataset.Refusal;
import app.mushroom.collector.dataset.SplitShares;
import app.mushroom.collector.report.LabelTable;
import app.mushroom.collector.report.Printable;
import app.mushroom.collector.report.VersionReport;
import app.mushroom.collector.versions.Freeze;
import app.mushroom.collector.versions.Freeze.Frozen;
import app.mushroom.collector.versions.FreezeException;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.dataset.DatasetVersion;
import app.mushroom.vision.species.SpeciesCatalogue;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mushroom collect freeze}. */
@Command(
    name = "freeze",
    description = {
      "Makes a dataset version of what searches took.",
      "",
      "A version never changes. It holds the photos of the version before and those that came since;"
          + " photos keep their splits, all photos of a find are in one. With nothing new there is"
          + " no new version."
    },
    mixinStandardHelpOptions = true,
    versionProvider = CollectorApplication.Version.class,
    showDefaultValues = true)
final class FreezeCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Mixin private final DatasetOptions dataset = new DatasetOptions();

  @Option(
      names = "--splits",
      paramLabel = "TRAIN/VAL/TEST",
      description = "Per cent, for finds without a split; a photo never moves.")
  private String splits = "80/10/10";

  @Option(names = "--dry-run", description = "Work it out, write nothing.")
  private boolean dryRun;

  @Mixin private final ReportOption report = new ReportOption();

  @Override
  public Integer call() throws IOException, FreezeException, InterruptedException {
    SplitShares shares;
    try {
      shares = SplitShares.parse(splits);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    }
    Path file = report.file();
    if (dryRun && file != null) {
      throw new ParameterException(
          spec.commandLine(),
          "Expected --report with a version to report on, found --dry-run; leave one out.");
    }
    PrintWriter out = spec.commandLine().getOut();
    try (ObjectStore store = dataset.open()) {
      Frozen frozen =
          new Freeze(store, SpeciesCatalogue.load(), Clock.systemUTC())
              .run(dataset.dataset(), shares, dryRun);
      DatasetVersion version = frozen.version();
      if (version != null) {
        out.print(LabelTable.of(version.photos()));
      }
      Refusal.counts(frozen.refusals())
          .forEach((reason, count) -> out.printf("Left out, %s: %d%n", reason, count));
      frozen.notes().forEach(note -> out.println("Note: " + Printable.of(note)));
      out.println(ending(frozen, store));
      out.flush();
      if (version != null && (frozen.isNew() || file != null)) {
        out.println(
            "Report: "
                + new VersionReport(store, SpeciesCatalogue.load())
                    .write(version, frozen.findings(), frozen.refusals(), frozen.notes(), file));
        out.flush();
      }
      return ExitCode.OK;
    }
  }

  private String ending(Frozen frozen, ObjectStore store) {
    DatasetVersion version = frozen.version();
    if (version == null) {
      return "Dry run: a version would have %d photos, %d of them new. Nothing was written."
          .formatted(frozen.photos(), frozen.added());
    }
    int number = version.card().version();
    return frozen.isNew()
        ? "Published version %d of %s in %s: %d photos, %d of them new."
            .formatted(number, dataset.dataset(), store.location(), frozen.photos(), frozen.added())
        : "Nothing new: version %d of %s already holds these photos, so no version was made."
            .formatted(number, dataset.dataset());
  }
}
