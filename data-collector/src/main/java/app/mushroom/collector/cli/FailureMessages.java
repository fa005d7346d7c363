package app.mushroom.collector.cli;

import app.mushroom.collector.imports.ImportFailedException;
import app.mushroom.collector.report.Printable;
import app.mushroom.storage.InvalidNameException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns failures into a sentence and an exit code; only what nobody expected shows its trace. */
final class FailureMessages implements IExecutionExceptionHandler {
  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult arguments)
      throws Exception {
    if (failure instanceof ImportFailedException) {
      command.getErr().println(Printable.of(String.valueOf(failure.getMessage())));
      return ExitCode.SOFTWARE;
    }
    if (failure instanceof InvalidNameException) {
      command.getErr().println(Printable.of(String.valueOf(failure.getMessage())));
      return ExitCode.USAGE;
    }
    if (failure instanceof IOException) {
      storeMessage(failure).lines().map(Printable::of).forEach(command.getErr()::println);
      return ExitCode.SOFTWARE;
    }
    throw failure;
  }

  private static String storeMessage(Exception failure) {
    String what =
        failure instanceof FileSystemException
            ? failure.getClass().getSimpleName() + ": " + failure.getMessage()
            : String.valueOf(failure.getMessage());
    return "Reading or writing failed: %s%nWhat was stored is kept; run the command again to go on."
        .formatted(what);
  }
}
