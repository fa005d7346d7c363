package app.mushroom.trainer.runs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mushroom.storage.InvalidNameException;
import app.mushroom.storage.ObjectKey;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStores;
import app.mushroom.storage.Precondition;
import app.mushroom.storage.dataset.Split;
import app.mushroom.trainer.dataset.UnreadablePhoto;
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
  void hasNoRunsBeforeTheFirst() throws Exception {
    assertThat(runs.runs()).isEmpty();
    assertThat(runs.readMetrics("run", EpochRecord.class)).isEmpty();
    assertThat(runs.readLines("run", "unreadable.jsonl", UnreadablePhoto.class)).isEmpty();
  }

  @Test
  void tellsAnEmptyRecordFromNone() throws Exception {
    runs.writeLines("run", "unreadable.jsonl", List.of());
    assertThat(runs.readLines("run", "unreadable.jsonl", UnreadablePhoto.class))
        .contains(List.of());
    UnreadablePhoto photo = new UnreadablePhoto("00", "boletus_edulis", Split.VAL, "gone");
    runs.writeLines("run", "unreadable.jsonl", List.of(photo));
    assertThat(runs.readLines("run", "unreadable.jsonl", UnreadablePhoto.class))
        .contains(List.of(photo));
  }

  @Test
  void namesRunsInFullByAPartOrAsTheLatest() throws Exception {
    assertThatThrownBy(() -> runs.named("latest")).hasMessageContaining("no run latest");
    for (String run : List.of("20261120-100000-aaaa", "20261121-100000-aaab")) {
      runs.write(run, "params.json", "{}");
    }
    assertThat(runs.named("20261120-100000-aaaa")).isEqualTo("20261120-100000-aaaa");
    assertThat(runs.named("aaab")).isEqualTo("20261121-100000-aaab");
    assertThat(runs.named("latest")).isEqualTo("20261121-100000-aaab");
    assertThatThrownBy(() -> runs.named("aaa")).hasMessageContaining("part of one run's name");
    assertThatThrownBy(() -> runs.named("bbbb"))
        .hasMessageContaining("no run bbbb")
        .hasMessageContaining("mushroom runs list");
  }

  @Test
  void refusesARunNameThatLeavesTheFolder() {
    assertThatThrownBy(() -> runs.write("../run", "run.json", "x"))
        .isInstanceOf(InvalidNameException.class);
  }
}
