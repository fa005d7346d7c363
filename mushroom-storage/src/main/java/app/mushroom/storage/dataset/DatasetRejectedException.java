package app.mushroom.storage.dataset;

import java.io.IOException;

/** A dataset version is not what its card says, or photos do not make a dataset version. */
public final class DatasetRejectedException extends IOException {
  DatasetRejectedException(String message) {
    super(message);
  }

  DatasetRejectedException(String message, Throwable cause) {
    super(message, cause);
  }
}
