package app.mushroom.api.feedback;

/** Somebody else is reading records out. */
public final class ExportBusyException extends RuntimeException {
  ExportBusyException() {
    super("Records are being read out already, one reader at a time. Try again in a minute.");
  }
}
