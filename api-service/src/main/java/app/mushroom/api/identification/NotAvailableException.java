package app.mushroom.api.identification;

/** Something about an identification is unknown, or no longer kept. */
public final class NotAvailableException extends RuntimeException {
  public NotAvailableException(String message) {
    super(message);
  }
}
