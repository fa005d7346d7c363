package app.mushroom.collector.cli;

import app.mushroom.collector.imports.ImportFailedException;
import app.mushroom.collector.report.Printable;
import app.mushroom.collector.versions.FreezeException;
import app.mushroom.collector.versions.NoVersionException;
import app.mushroom.storage.InvalidNameException;
import app.mushroom.storage.dataset.DatasetRejectedException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns failures into a sentence and an exit code; only what nobody expected shows its trace. */
final class FailureMessages implements IExecutionExceptionHandler {
  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult arguments)
      throws Exception {
    if (failure instanceof ImportFailedException || failure instanceof FreezeException) {
      command.getErr().println(Printable.of(String.valueOf(failure.getMessage())));
      return ExitCode.SOFTWARE;
    }
    if (failure instanceof InvalidNameException) {
      command.getErr().println(Printable.of(String.valueOf(failure.getMessage())));
      return ExitCode.USAGE;
    }
    if (failure instanceof DatasetRejectedException || failure instanceof NoVersionException) {
      command.getErr().println(Printable.of(String.valueOf(failure.getMessage())));
      return ExitCode.SOFTWARE;
    }
    if (failure instanceof IOException) {
      storeMessage(failure).lines().map(Printable::of).forEach(command.getErr()::println);
      return ExitCode.SOFTWARE;
    }
    throw failure;
  }

  private static String storeMessage(Exception failure) {
    String message = String.valueOf(failure.getMessage());
    String what = message;
    if (failure instanceof AccessDeniedException) {
      what = "no permission for " + message;
    } else if (failure instanceof NoSuchFileException) {
      what = message + " is not there and cannot be made";
    } else if (failure instanceof FileSystemException) {
      what = failure.getClass().getSimpleName() + " at " + message;
    }
    return "Reading or writing failed: %s%nWhat was stored is kept; run the command again to go on."
        .formatted(what);
  }
}
