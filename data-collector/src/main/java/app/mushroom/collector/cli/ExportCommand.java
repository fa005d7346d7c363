package app.mushroom.collector.cli;

import app.mushroom.collector.versions.Export;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.storage.dataset.DatasetVersion;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
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

/** {@code mushroom collect export}. */
@Command(
    name = "export",
    description = {
      "Writes a version out for other tools.",
      "",
      "folder: images by split and label, and a list that import reads again. csv: the list alone."
          + " imagefolder: as Hugging Face's loader of that name reads it."
    },
    mixinStandardHelpOptions = true,
    versionProvider = CollectorApplication.Version.class,
    showDefaultValues = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  mushroom collect export mushrooms/",
      "  mushroom collect export --as csv --version-number 3 photos.csv"
    })
final class ExportCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Mixin private final DatasetOptions dataset = new DatasetOptions();

  @Parameters(paramLabel = "TARGET", description = "What is to be made; must not exist yet.")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private Path target;

  @Option(names = "--as", paramLabel = "FORM", description = "${COMPLETION-CANDIDATES}.")
  private Export.Form form = Export.Form.FOLDER;

  @Option(names = "--version-number", paramLabel = "VERSION", description = "Default: the latest.")
  private @Nullable Integer version;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try (ObjectStore store = dataset.open();
        ProgressDisplay progress = new ProgressDisplay(err, Terminal.isInteractive())) {
      DatasetVersion read = dataset.read(store, version);
      int photos = read.photos().size();
      try {
        new Export(new DatasetRepository(store))
            .run(read, form, target, done -> progress.at(done, photos, 0));
      } catch (FileAlreadyExistsException e) {
        throw new ParameterException(
            spec.commandLine(),
            "Expected nothing at " + target + " yet. Name another place, or remove what is there.",
            e);
      }
      out.printf(
          "%s version %d: %d photos in %s%n",
          dataset.dataset(), read.card().version(), photos, target);
      out.flush();
      return ExitCode.OK;
    }
  }
}
