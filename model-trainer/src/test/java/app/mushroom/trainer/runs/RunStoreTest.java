package app.mushroom.trainer.runs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mushroom.storage.InvalidNameException;
import app.mushroom.storage.ObjectKey;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStores;
import app.mushroom.storage.Precondition;
import app.mushroom.trainer.runs.RunStore.CheckpointIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunStoreTest {

  @TempDir Path folder;

  private ObjectStore objects;
  private RunStore runs;

  @BeforeEach
  void open() throws Exception {
    objects = ObjectStores.open(folder.resolve("store").toString());
    runs = new RunStore(objects);
  }

  @AfterEach
  void close() {
    objects.close();
  }

  @Test
  void readsRecordsThatAnEarlierReleaseWrote() throws Exception {
    String early =
        "{\"schemaVersion\":1,\"state\":\"finished\",\"updated\":\"2026-11-21T10:00:00Z\"}";
    objects.writeBytes(
        ObjectKey.of("runs", "run", "run.json"), early.getBytes(UTF_8), Precondition.none());
    assertThat(runs.read("run", "run.json", RunState.class).orElseThrow().epochsDone()).isZero();
  }

  @Test
  void hasNoCheckpointBeforeTheFirst() throws Exception {
    assertThat(runs.loadCheckpoint("run", fresh("a"))).isEmpty();
    assertThat(runs.runs()).isEmpty();
  }

  @Test
  void keepsTheLastCheckpointOnly() throws Exception {
    runs.saveCheckpoint("run", index(1), files("one"));
    runs.saveCheckpoint("run", index(2), files("two"));
    Path loaded = fresh("b");
    assertThat(runs.loadCheckpoint("run", loaded).orElseThrow().epoch()).isEqualTo(2);
    assertThat(loaded.resolve("network.pt")).hasContent("two");
    try (var left = objects.list("runs/run/checkpoint/")) {
      assertThat(left.map(object -> object.key().value()))
          .containsExactlyInAnyOrder(
              "runs/run/checkpoint/2/network.pt", "runs/run/checkpoint/checkpoint.json");
    }
  }

  @Test
  void aKillBeforeTheIndexLeavesTheOlderCheckpoint() throws Exception {
    runs.saveCheckpoint("run", index(1), files("one"));
    objects.writeBytes(
        ObjectKey.of("runs/run/checkpoint/2/network.pt"), new byte[] {1}, Precondition.none());
    Path loaded = fresh("c");
    assertThat(runs.loadCheckpoint("run", loaded).orElseThrow().epoch()).isEqualTo(1);
    assertThat(loaded.resolve("network.pt")).hasContent("one");
  }

  @Test
  void refusesADamagedCheckpoint() throws Exception {
    runs.saveCheckpoint("run", index(1), files("one"));
    objects.writeBytes(
        ObjectKey.of("runs/run/checkpoint/1/network.pt"), new byte[] {1}, Precondition.none());
    assertThatThrownBy(() -> runs.loadCheckpoint("run", fresh("d")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("runs/run/checkpoint/1/network.pt")
        .hasMessageContaining("damaged")
        .hasMessageContaining("anew");
  }

  @Test
  void refusesARunNameThatLeavesTheFolder() {
    assertThatThrownBy(() -> runs.write("../run", "run.json", "x"))
        .isInstanceOf(InvalidNameException.class);
  }

  private static CheckpointIndex index(int epoch) {
    return new CheckpointIndex(1, epoch, epoch, 0.5, 1, List.of());
  }

  private Path files(String content) throws IOException {
    Path files = fresh("files-" + content);
    Files.writeString(files.resolve("network.pt"), content);
    return files;
  }

  private Path fresh(String name) throws IOException {
    return Files.createDirectories(folder.resolve(name));
  }
}
