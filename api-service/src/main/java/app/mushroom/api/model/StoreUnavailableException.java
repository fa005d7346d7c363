package app.mushroom.api.model;

import java.io.IOException;

/** The store did not answer. */
public final class StoreUnavailableException extends RuntimeException {
  public StoreUnavailableException(IOException cause) {
    super("The store of models does not answer just now. Try again in half a minute.", cause);
  }
}
