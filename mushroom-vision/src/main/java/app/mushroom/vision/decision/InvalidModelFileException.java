package app.mushroom.vision.decision;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A file of a model bundle does not hold what its format asks for. */
public final class InvalidModelFileException extends IOException {
  public InvalidModelFileException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
