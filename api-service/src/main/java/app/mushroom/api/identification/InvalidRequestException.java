package app.mushroom.api.identification;

/** A request is not as documented; the message says what was expected. */
public final class InvalidRequestException extends RuntimeException {
  public InvalidRequestException(String message) {
    super(message);
  }
}
