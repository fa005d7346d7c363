package app.mushroom.collector;

import app.mushroom.storage.ObjectKey;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.Precondition;
import app.mushroom.storage.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.stream.Stream;

/** A store that tells what is being opened, and may be kept from it. */
public final class WatchedStore implements ObjectStore {
  private final ObjectStore store;
  private final Watcher watcher;

  /** Is told before an object is opened. */
  public interface Watcher {
    void opening(ObjectKey key) throws IOException;
  }

  public WatchedStore(ObjectStore store, Watcher watcher) {
    this.store = store;
    this.watcher = watcher;
  }

  @Override
  public InputStream open(ObjectKey key) throws IOException {
    watcher.opening(key);
    return store.open(key);
  }

  @Override
  public StoredObject write(ObjectKey key, InputStream content, Precondition precondition)
      throws IOException {
    return store.write(key, content, precondition);
  }

  @Override
  public Optional<StoredObject> find(ObjectKey key) throws IOException {
    return store.find(key);
  }

  @Override
  public Stream<StoredObject> list(String prefix) throws IOException {
    return store.list(prefix);
  }

  @Override
  public boolean delete(ObjectKey key) throws IOException {
    return store.delete(key);
  }

  @Override
  public String location() {
    return store.location();
  }

  @Override
  public void close() {
    store.close();
  }
}
