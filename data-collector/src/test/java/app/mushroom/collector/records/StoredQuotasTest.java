package app.mushroom.collector.records;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.collector.FailingStore;
import app.mushroom.collector.fetch.QuotaMemory.Level;
import app.mushroom.storage.ObjectKey;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStores;
import app.mushroom.storage.Precondition;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredQuotasTest {
  private static final Level LEVEL = new Level(17.5, Instant.parse("2026-05-01T08:00:00Z"));

  @TempDir Path folder;
  private final List<String> notes = new ArrayList<>();
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
  void keepsWhatIsLeft() {
    assertThat(quotas().change(before -> Map.of("a", LEVEL))).isTrue();
    assertThat(read(quotas())).isEqualTo(Map.of("a", LEVEL));
    assertThat(notes).isEmpty();
  }

  @Test
  void losesNoChangeOfSeveralProcesses() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(3);
    int changed = 0;
    try {
      List<Future<Boolean>> running = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        running.add(
            pool.submit(
                () ->
                    quotas()
                        .change(
                            before -> {
                              double left =
                                  before.getOrDefault("a", new Level(0, LEVEL.at())).left();
                              return Map.of("a", new Level(left + 1, LEVEL.at()));
                            })));
      }
      for (Future<Boolean> each : running) {
        changed += each.get() ? 1 : 0;
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(read(quotas()).get("a").left()).isEqualTo(changed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no document",
        "{\"schemaVersion\":1}",
        "{\"schemaVersion\":2,\"quotas\":{}}",
        "{\"schemaVersion\":1,\"quotas\":{\"a\":null}}",
        "{\"schemaVersion\":1,\"quotas\":{\"a\":{\"left\":1}}}"
      })
  void whatIsNoDocumentCountsFromNothingWithANote(String text) throws Exception {
    store.writeBytes(
        new ObjectKey("collector/quotas.json"),
        text.getBytes(StandardCharsets.UTF_8),
        Precondition.none());
    assertThat(read(quotas())).isEmpty();
    assertThat(notes).singleElement().asString().contains("collector/quotas.json", "from nothing");
    quotas().change(before -> Map.of("a", LEVEL));
    notes.clear();
    assertThat(read(quotas())).isEqualTo(Map.of("a", LEVEL));
    assertThat(notes).isEmpty();
  }

  @Test
  void whatWasDamagedCountsFromNothingWithANote() throws Exception {
    quotas().change(before -> Map.of("a", LEVEL));
    Path file = folder.resolve("collector/quotas.json");
    Files.writeString(file, Files.readString(file).replace("17.5", "99.5"));
    assertThat(read(quotas())).isEmpty();
    assertThat(notes).hasSize(1);
  }

  @Test
  void aStoreThatFailsStopsNobodyAndIsNamedOnce() {
    StoredQuotas quotas = new StoredQuotas(new FailingStore(store, 0), notes::add);
    assertThat(quotas.change(before -> Map.of("a", LEVEL))).isFalse();
    assertThat(quotas.change(before -> Map.of("a", LEVEL))).isFalse();
    assertThat(notes).singleElement().asString().contains("disk full");
  }

  private StoredQuotas quotas() {
    return new StoredQuotas(store, notes::add);
  }

  private static Map<String, Level> read(StoredQuotas quotas) {
    Map<String, Level> read = new HashMap<>();
    quotas.change(
        before -> {
          read.putAll(before);
          return before;
        });
    return read;
  }
}
