package app.mushroom.storage;

/** No object lies under the key. */
public final class ObjectNotFoundException extends ObjectStoreException {
  private final ObjectKey key;

  public ObjectNotFoundException(ObjectKey key, String location) {
    super("No object " + key + " in " + location + ".");
    this.key = key;
  }

  public ObjectKey key() {
    return key;
  }
}
