package app.mushroom.storage;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The store did not do what it was asked; the message says what to do about it. */
public class ObjectStoreException extends IOException {
  public ObjectStoreException(String message) {
    super(message);
  }

  public ObjectStoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
