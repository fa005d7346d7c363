package app.mushroom.trainer.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {

  @TempDir Path folder;

  @Test
  void replacesTheFileAndLeavesNothingElse() throws Exception {
    Path file = folder.resolve("report.html");
    WholeFile.write(file, "one".getBytes(UTF_8));
    try (var reader = Files.newBufferedReader(file)) {
      WholeFile.write(file, "another".getBytes(UTF_8));
      assertThat(reader.readLine()).as("who reads the old one goes on reading it").isEqualTo("one");
    }
    assertThat(file).hasContent("another");
    assertThat(folder).isDirectoryContaining("glob:**report.html");
    assertThat(Files.list(folder)).hasSize(1);
  }

  @Test
  void keepsALink() throws Exception {
    Path file = folder.resolve("real.html");
    Files.writeString(file, "one");
    Path link = Files.createSymbolicLink(folder.resolve("link.html"), file);
    WholeFile.write(link, "two".getBytes(UTF_8));
    assertThat(link).isSymbolicLink();
    assertThat(file).hasContent("two");
  }

  @Test
  void saysWhereItCannotWrite() {
    assertThatThrownBy(() -> WholeFile.write(folder.resolve("no/report.html"), new byte[1]))
        .isInstanceOf(IOException.class);
  }
}
