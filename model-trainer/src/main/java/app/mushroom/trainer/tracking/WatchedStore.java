package app.mushroom.trainer.tracking;

import app.mushroom.storage.ObjectKey;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.Precondition;
import app.mushroom.storage.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A store that tells what is written to it. */
final class WatchedStore implements ObjectStore {

  private final ObjectStore store;
  private final Consumer<ObjectKey> written;
  private final Runnable closing;

  /**
   * @param written told each key after the write, by the thread that wrote
   * @param closing called once before the store is closed
   */
  WatchedStore(ObjectStore store, Consumer<ObjectKey> written, Runnable closing) {
    this.store = store;
    this.written = written;
    this.closing = closing;
  }

  @Override
  public StoredObject write(ObjectKey key, InputStream content, Precondition precondition)
      throws IOException {
    StoredObject object = store.write(key, content, precondition);
    written.accept(key);
    return object;
  }

  @Override
  public Optional<StoredObject> find(ObjectKey key) throws IOException {
    return store.find(key);
  }

  @Override
  public InputStream open(ObjectKey key) throws IOException {
    return store.open(key);
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
    try {
      closing.run();
    } finally {
      store.close();
    }
  }
}
