package app.mushroom.api.identification;

/** More is asked for than can be done in time. */
public final class BusyException extends RuntimeException {
  public BusyException(String message) {
    super(message);
  }
}
