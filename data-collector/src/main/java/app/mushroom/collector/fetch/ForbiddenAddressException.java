package app.mushroom.collector.fetch;

import java.io.IOException;

/** An address that must not be dialled; it was not. */
final class ForbiddenAddressException extends IOException {
  private static final long serialVersionUID = 1;

  ForbiddenAddressException(String message) {
    super(message);
  }
}
