package app.mushroom.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store promises. */
abstract class ObjectStoreContract {
  private static final ObjectKey KEY = ObjectKey.of("folder/object");
  private static final int CHUNK_BYTES = 4 * 1024 * 1024;

  ObjectStore store;

  /** An empty store. */
  abstract ObjectStore emptyStore() throws IOException;

  /** A store through which the content of this object reads with one bit flipped. */
  abstract ObjectStore corrupted(ObjectKey key) throws IOException;

  /** What a process needs to know besides the location. */
  abstract Map<String, String> environment();

  /** Rounds that two processes race. */
  abstract int rounds();

  /** Length of a stream that is longer than {@link LargeStream#HEAP}. */
  abstract long largeBytes();

  @BeforeEach
  void open() throws IOException {
    store = emptyStore();
  }

  @AfterEach
  void close() {
    if (store != null) {
      store.close();
    }
  }

  @Test
  void anEmptyStoreHoldsNothing() throws IOException {
    assertThat(store.find(KEY)).isEmpty();
    assertThat(store.delete(KEY)).isFalse();
    assertThat(list("")).isEmpty();
    assertThatThrownBy(() -> store.open(KEY))
        .isInstanceOf(ObjectNotFoundException.class)
        .hasMessage("No object folder/object in " + store.location() + ".");
    assertThatThrownBy(() -> store.readBytes(KEY, 10)).isInstanceOf(ObjectNotFoundException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_537, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 9_000_000})
  void anObjectReadsAsItWasWritten(int sizeBytes) throws IOException {
    StoredObject written = store.write(KEY, new GeneratedStream(sizeBytes), Precondition.absent());

    assertThat(written.key()).isEqualTo(KEY);
    assertThat(written.sizeBytes()).isEqualTo(sizeBytes);
    assertThat(store.find(KEY)).contains(written);
    try (InputStream in = store.open(KEY)) {
      assertThat(in.readAllBytes()).isEqualTo(new GeneratedStream(sizeBytes).readAllBytes());
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @Test
  void anObjectReadsByteByByteAndBySkipping() throws IOException {
    write(KEY, "mushroom");
    try (InputStream in = store.open(KEY)) {
      assertThat(in.read()).isEqualTo('m');
      assertThat(in.skip(3)).isEqualTo(3);
      assertThat(in.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo("room");
    }
  }

  @Test
  void writingAgainReplacesTheObjectAndItsGenerationGrows() throws IOException {
    StoredObject first = write(KEY, "first");
    StoredObject second = write(KEY, "2nd");

    assertThat(second.generation()).isGreaterThan(first.generation());
    assertThat(text(KEY)).isEqualTo("2nd");
    assertThat(store.find(KEY)).contains(second);
    assertThat(list("")).containsExactly("folder/object");
  }

  @Test
  void aGenerationNeverComesBackNotEvenAfterADelete() throws IOException {
    long last = 0;
    for (int i = 0; i < 20; i++) {
      long generation = write(KEY, "same").generation();
      assertThat(generation).isGreaterThan(last);
      last = generation;
      assertThat(store.delete(KEY)).isTrue();
    }
    assertThat(store.find(KEY)).isEmpty();
    assertThat(store.delete(KEY)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {3, CHUNK_BYTES + 1})
  void createOnlyRefusesWhatIsThere(int sizeBytes) throws IOException {
    StoredObject first = write(KEY, "first");

    assertThatThrownBy(
            () -> store.write(KEY, new GeneratedStream(sizeBytes), Precondition.absent()))
        .isInstanceOf(PreconditionFailedException.class)
        .hasMessageContaining("expected no object, found generation " + first.generation());
    assertThat(text(KEY)).isEqualTo("first");
  }

  @ParameterizedTest
  @ValueSource(ints = {3, CHUNK_BYTES + 1})
  void compareAndSetTakesOnlyTheGenerationItExpects(int sizeBytes) throws IOException {
    StoredObject first = write(KEY, "first");
    StoredObject second =
        store.writeBytes(KEY, bytes("second"), Precondition.generation(first.generation()));

    assertThatThrownBy(
            () ->
                store.write(
                    KEY,
                    new GeneratedStream(sizeBytes),
                    Precondition.generation(first.generation())))
        .isInstanceOf(PreconditionFailedException.class)
        .hasMessageContaining("found generation " + second.generation());
    assertThat(text(KEY)).isEqualTo("second");
    StoredObject third =
        store.write(
            KEY, new GeneratedStream(sizeBytes), Precondition.generation(second.generation()));
    assertThat(store.find(KEY)).contains(third);
  }

  @Test
  void compareAndSetRefusesWhatIsGone() throws IOException {
    StoredObject first = write(KEY, "first");
    store.delete(KEY);

    assertThatThrownBy(
            () -> store.writeBytes(KEY, bytes("2"), Precondition.generation(first.generation())))
        .isInstanceOf(PreconditionFailedException.class)
        .hasMessageContaining("found no object");
    assertThat(store.find(KEY)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {3, CHUNK_BYTES + 1, 3 * CHUNK_BYTES})
  void aStreamThatFailsWritesNothing(int sizeBytes) throws IOException {
    write(KEY, "old");
    InputStream failing =
        new SequenceInputStream(
            new GeneratedStream(sizeBytes),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("the source broke");
              }
            });

    assertThatThrownBy(() -> store.write(KEY, failing, Precondition.none()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the source broke");
    assertThat(text(KEY)).isEqualTo("old");
    assertThat(list("")).containsExactly("folder/object");
  }

  @Test
  void keysAreListedInTheOrderOfTheirStrings() throws IOException {
    List<String> keys =
        List.of("a-b/c", "a.txt", "a/b", "a/b-c", "a/c/d", "a0/b", "b", "datasets/m/1", "Z/a");
    for (String key : keys) {
      write(ObjectKey.of(key), key);
    }

    assertThat(list("")).containsExactlyElementsOf(keys.stream().sorted().toList());
    assertThat(list("a")).containsExactly("a-b/c", "a.txt", "a/b", "a/b-c", "a/c/d", "a0/b");
    assertThat(list("a/")).containsExactly("a/b", "a/b-c", "a/c/d");
    assertThat(list("a/b")).containsExactly("a/b", "a/b-c");
    assertThat(list("a/c/d")).containsExactly("a/c/d");
    assertThat(list("data")).containsExactly("datasets/m/1");
    assertThat(list("a/b/")).isEmpty();
    assertThat(list("x/y/z")).isEmpty();
    assertThat(list("a/c/d/e")).isEmpty();
  }

  @Test
  void aListingTellsSizesAndGenerations() throws IOException {
    StoredObject written = write(KEY, "12345");
    try (Stream<StoredObject> found = store.list("folder/")) {
      assertThat(found).containsExactly(written);
    }
  }

  @Test
  void aPrefixNoKeyCouldHaveIsRefused() {
    for (String prefix : List.of("../", "/", ".mushroom/", "a//")) {
      assertThatThrownBy(() -> store.list(prefix)).isInstanceOf(InvalidNameException.class);
    }
  }

  @Test
  void aFlippedBitIsFoundWhileReading() throws IOException {
    for (int sizeBytes : new int[] {1, 100, CHUNK_BYTES + 100}) {
      ObjectKey key = ObjectKey.of("corrupt", Integer.toString(sizeBytes));
      store.write(key, new GeneratedStream(sizeBytes), Precondition.absent());
      try (ObjectStore corrupted = corrupted(key)) {
        assertThatThrownBy(() -> corrupted.readBytes(key, 2 * CHUNK_BYTES))
            .isInstanceOf(CorruptObjectException.class)
            .hasMessageContaining(key.value())
            .hasMessageContaining("CRC32C");
      }
    }
  }

  @Test
  void anObjectLongerThanTheLimitIsNotReadIntoMemory() throws IOException {
    write(KEY, "12345");
    assertThat(store.readBytes(KEY, 5)).hasSize(5);
    assertThatThrownBy(() -> store.readBytes(KEY, 4))
        .isInstanceOf(ObjectStoreException.class)
        .hasMessageContaining("at most 4 bytes");
  }

  @Test
  void aStreamLongerThanTheHeapPassesThrough() throws Exception {
    try (OtherJvm jvm =
        OtherJvm.start(
            LargeStream.class,
            LargeStream.HEAP,
            environment(),
            store.location(),
            Long.toString(largeBytes()))) {
      assertThat(jvm.line()).isEqualTo(largeBytes() + " " + largeBytes());
      assertThat(jvm.exitCode()).isZero();
    }
    assertThat(store.find(ObjectKey.of("large/stream")))
        .map(StoredObject::sizeBytes)
        .contains(largeBytes());
  }

  @Test
  void ofManyThreadsExactlyOneMovesThePointer() throws Exception {
    int threads = 8;
    int rounds = 25;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      Precondition expected = Precondition.absent();
      for (int round = 0; round < rounds; round++) {
        CyclicBarrier start = new CyclicBarrier(threads);
        Precondition precondition = expected;
        List<Callable<List<StoredObject>>> tasks = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
          byte[] content = bytes("thread " + i);
          tasks.add(
              () -> {
                start.await();
                try {
                  return List.of(store.writeBytes(KEY, content, precondition));
                } catch (PreconditionFailedException e) {
                  return List.of();
                }
              });
        }
        List<StoredObject> winners = new ArrayList<>();
        for (Future<List<StoredObject>> result : pool.invokeAll(tasks)) {
          winners.addAll(result.get());
        }
        assertThat(winners).as("round %d", round).hasSize(1);
        assertThat(store.find(KEY)).contains(winners.get(0));
        expected = Precondition.generation(winners.get(0).generation());
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void readersNeverSeeHalfAnObjectWhileItIsReplaced() throws Exception {
    int sizeBytes = 300_000;
    writeFilled(0, sizeBytes);
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try {
      Future<?> writer =
          pool.submit(
              () -> {
                for (int i = 1; i <= 60; i++) {
                  writeFilled(i, sizeBytes + i);
                }
                return null;
              });
      int reads = 0;
      while (!writer.isDone() || reads == 0) {
        byte[] content = store.readBytes(KEY, 2L * sizeBytes);
        assertThat(content).hasSize(sizeBytes + content[0]).containsOnly(content[0]);
        assertThat(store.find(KEY)).isPresent();
        reads++;
      }
      writer.get();
    } finally {
      pool.shutdownNow();
    }
  }

  private void writeFilled(int value, int sizeBytes) throws IOException {
    byte[] content = new byte[sizeBytes];
    Arrays.fill(content, (byte) value);
    store.writeBytes(KEY, content, Precondition.none());
  }

  @Test
  void ofTwoProcessesExactlyOneMovesThePointer() throws Exception {
    Race.run(store, rounds(), environment());
  }

  StoredObject write(ObjectKey key, String content) throws IOException {
    return store.write(key, new ByteArrayInputStream(bytes(content)), Precondition.none());
  }

  String text(ObjectKey key) throws IOException {
    return new String(store.readBytes(key, 1000), StandardCharsets.UTF_8);
  }

  List<String> list(String prefix) throws IOException {
    try (Stream<StoredObject> found = store.list(prefix)) {
      return found.map(object -> object.key().value()).toList();
    }
  }

  static byte[] bytes(String content) {
    return content.getBytes(StandardCharsets.UTF_8);
  }
}
