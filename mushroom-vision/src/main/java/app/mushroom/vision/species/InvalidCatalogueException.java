package app.mushroom.vision.species;

import org.jspecify.annotations.Nullable;

/** The species catalogue breaks its own rules; the build or the file is wrong, not the user. */
public final class InvalidCatalogueException extends RuntimeException {
  public InvalidCatalogueException(String message) {
    this(message, null);
  }

  public InvalidCatalogueException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
