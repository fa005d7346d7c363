package app.mushroom.trainer.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mushroom.storage.ObjectKey;
import app.mushroom.storage.ObjectStores;
import app.mushroom.storage.Precondition;
import app.mushroom.storage.PreconditionFailedException;
import app.mushroom.trainer.FaultyStore;
import app.mushroom.trainer.runs.CheckpointIndex.Best;
import app.mushroom.trainer.runs.CheckpointStore.Loaded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointStoreTest {

  private static final String FOLDER = "runs/run/checkpoint/";

  @TempDir Path folder;

  private final List<String> warnings = new ArrayList<>();
  private FaultyStore objects;
  private CheckpointStore checkpoints;
  private int folders;

  @BeforeEach
  void open() throws Exception {
    objects = new FaultyStore(ObjectStores.open(folder.resolve("store").toString()));
    checkpoints = reopened();
  }

  @AfterEach
  void close() {
    objects.close();
  }

  @Test
  void hasNoneBeforeTheFirst() throws Exception {
    assertThat(checkpoints.isEmpty()).isTrue();
    assertThat(load()).isEmpty();
    save(0);
    assertThat(reopened().isEmpty()).isFalse();
  }

  @Test
  void givesBackTheNewest() throws Exception {
    for (int epoch = 0; epoch < 4; epoch++) {
      save(epoch);
      assertThat(load())
          .hasValueSatisfying(loaded -> assertThat(loaded.index().files()).hasSize(2));
      assertThat(loadedEpoch()).isEqualTo(epoch);
    }
    assertThat(load().orElseThrow().index().best()).isEqualTo(new Best(3, 0.5, 1.25));
    assertThat(warnings).isEmpty();
  }

  @Test
  void keepsTheLastTwoAndNothingElse() throws Exception {
    for (int epoch = 0; epoch < 5; epoch++) {
      save(epoch);
    }
    try (var left = objects.list(FOLDER)) {
      assertThat(left.map(object -> object.key().value().substring(FOLDER.length())))
          .containsExactlyInAnyOrder(
              "1/network.pt",
              "1/state.bin",
              "1/checkpoint.json",
              "2/network.pt",
              "2/state.bin",
              "2/checkpoint.json");
    }
  }

  @Test
  void aResumedRunOverwritesTheOlderOfTheTwo() throws Exception {
    save(1);
    save(2);
    assertThat(loadedEpoch()).isEqualTo(2);
    save(3);
    damage("network.pt", 3);
    assertThat(loadedEpoch()).isEqualTo(2);
  }

  @Test
  void aFailureAtAnyMomentLeavesTheLastCheckpoint() throws Exception {
    save(1);
    save(2);
    int operations = 0;
    for (boolean failed = true; failed; operations++) {
      int[] left = {operations};
      objects.fail(
          (operation, key) -> {
            if (left[0]-- == 0) {
              throw new IOException("No space left on device");
            }
          });
      try {
        save(3);
        failed = false;
      } catch (IOException e) {
        assertThat(e).hasMessageContaining("No space left").hasMessageContaining("store");
      }
      objects.fail(FaultyStore.Fault.NONE);
      int saved = failed ? 2 : 3;
      assertThat(loadedEpoch()).as("after failing at operation %d", operations).isEqualTo(saved);
    }
    assertThat(operations).isGreaterThan(7);
    assertThat(warnings).isEmpty();
  }

  @Test
  void fallsBackToTheOneBeforeADamagedOneAndSaysSo() throws Exception {
    for (String file : List.of("network.pt", "state.bin", "checkpoint.json")) {
      warnings.clear();
      save(1);
      save(2);
      damage(file, 2);
      assertThat(loadedEpoch()).isEqualTo(1);
      assertThat(warnings).singleElement().asString().contains(file, "damaged");
    }
  }

  @Test
  void fallsBackWhereAFileIsMissing() throws Exception {
    save(1);
    save(2);
    Files.delete(file("state.bin", 2));
    assertThat(loadedEpoch()).isEqualTo(1);
  }

  @Test
  void refusesToGoOnFromDamagedOnesAlone() throws Exception {
    save(1);
    damage("state.bin", 1);
    assertThatThrownBy(this::load)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("state.bin")
        .hasMessageContaining("damaged")
        .hasMessageContaining("without --resume");
  }

  @Test
  void refusesToShareARunWithAnotherProcess() throws Exception {
    save(1);
    objects.fail(
        (operation, key) -> {
          if (operation.equals("write") && key.endsWith("checkpoint.json")) {
            objects.fail(FaultyStore.Fault.NONE);
            objects.writeBytes(new ObjectKey(key), new byte[] {1}, Precondition.none());
          }
        });
    assertThatThrownBy(() -> save(2))
        .isInstanceOf(PreconditionFailedException.class)
        .hasMessageContaining("Another process");
  }

  @Test
  void anotherProcessOnTheRunIsNoticedBeforeAnythingOfItsIsLost() throws Exception {
    save(1);
    CheckpointStore first = checkpoints;
    loadedEpoch(); // the second process goes on from there
    save(2);
    save(3);
    CheckpointStore second = checkpoints;
    checkpoints = first;
    assertThatThrownBy(() -> save(2))
        .isInstanceOf(PreconditionFailedException.class)
        .hasMessageContaining("Another process")
        .hasMessageContaining("run run");
    checkpoints = second;
    save(4);
    damage("state.bin", 4);
    assertThat(loadedEpoch()).as("the one before is there, too").isEqualTo(3);
  }

  @Test
  void aSecondProcessThatBeganAnewIsNoticedAsWell() throws Exception {
    CheckpointStore other = reopened();
    save(1);
    checkpoints = other;
    assertThatThrownBy(() -> save(1)).isInstanceOf(PreconditionFailedException.class);
  }

  @Test
  void aCheckpointThatWasWrittenAlthoughTheStoreSaidNoIsItsOwn() throws Exception {
    save(1);
    objects.fail(
        (operation, key) -> {
          if (operation.equals("write") && key.endsWith("checkpoint.json")) {
            objects.loseAnswer();
          }
        });
    assertThatThrownBy(() -> save(2)).hasMessageContaining("no answer");
    objects.fail(FaultyStore.Fault.NONE);
    save(3);
    damage("state.bin", 3);
    assertThat(loadedEpoch()).isEqualTo(2);
  }

  private CheckpointStore reopened() {
    return new CheckpointStore(objects, "run");
  }

  private Optional<Loaded> load() throws IOException {
    return reopened().load(fresh(), warnings::add);
  }

  private int loadedEpoch() throws IOException {
    checkpoints = reopened();
    Loaded loaded = checkpoints.load(fresh(), warnings::add).orElseThrow();
    assertThat(loaded.folder().resolve("network.pt"))
        .hasContent("network " + loaded.index().epoch());
    return loaded.index().epoch();
  }

  private void save(int epoch) throws IOException {
    Path files = fresh();
    Files.writeString(files.resolve("network.pt"), "network " + epoch);
    Files.writeString(files.resolve("state.bin"), "state " + epoch);
    checkpoints.save(
        new CheckpointIndex(1, 0, Instant.EPOCH, epoch, 0, new Best(epoch, 0.5, 1.25), List.of()),
        files);
  }

  /** Changes a byte of a file of the checkpoint of this epoch. */
  private void damage(String name, int epoch) throws IOException {
    Path file = file(name, epoch);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
  }

  private Path file(String name, int epoch) throws IOException {
    for (int place = 1; place <= 2; place++) {
      Path at = folder.resolve("store").resolve(FOLDER + place);
      if (Files.exists(at.resolve("network.pt"))
          && Files.readString(at.resolve("network.pt")).equals("network " + epoch)) {
        return at.resolve(name);
      }
    }
    throw new IllegalStateException("no checkpoint of epoch " + epoch);
  }

  private Path fresh() throws IOException {
    return Files.createDirectories(folder.resolve("files-" + folders++));
  }
}
