package app.mushroom.collector.versions;

/** No version can be made; the message says why and what to do. */
public final class FreezeException extends Exception {
  private static final long serialVersionUID = 1;

  FreezeException(String message) {
    super(message);
  }

  FreezeException(String message, Throwable cause) {
    super(message, cause);
  }
}
