package app.mushroom.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.trainer.runs.WorkFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The work folders of several processes. */
class WorkFoldersTest {

  @TempDir Path temporary;

  /** Holds so many folders until it gets a nod. */
  static final class Holder {
    public static void main(String[] arguments) throws Exception {
      List<WorkFolder> held = new ArrayList<>();
      for (int i = 0; i < Integer.parseInt(arguments[0]); i++) {
        held.add(new WorkFolder());
        System.out.println("> " + held.get(i).path());
      }
      System.in.read();
      for (WorkFolder each : held) {
        each.close();
      }
      System.exit(0);
    }
  }

  @Test
  void theFirstFolderOfALivingProcessStaysAlthoughItMadeASecond() throws Exception {
    try (OtherProcess two = OtherProcess.start(Holder.class, temporary, List.of("2"))) {
      Path first = path(two);
      Path second = path(two);
      try (OtherProcess sweeper = OtherProcess.start(Holder.class, temporary, List.of("1"))) {
        path(sweeper);
        assertThat(first).exists();
        assertThat(second).exists();
        two.kill();
      }
      try (OtherProcess next = OtherProcess.start(Holder.class, temporary, List.of("1"))) {
        Path own = path(next);
        assertThat(first).as("left by a killed process").doesNotExist();
        assertThat(second).doesNotExist();
        next.nod();
        assertThat(next.exitCode()).isZero();
        assertThat(Files.exists(own)).isFalse();
      }
    }
  }

  private static Path path(OtherProcess process) throws Exception {
    return Path.of(process.await(line -> line.startsWith("> ")).substring(2));
  }
}
