package app.mushroom.collector.cli;

import app.mushroom.collector.report.Printable;
import app.mushroom.collector.versions.VersionCheck;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.storage.dataset.DatasetVersion;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mushroom collect verify}. */
@Command(
    name = "verify",
    description =
        "Reads every image of a version and compares its hash; also that of the manifest itself.",
    mixinStandardHelpOptions = true,
    versionProvider = CollectorApplication.Version.class)
final class VerifyCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Mixin private final DatasetOptions dataset = new DatasetOptions();

  @Parameters(arity = "0..1", paramLabel = "VERSION", description = "Default: the latest.")
  private @Nullable Integer version;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try (ObjectStore store = dataset.open();
        ProgressDisplay progress = new ProgressDisplay(err, Terminal.isInteractive())) {
      DatasetVersion read = dataset.read(store, version);
      int photos = read.photos().size();
      List<String> wrong =
          new VersionCheck(new DatasetRepository(store))
              .run(read, done -> progress.at(done, photos, 0));
      wrong.forEach(line -> out.println(Printable.of(line)));
      out.printf(
          "%s version %d: %d of %d images are as the manifest says.%n",
          dataset.dataset(), read.card().version(), photos - wrong.size(), photos);
      out.flush();
      return wrong.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    }
  }
}
