package app.mushroom.trainer.cli;

import app.mushroom.storage.InvalidNameException;
import app.mushroom.trainer.training.DivergedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The trainer's commands. Exit codes: 0 done, 1 failed, 2 usage, 130 or 143 stopped by Ctrl-C or
 * SIGTERM, saved and resumable.
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

  private TrainerApplication() {}

  public static void main(String[] arguments) {
    System.setProperty("java.awt.headless", "true");
    Interruption interruption = new Interruption();
    interruption.listen();
    interruption.exit(commandLine(interruption::requested).execute(arguments));
  }

  static CommandLine commandLine(Interruption.Flag stop) {
    return new CommandLine(new TrainerApplication())
        .addSubcommand(new TrainCommand(stop))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOverwrittenOptionsAllowed(true)
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
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
