package app.mushroom.trainer.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkFolderTest {

  @TempDir Path parent;

  @Test
  void goesWithAllThatIsInIt() throws Exception {
    Path path;
    try (WorkFolder work = new WorkFolder(parent)) {
      path = work.path();
      Files.createDirectories(path.resolve("a/b"));
      Files.writeString(path.resolve("a/b/c"), "c");
    }
    assertThat(path).doesNotExist();
  }

  @Test
  void clearsUpAfterAProcessThatWasKilledAndAfterNoOther() throws Exception {
    Path killed = Files.createDirectory(parent.resolve("mushroom-train-123"));
    Files.createFile(killed.resolve(".lock"));
    Files.writeString(killed.resolve("network.pt"), "large");
    Path beginning = Files.createDirectory(parent.resolve("mushroom-train-456"));
    Path others = Files.createDirectory(parent.resolve("another-program"));
    Files.createFile(others.resolve(".lock"));
    try (WorkFolder alive = new WorkFolder(parent);
        WorkFolder second = new WorkFolder(parent)) {
      assertThat(killed).doesNotExist();
      assertThat(beginning).exists();
      assertThat(others.resolve(".lock")).exists();
      assertThat(alive.path()).exists();
      assertThat(second.path()).isNotEqualTo(alive.path());
    }
  }

  @Test
  void saysHowMuchSpaceIsMissing() throws Exception {
    WorkFolder.requireSpace(parent, 1);
    assertThatThrownBy(() -> WorkFolder.requireSpace(parent, Long.MAX_VALUE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("MB")
        .hasMessageContaining("java.io.tmpdir");
  }
}
