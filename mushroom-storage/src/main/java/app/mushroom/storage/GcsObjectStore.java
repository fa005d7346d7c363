package app.mushroom.storage;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Objects in a Google Cloud Storage bucket. */
final class GcsObjectStore implements ObjectStore {
  private final String location;

  private GcsObjectStore(String location) {
    this.location = location;
  }

  static GcsObjectStore open(String location, Map<String, String> environment) throws IOException {
    return new GcsObjectStore(location);
  }

  @Override
  public Optional<StoredObject> find(ObjectKey key) throws IOException {
    throw new ObjectStoreException("not yet");
  }

  @Override
  public InputStream open(ObjectKey key) throws IOException {
    throw new ObjectStoreException("not yet");
  }

  @Override
  public StoredObject write(ObjectKey key, InputStream content, Precondition precondition)
      throws IOException {
    throw new ObjectStoreException("not yet");
  }

  @Override
  public Stream<StoredObject> list(String prefix) throws IOException {
    throw new ObjectStoreException("not yet");
  }

  @Override
  public boolean delete(ObjectKey key) throws IOException {
    throw new ObjectStoreException("not yet");
  }

  @Override
  public String location() {
    return location;
  }

  @Override
  public void close() {}
}
