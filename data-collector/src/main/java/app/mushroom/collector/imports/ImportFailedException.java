package app.mushroom.collector.imports;

import org.jspecify.annotations.Nullable;

/** An import cannot go on; the message says what was expected, what was found and what to do. */
public final class ImportFailedException extends Exception {
  public ImportFailedException(String message) {
    super(message);
  }

  public ImportFailedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
