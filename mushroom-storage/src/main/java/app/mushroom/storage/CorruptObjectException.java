package app.mushroom.storage;

/** The bytes read are not the bytes that were written. */
public final class CorruptObjectException extends ObjectStoreException {
  public CorruptObjectException(String message) {
    super(message);
  }
}
