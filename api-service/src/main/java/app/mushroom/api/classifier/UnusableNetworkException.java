package app.mushroom.api.classifier;

import org.jspecify.annotations.Nullable;

/** A network file cannot be loaded, or does not answer as a network of ours must. */
public final class UnusableNetworkException extends RuntimeException {
  public UnusableNetworkException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
