package app.mushroom.collector.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code mushroom collect}: gathers labelled photographs and freezes them as dataset versions. */
@Command(
    name = "mushroom collect",
    description = "Gathers labelled mushroom photographs and freezes them as dataset versions.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = ImportCommand.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:failed; the message says why", "2:wrong usage"})
public final class CollectorApplication {

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new CollectorApplication())
        .setExecutionExceptionHandler(new FailureMessages());
  }
}
