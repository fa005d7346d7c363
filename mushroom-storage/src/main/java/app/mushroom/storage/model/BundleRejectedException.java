package app.mushroom.storage.model;

import java.io.IOException;

/** A bundle is incomplete or not what its {@code bundle.json} says; nothing of it may be used. */
public final class BundleRejectedException extends IOException {
  BundleRejectedException(String message) {
    super(message);
  }

  BundleRejectedException(String message, Throwable cause) {
    super(message, cause);
  }
}
