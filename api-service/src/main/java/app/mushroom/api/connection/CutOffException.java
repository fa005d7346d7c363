package app.mushroom.api.connection;

import app.mushroom.api.connection.ClientConnection.Cut;

/** A request was cut off while it came in. */
public final class CutOffException extends RuntimeException {
  private final Cut reason;

  public CutOffException(Cut reason) {
    super("The request was cut off: " + reason);
    this.reason = reason;
  }

  public Cut reason() {
    return reason;
  }
}
