package app.mushroom.collector;

import app.mushroom.storage.ObjectKey;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStoreException;
import app.mushroom.storage.Precondition;
import app.mushroom.storage.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A store that fails after so many writes, and remembers what was written. */
public final class FailingStore implements ObjectStore {
  private final ObjectStore store;
  private final AtomicInteger writesLeft;
  private final List<String> written = new CopyOnWriteArrayList<>();

  public FailingStore(ObjectStore store, int writesLeft) {
    this.store = store;
    this.writesLeft = new AtomicInteger(writesLeft);
  }

  /** The keys written, in order. */
  public List<String> written() {
    return written;
  }

  @Override
  public StoredObject write(ObjectKey key, InputStream content, Precondition precondition)
      throws IOException {
    if (writesLeft.decrementAndGet() < 0) {
      throw new ObjectStoreException("disk full");
    }
    StoredObject object = store.write(key, content, precondition);
    written.add(key.value());
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
    store.close();
  }
}
