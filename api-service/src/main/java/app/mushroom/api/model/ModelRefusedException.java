package app.mushroom.api.model;

import org.jspecify.annotations.Nullable;

/** A bundle did not pass its checks and is not served. The message says which check. */
public final class ModelRefusedException extends RuntimeException {
  public ModelRefusedException(String message) {
    this(message, null);
  }

  public ModelRefusedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
