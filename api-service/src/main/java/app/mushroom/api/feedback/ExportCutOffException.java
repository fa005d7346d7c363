package app.mushroom.api.feedback;

/**
 * Reading out stopped after a part of it was on its way: the connection is to be cut, so that
 * nobody takes the part for the whole.
 */
public final class ExportCutOffException extends RuntimeException {
  ExportCutOffException(Throwable cause) {
    super("Reading out records stopped before the end.", cause);
  }
}
