package app.mushroom.collector.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Where the report goes: an option of every command that makes versions. */
final class ReportOption {
  @Spec(Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Write the report with pictures here. Default: report.html beside the version.")
  private @Nullable Path file;

  /**
   * @return null if it is to lie beside the version
   * @throws ParameterException if there is no such folder
   */
  @Nullable Path file() {
    requireFolder(spec, "--report", file);
    return file;
  }

  static void requireFolder(CommandSpec spec, String option, @Nullable Path file) {
    Path folder = file == null ? null : file.toAbsolutePath().normalize().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw new ParameterException(
          spec.commandLine(),
          "Expected %s in a folder that exists, found %s.".formatted(option, file));
    }
  }
}
