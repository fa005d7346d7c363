package app.mushroom.collector.cli;

import app.mushroom.collector.dataset.QualityFindings;
import app.mushroom.collector.report.VersionReport;
import app.mushroom.collector.versions.VersionFindings;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.dataset.DatasetVersion;
import app.mushroom.vision.species.SpeciesCatalogue;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mushroom collect report}. */
@Command(
    name = "report",
    description = {
      "Writes the report of a version that is already there.",
      "",
      "Freeze and import write it themselves, and then it names each photo that was left out. This"
          + " is for versions that have none, since somebody stopped the command or it was made"
          + " elsewhere."
    },
    mixinStandardHelpOptions = true,
    versionProvider = CollectorApplication.Version.class)
final class ReportCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Mixin private final DatasetOptions dataset = new DatasetOptions();

  @Parameters(arity = "0..1", paramLabel = "VERSION", description = "Default: the latest.")
  private @Nullable Integer version;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      description = "Write it here. Default: report.html beside the version.")
  private @Nullable Path file;

  @Override
  public Integer call() throws IOException, InterruptedException {
    ReportOption.requireFolder(spec, "-o", file);
    PrintWriter out = spec.commandLine().getOut();
    try (ObjectStore store = dataset.open()) {
      DatasetVersion read = dataset.read(store, version);
      VersionReport report = new VersionReport(store, SpeciesCatalogue.load());
      Optional<String> earlier = report.find(dataset.dataset(), read.card().version());
      if (file == null && earlier.isPresent()) {
        throw new ParameterException(
            spec.commandLine(),
            "Version %d has its report already: %s. It may tell more than could be told now, so it stays; give -o FILE for another."
                .formatted(read.card().version(), earlier.get()));
      }
      QualityFindings findings =
          VersionFindings.of(store, read, Runtime.getRuntime().availableProcessors());
      out.println("Report: " + report.write(read, findings, List.of(), List.of(), file));
      out.flush();
      return ExitCode.OK;
    }
  }
}
