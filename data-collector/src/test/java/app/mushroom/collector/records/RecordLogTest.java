package app.mushroom.collector.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mushroom.collector.WatchedStore;
import app.mushroom.storage.CorruptObjectException;
import app.mushroom.storage.ObjectKey;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStoreException;
import app.mushroom.storage.ObjectStores;
import app.mushroom.storage.Precondition;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordLogTest {
  private static final String PREFIX = "datasets/mushrooms/records/test/";

  record Note(String text) {}

  @TempDir Path folder;
  private ObjectStore store;

  @BeforeEach
  void open() throws Exception {
    store = ObjectStores.open(folder.toString());
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void readsBackWhatWasAddedInOrderHoweverManyPartsThereAre() throws Exception {
    List<String> texts = IntStream.range(0, 101).mapToObj(i -> "note\n" + i + " ü✓").toList();
    for (int linesPerPart : List.of(1, 3)) {
      try (RecordLog<Note> log = log(linesPerPart, new ArrayList<>())) {
        for (String text : texts) {
          log.add(new Note(text));
        }
      }
    }
    List<String> twice = new ArrayList<>(texts);
    twice.addAll(texts);
    assertThat(read()).isEqualTo(twice);
  }

  @Test
  void readsSeveralPartsAtOnceAndHandsThemOnInOrder() throws Exception {
    write(50);
    CountDownLatch others = new CountDownLatch(8);
    AtomicBoolean waited = new AtomicBoolean();
    WatchedStore watched =
        new WatchedStore(
            store,
            key -> {
              if (key.name().startsWith("00000001")) {
                waited.set(await(others));
              } else {
                others.countDown();
              }
            });
    List<String> read = new ArrayList<>();
    new RecordLog<>(watched, PREFIX, Note.class, 1, note -> read.add(note.text())).close();
    assertThat(waited).as("eight others were opened while the first one was").isTrue();
    assertThat(read).isEqualTo(IntStream.range(0, 50).mapToObj(Integer::toString).toList());
  }

  @Test
  void aPartWithoutAFirstLineOfItsOwnIsReadAsEver() throws Exception {
    put("00000001.jsonl", "{\"text\":\"old\"}\nno record\n\n{\"text\":\"older\"}\n");
    write(1);
    assertThat(read()).containsExactly("old", "older", "0");
  }

  @Test
  void saysWhichPartWasChanged() throws Exception {
    write(1);
    byte[] part = bytes("00000001.jsonl");
    byte[] changed = part.clone();
    changed[part.length - 4] ^= 1;
    put("00000001.jsonl", new String(changed, StandardCharsets.UTF_8));
    assertThatThrownBy(this::read)
        .isInstanceOf(CorruptObjectException.class)
        .hasMessageContaining("00000001.jsonl")
        .hasMessageContaining("Bring it back");
  }

  @Test
  void aPartThatIsCutOffAnywhereIsTold() {
    byte[] part = RecordPart.write(List.of("{\"text\":\"one\"}", "{\"text\":\"two\"}"));
    for (int length = 0; length < part.length; length++) {
      byte[] cut = Arrays.copyOf(part, length);
      assertThatThrownBy(() -> RecordPart.read(cut, "a part"))
          .as("cut off after %d bytes", length)
          .isInstanceOf(CorruptObjectException.class);
    }
  }

  @Test
  void whereAPartCannotBeReadNothingIsPassedOver() throws Exception {
    write(20);
    WatchedStore failing =
        new WatchedStore(
            store,
            key -> {
              if (key.name().startsWith("00000007")) {
                throw new ObjectStoreException("no answer");
              }
            });
    List<String> read = new ArrayList<>();
    assertThatThrownBy(
            () ->
                new RecordLog<>(failing, PREFIX, Note.class, 1, note -> read.add(note.text()))
                    .close())
        .isInstanceOf(ObjectStoreException.class);
    assertThat(read).hasSize(6);
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void write(int notes) throws Exception {
    try (RecordLog<Note> log = log(1, new ArrayList<>())) {
      for (int i = 0; i < notes; i++) {
        log.add(new Note(Integer.toString(i)));
      }
    }
  }

  private List<String> read() throws Exception {
    List<String> read = new ArrayList<>();
    log(1, read).close();
    return read;
  }

  private RecordLog<Note> log(int linesPerPart, List<String> read) throws Exception {
    return new RecordLog<>(store, PREFIX, Note.class, linesPerPart, note -> read.add(note.text()));
  }

  private byte[] bytes(String name) throws Exception {
    return store.readBytes(new ObjectKey(PREFIX + name), 10_000);
  }

  private void put(String name, String content) throws Exception {
    store.delete(new ObjectKey(PREFIX + name));
    store.writeBytes(
        new ObjectKey(PREFIX + name),
        content.getBytes(StandardCharsets.UTF_8),
        Precondition.absent());
  }
}
