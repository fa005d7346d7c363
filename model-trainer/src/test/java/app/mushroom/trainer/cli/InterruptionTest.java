package app.mushroom.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterruptionTest {

  private static final List<String> TIMEOUTS =
      List.of("sun.net.client.defaultConnectTimeout", "sun.net.client.defaultReadTimeout");

  @TempDir Path temporary;

  /** A job that can be stopped, and throws what picocli does not catch. */
  static final class Dying {
    public static void main(String[] arguments) {
      Interruption interruption = new Interruption();
      interruption.run(
          () -> {
            interruption.requested();
            throw new OutOfMemoryError("Java heap space");
          });
    }
  }

  @Test
  void anErrorEndsTheProcessAtOnceWithAMessage() throws Exception {
    try (OtherProcess process = OtherProcess.start(Dying.class, temporary, List.of())) {
      List<String> lines = new ArrayList<>();
      for (String line = process.line(); line != null; line = process.line()) {
        lines.add(line);
        // What a hook says that waits ten minutes for a job that is no more.
        assertThat(line).doesNotContain("Stopping");
      }
      assertThat(String.join("\n", lines)).contains("Java ran out of memory", "-Xmx");
      assertThat(process.exitCode()).isEqualTo(TrainerApplication.FAILED);
    }
  }

  @Test
  void downloadsOfTheModelZooDoNotWaitForEver() {
    List<String> before = TIMEOUTS.stream().map(System::getProperty).toList();
    try {
      TIMEOUTS.forEach(System::clearProperty);
      System.setProperty(TIMEOUTS.get(1), "5000");
      TrainerApplication.setDefaults();
      assertThat(System.getProperty(TIMEOUTS.get(0))).isEqualTo("60000");
      assertThat(System.getProperty(TIMEOUTS.get(1))).as("what was set stays").isEqualTo("5000");
    } finally {
      for (int i = 0; i < TIMEOUTS.size(); i++) {
        if (before.get(i) == null) {
          System.clearProperty(TIMEOUTS.get(i));
        } else {
          System.setProperty(TIMEOUTS.get(i), before.get(i));
        }
      }
    }
  }
}
