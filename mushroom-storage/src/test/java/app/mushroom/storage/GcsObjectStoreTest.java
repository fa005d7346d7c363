package app.mushroom.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mushroom.storage.FaultyProxy.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GcsObjectStoreTest extends ObjectStoreContract {
  private static final ObjectKey KEY = ObjectKey.of("models/m/champion.json");
  private static final int LONG_BYTES = 9_000_000;
  private static final AtomicInteger BUCKETS = new AtomicInteger();
  private static FakeGcs server;
  private static FaultyProxy proxy;

  private String bucket = "";

  /** Before each test, so that each is counted as skipped where there is no engine. */
  private static void start() throws IOException {
    if (server == null) {
      try {
        server = new FakeGcs();
        proxy = new FaultyProxy(server.url());
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      proxy.close();
      server.close();
    }
  }

  @AfterEach
  void disarm() {
    if (proxy == null) {
      return;
    }
    proxy.arm(Fault.NONE, 0, exchange -> false);
  }

  @Override
  ObjectStore emptyStore() throws IOException {
    start();
    bucket = "bucket-" + BUCKETS.incrementAndGet();
    try {
      server.createBucket(bucket);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    return GcsObjectStore.open("gs://" + bucket + "/some/prefix", environment());
  }

  /** The same bucket through the proxy. */
  private ObjectStore proxied(Duration patience) throws IOException {
    return GcsObjectStore.open(
        "gs://" + bucket + "/some/prefix", FakeGcs.environment(proxy.url()), patience);
  }

  private ObjectStore proxied() throws IOException {
    return proxied(Duration.ofSeconds(30));
  }

  @Override
  ObjectStore corrupted(ObjectKey key) throws IOException {
    proxy.arm(Fault.FLIP_DOWN, 1, FaultyProxy::isDownload);
    return proxied();
  }

  @Override
  Map<String, String> environment() {
    return FakeGcs.environment(server.url());
  }

  @Override
  int rounds() {
    return 50;
  }

  @Override
  long largeBytes() {
    return 80L * 1024 * 1024 + 7;
  }

  @Test
  void keysLieBelowThePrefix() throws IOException {
    write(KEY, "1");
    assertThat(store.location()).isEqualTo("gs://" + bucket + "/some/prefix");
    try (ObjectStore whole = GcsObjectStore.open("gs://" + bucket, environment());
        Stream<StoredObject> found = whole.list("")) {
      assertThat(found)
          .extracting(object -> object.key().value())
          .containsExactly("some/prefix/models/m/champion.json");
    }
  }

  @Test
  void aByteFlippedInAHundredDownloadsIsFoundAHundredTimes() throws IOException {
    write(KEY, "a pointer to a model");
    try (ObjectStore flipping = proxied()) {
      for (int i = 0; i < 100; i++) {
        proxy.arm(Fault.FLIP_DOWN, 1, FaultyProxy::isDownload);
        assertThatThrownBy(() -> flipping.readBytes(KEY, 100))
            .isInstanceOf(CorruptObjectException.class);
      }
      assertThat(flipping.readBytes(KEY, 100)).hasSize(20);
    }
  }

  @Test
  void aBitFlippedOnTheWayUpIsFoundAndTheObjectDoesNotStay() throws IOException {
    try (ObjectStore flipping = proxied(Duration.ofSeconds(3))) {
      proxy.arm(
          Fault.FLIP_UP,
          Integer.MAX_VALUE,
          exchange -> exchange.getRequestMethod().equals("PUT") && FaultyProxy.isUpload(exchange));
      assertThatThrownBy(
              () -> flipping.write(KEY, new GeneratedStream(LONG_BYTES), Precondition.absent()))
          .isInstanceOf(ObjectStoreException.class);
    }
    assertThat(store.find(KEY)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {10, LONG_BYTES})
  void aDownloadThatIsCutGoesOnWhereItWas(int sizeBytes) throws IOException {
    store.write(KEY, new GeneratedStream(sizeBytes), Precondition.absent());
    try (ObjectStore cut = proxied()) {
      proxy.arm(Fault.CUT, 1, FaultyProxy::isDownload);
      try (InputStream in = cut.open(KEY)) {
        assertThat(in.readAllBytes()).isEqualTo(new GeneratedStream(sizeBytes).readAllBytes());
      }
    }
  }

  @Test
  void aWriteWhoseAnswerWasLostKnowsItsOwnObject() throws IOException {
    try (ObjectStore lossy = proxied()) {
      proxy.arm(Fault.LOSE_ANSWER, 1, FaultyProxy::isUpload);
      StoredObject created = lossy.writeBytes(KEY, bytes("1"), Precondition.absent());
      assertThat(store.find(KEY)).contains(created);

      proxy.arm(Fault.LOSE_ANSWER, 1, FaultyProxy::isUpload);
      StoredObject swapped =
          lossy.writeBytes(KEY, bytes("2"), Precondition.generation(created.generation()));
      assertThat(store.find(KEY)).contains(swapped);

      proxy.arm(Fault.LOSE_ANSWER, 1, FaultyProxy::isUpload);
      assertThatThrownBy(
              () ->
                  lossy.writeBytes(KEY, bytes("3"), Precondition.generation(created.generation())))
          .isInstanceOf(PreconditionFailedException.class);
      assertThat(text(KEY)).isEqualTo("2");
    }
  }

  @Test
  void aServerThatIsAwayForAMomentIsAskedAgain() throws IOException {
    write(KEY, "1");
    try (ObjectStore busy = proxied()) {
      proxy.arm(Fault.UNAVAILABLE, 2, exchange -> true);
      assertThat(busy.find(KEY)).isPresent();
      proxy.arm(Fault.UNAVAILABLE, 2, FaultyProxy::isDownload);
      assertThat(busy.readBytes(KEY, 10)).hasSize(1);
      proxy.arm(Fault.UNAVAILABLE, 2, FaultyProxy::isUpload);
      busy.write(KEY, new GeneratedStream(LONG_BYTES), Precondition.none());
      assertThat(store.find(KEY)).map(StoredObject::sizeBytes).contains((long) LONG_BYTES);
    }
  }

  @Test
  void aServerThatStaysAwayIsAnErrorThatSaysWhatToDo() throws IOException {
    try (ObjectStore away = proxied(Duration.ofSeconds(2))) {
      proxy.arm(Fault.UNAVAILABLE, Integer.MAX_VALUE, exchange -> true);
      assertThatThrownBy(() -> away.find(KEY))
          .isInstanceOf(ObjectStoreException.class)
          .hasMessageContaining("Could not look up " + KEY + " in gs://" + bucket)
          .hasMessageContaining("Check the network");
      assertThatThrownBy(() -> away.list("")).isInstanceOf(ObjectStoreException.class);
      assertThatThrownBy(() -> away.delete(KEY)).isInstanceOf(ObjectStoreException.class);
      for (int sizeBytes : new int[] {1, LONG_BYTES}) {
        assertThatThrownBy(
                () -> away.write(KEY, new GeneratedStream(sizeBytes), Precondition.absent()))
            .isInstanceOf(ObjectStoreException.class)
            .hasMessageContaining("Check the network");
      }
      assertThat(proxy.requests()).isPositive();
    }
  }

  @Test
  void aMissingBucketIsNotAMissingObject() throws IOException {
    try (ObjectStore missing = GcsObjectStore.open("gs://no-such-bucket", environment())) {
      assertThatThrownBy(() -> missing.find(KEY))
          .isInstanceOf(ObjectStoreException.class)
          .hasMessageContaining("There is no bucket no-such-bucket");
      assertThatThrownBy(() -> missing.open(KEY))
          .isNotInstanceOf(ObjectNotFoundException.class)
          .hasMessageContaining("There is no bucket");
      assertThatThrownBy(() -> missing.list("")).hasMessageContaining("There is no bucket");
      for (int sizeBytes : new int[] {1, LONG_BYTES}) {
        assertThatThrownBy(
                () -> missing.write(KEY, new GeneratedStream(sizeBytes), Precondition.absent()))
            .hasMessageContaining("There is no bucket");
      }
    }
  }
}
