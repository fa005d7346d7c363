package app.mushroom.trainer.cli;

import app.mushroom.storage.InvalidNameException;
import app.mushroom.trainer.settings.SettingException;
import app.mushroom.trainer.training.DivergedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The trainer's commands. Exit codes: 0 done, 1 failed, 2 wrong usage or settings, 130 or 143
 * stopped by Ctrl-C or SIGTERM, saved and resumable.
 */
@Command(
    name = "mushroom",
    description = "Trains, evaluates and publishes mushroom models.",
    subcommands = {
      EvaluateCommand.class,
      ModelsCommand.class,
      RunsCommand.class,
      CommandLine.HelpCommand.class
    },
    mixinStandardHelpOptions = true)
public final class TrainerApplication {

  static final int FAILED = 1;
  static final int STOPPED = 130;

  private static final int HELP_COLUMNS = 96;
  private static final String FETCH_TIMEOUT_MILLIS = "60000";

  private TrainerApplication() {}

  public static void main(String[] arguments) {
    setDefaults();
    Interruption interruption = new Interruption();
    interruption.run(() -> commandLine(interruption::requested).execute(arguments));
  }

  /** Settings of the JVM that are better than its own; what somebody set stays. */
  static void setDefaults() {
    System.setProperty("java.awt.headless", "true");
    // DJL fetches with URLConnection, which waits for ever.
    for (String timeout : List.of("Connect", "Read")) {
      String property = "sun.net.client.default" + timeout + "Timeout";
      if (System.getProperty(property) == null) {
        System.setProperty(property, FETCH_TIMEOUT_MILLIS);
      }
    }
  }

  static CommandLine commandLine(Interruption.Flag stop) {
    return new CommandLine(new TrainerApplication())
        .addSubcommand(TrainCommand.commandLine(stop))
        .setUsageHelpWidth(HELP_COLUMNS)
        .setParameterExceptionHandler((wrong, arguments) -> usage(wrong))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOverwrittenOptionsAllowed(true)
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              if (failure instanceof SettingException) {
                command.getErr().println(failure.getMessage());
                command.getErr().println(help(command));
                return CommandLine.ExitCode.USAGE;
              }
              if (failure instanceof IOException
                  || failure instanceof UncheckedIOException
                  || failure instanceof InvalidNameException
                  || failure instanceof IllegalArgumentException
                  || failure instanceof DivergedException) {
                Throwable cause =
                    failure instanceof UncheckedIOException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
                command.getErr().println(message(cause));
                return FAILED;
              }
              throw failure;
            });
  }

  /** What was wrong and where to read on; the whole help would push that off the screen. */
  private static int usage(ParameterException wrong) {
    CommandLine command = wrong.getCommandLine();
    command.getErr().println(wrong.getMessage());
    UnmatchedArgumentException.printSuggestions(wrong, command.getErr());
    command.getErr().println(help(command));
    return CommandLine.ExitCode.USAGE;
  }

  private static String help(CommandLine command) {
    return "See: " + command.getCommandSpec().qualifiedName() + " --help";
  }

  private static String message(Throwable failure) {
    String text = failure.getMessage();
    if (text == null || text.isBlank()) {
      return failure.getClass().getSimpleName();
    }
    return failure instanceof java.nio.file.FileSystemException
        ? failure.getClass().getSimpleName().replace("Exception", "") + ": " + text
        : text;
  }
}
