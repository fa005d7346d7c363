package app.mushroom.api.model;

/** The chosen version is not in memory yet. Asking again a little later finds it there. */
public final class ModelLoadingException extends RuntimeException {
  ModelLoadingException(String message) {
    super(message);
  }
}
