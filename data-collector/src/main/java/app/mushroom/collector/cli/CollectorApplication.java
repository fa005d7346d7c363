package app.mushroom.collector.cli;

import app.mushroom.collector.report.Printable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;

/** {@code mushroom collect}: gathers labelled photographs and freezes them as dataset versions. */
@Command(
    name = "mushroom collect",
    description = "Gathers labelled mushroom photographs and freezes them as dataset versions.",
    mixinStandardHelpOptions = true,
    versionProvider = CollectorApplication.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      SearchCommand.class,
      ImportCommand.class,
      FreezeCommand.class,
      StatsCommand.class,
      ReportCommand.class,
      DiffCommand.class,
      VerifyCommand.class,
      ExportCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:failed; the message says why", "2:wrong usage"})
public final class CollectorApplication {

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new CollectorApplication())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(new FailureMessages())
        .setParameterExceptionHandler(CollectorApplication::wrongUsage);
  }

  private static int wrongUsage(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    String.valueOf(failure.getMessage())
        .lines()
        .map(Printable::of)
        .forEach(command.getErr()::println);
    command.getErr().println("See " + command.getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE;
  }

  /** The version of the build. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String built = CollectorApplication.class.getPackage().getImplementationVersion();
      return new String[] {"mushroom collect " + (built == null ? "(not packaged)" : built)};
    }
  }
}
