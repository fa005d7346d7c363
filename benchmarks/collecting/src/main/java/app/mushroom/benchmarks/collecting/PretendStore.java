package app.mushroom.benchmarks.collecting;

import app.mushroom.storage.ObjectKey;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.Precondition;
import app.mushroom.storage.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A real store that says it had so many images, which would take gigabytes, and that takes its time
 * to open an object, as a bucket does.
 */
final class PretendStore implements ObjectStore {
  private final ObjectStore store;
  private final String prefix;
  private final int images;
  private final IntFunction<String> sha256;
  private final int latency;

  /**
   * @param sha256 of the images by their number, in any order
   * @param latency milliseconds that an object takes to be opened
   */
  PretendStore(
      ObjectStore store, String dataset, int images, IntFunction<String> sha256, int latency) {
    this.latency = latency;
    this.store = store;
    this.prefix = "datasets/" + dataset + "/images/";
    this.images = images;
    this.sha256 = sha256;
  }

  @Override
  public Stream<StoredObject> list(String asked) throws IOException {
    Stream<StoredObject> there = store.list(asked);
    return asked.equals(prefix)
        ? Stream.concat(
            IntStream.range(0, images)
                .mapToObj(image -> new ObjectKey(prefix + sha256.apply(image) + ".jpg"))
                .map(key -> new StoredObject(key, 1, 1)),
            there)
        : there;
  }

  @Override
  public Optional<StoredObject> find(ObjectKey key) throws IOException {
    return store.find(key);
  }

  @Override
  public InputStream open(ObjectKey key) throws IOException {
    try {
      Thread.sleep(latency);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
    return store.open(key);
  }

  @Override
  public StoredObject write(ObjectKey key, InputStream content, Precondition precondition)
      throws IOException {
    return store.write(key, content, precondition);
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
