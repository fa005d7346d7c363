package app.mushroom.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.storage.JsonDocument;
import app.mushroom.trainer.runs.RunState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A real process that gets real signals. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no such signals")
class SignalTest {

  @TempDir Path folder;

  @Test
  void savesAndExitsWithTheSignalsOwnCode() throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("temporary"));
    TinyRun run = new TinyRun(folder.resolve("run"));
    try (OtherProcess process = start(temporary, run.arguments("--epochs=10000"))) {
      process.await(line -> line.startsWith("epoch 2/"));
      process.signal("TERM");
      assertThat(process.await(line -> line.startsWith("Stopped"))).contains("--resume");
      assertThat(process.exitCode()).isEqualTo(143);
    }
    RunState preempted = state(run);
    assertThat(preempted.state()).isEqualTo("interrupted");
    assertThat(preempted.detail()).containsAnyOf("after epoch", "step");
    List<String> resume = List.of("train", "--store=" + run.store(), "--resume");
    try (OtherProcess process = start(temporary, resume)) {
      String going = process.await(line -> line.startsWith("Going on"));
      assertThat(going).endsWith(preempted.detail());
      process.await(line -> line.startsWith("epoch " + (preempted.epochsDone() + 2) + "/"));
      process.signal("INT");
      process.await(line -> line.startsWith("Stopped"));
      assertThat(process.exitCode()).isEqualTo(130);
    }
    assertThat(state(run).epochsDone()).isGreaterThan(preempted.epochsDone());
    try (Stream<Path> left = Files.list(temporary)) {
      assertThat(left.filter(path -> path.getFileName().toString().startsWith("mushroom-")))
          .as("work folders that were left behind")
          .isEmpty();
    }
  }

  private static OtherProcess start(Path temporary, List<String> arguments) throws Exception {
    return OtherProcess.start(TrainerApplication.class, temporary, arguments);
  }

  private static RunState state(TinyRun run) throws Exception {
    Path file = run.folder().resolve("run.json");
    return JsonDocument.read(Files.readAllBytes(file), RunState.class, "run.json");
  }
}
