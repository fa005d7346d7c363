package app.mushroom.trainer.runs;

import app.mushroom.trainer.dataset.UnreadablePhotoException;
import app.mushroom.trainer.training.DivergedException;
import app.mushroom.trainer.training.MemoryExhaustedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** A run could not go on; the message says why, what is left of it, and what to do. */
public final class RunFailedException extends IOException {

  private static final long serialVersionUID = 1;

  private RunFailedException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * @param kept what is left to go on from, in a sentence
   * @return empty if the failure is none that a person can do something about
   */
  static Optional<RunFailedException> of(Throwable failure, String run, Optional<String> kept) {
    return reason(failure)
        .map(
            reason ->
                new RunFailedException(
                    reason
                        + advice(failure, run)
                        + kept.map(
                                what -> "\n" + what + " Go on with: mushroom train --resume " + run)
                            .orElse(""),
                    failure));
  }

  private static Optional<String> reason(Throwable failure) {
    Optional<MemoryExhaustedException> memory = MemoryExhaustedException.behind(failure);
    if (memory.isPresent()) {
      return memory.map(Throwable::getMessage);
    }
    Throwable told =
        failure instanceof UncheckedIOException unchecked ? unchecked.getCause() : failure;
    if (told instanceof IOException || told instanceof DivergedException) {
      String text = told.getMessage();
      String name = told.getClass().getSimpleName().replaceFirst("Exception$", "");
      boolean terse = text == null || told instanceof java.nio.file.FileSystemException;
      return Optional.of((terse ? name + ": " + text : text) + advice(String.valueOf(text)));
    }
    return Optional.empty();
  }

  private static String advice(Throwable failure, String run) {
    boolean photo =
        Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
            .limit(20)
            .anyMatch(UnreadablePhotoException.class::isInstance);
    return photo
        ? " It could be read when the run began, and the run needs it: restore it in the store and"
            + " go on, or begin anew without it: mushroom train --from-run "
            + run
        : "";
  }

  private static String advice(String text) {
    boolean full =
        Stream.of("No space left", "not enough space", "Disk quota exceeded")
            .anyMatch(text::contains);
    return full
        ? " Free space where the store lies and in the temporary folder, "
            + System.getProperty("java.io.tmpdir")
            + "; JDK_JAVA_OPTIONS=-Djava.io.tmpdir=<folder> names another."
        : "";
  }
}
