package app.mushroom.api.model;

/** There is nothing to identify with yet. */
public final class NoModelException extends RuntimeException {
  public NoModelException() {
    super("No model is loaded yet. Try again in a minute.");
  }
}
