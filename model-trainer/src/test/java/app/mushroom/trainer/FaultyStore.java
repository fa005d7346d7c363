package app.mushroom.trainer;

import app.mushroom.storage.ObjectKey;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.Precondition;
import app.mushroom.storage.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.stream.Stream;

/** A store that fails when it is told to. */
public final class FaultyStore implements ObjectStore {

  /** What goes wrong. */
  public interface Fault {

    /** Called before every operation: find, open, write, list or delete. */
    void before(String operation, String key) throws IOException;

    /** Nothing does. */
    Fault NONE = (operation, key) -> {};
  }

  private final ObjectStore store;
  private Fault fault = Fault.NONE;
  private boolean answerLost;

  public FaultyStore(ObjectStore store) {
    this.store = store;
  }

  public void fail(Fault with) {
    this.fault = with;
  }

  /** The write that is about to be done is done, but fails all the same. */
  public void loseAnswer() {
    answerLost = true;
  }

  @Override
  public Optional<StoredObject> find(ObjectKey key) throws IOException {
    fault.before("find", key.value());
    return store.find(key);
  }

  @Override
  public InputStream open(ObjectKey key) throws IOException {
    fault.before("open", key.value());
    return store.open(key);
  }

  @Override
  public StoredObject write(ObjectKey key, InputStream content, Precondition precondition)
      throws IOException {
    fault.before("write", key.value());
    StoredObject written = store.write(key, content, precondition);
    if (answerLost) {
      answerLost = false;
      throw new IOException("no answer");
    }
    return written;
  }

  @Override
  public Stream<StoredObject> list(String prefix) throws IOException {
    fault.before("list", prefix);
    return store.list(prefix);
  }

  @Override
  public boolean delete(ObjectKey key) throws IOException {
    fault.before("delete", key.value());
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
