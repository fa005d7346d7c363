package app.mushroom.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStores;
import app.mushroom.trainer.runs.RunParameters;
import app.mushroom.trainer.runs.RunStore;
import app.mushroom.trainer.torchscript.ScriptTensors;
import app.mushroom.trainer.torchscript.TinyBackbone;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TeacherOptionTest {

  @TempDir Path folder;

  private final StringWriter errors = new StringWriter();
  private Path store;
  private Path backbone;

  @BeforeEach
  void makeDataset() throws Exception {
    store = folder.resolve("store");
    TinyDataset.write(store);
    backbone = TinyBackbone.write(folder.resolve("tiny_embedding.pt"));
  }

  @Test
  void aPublishedVersionTeachesTheNextOne() throws Exception {
    assertThat(train("--epochs", "0")).as(errors.toString()).isZero();
    assertThat(train("--epochs", "1")).as(errors.toString()).isZero();
    assertThat(train("--epochs", "1", "--teacher", "1")).as(errors.toString()).isZero();
    assertThat(weights("3")).as("taught differently").isNotEqualTo(weights("2"));
    try (ObjectStore objects = ObjectStores.open(store.toString())) {
      RunStore runs = new RunStore(objects);
      assertThat(runs.runs())
          .anySatisfy(
              run ->
                  assertThat(
                          runs.read(run, "params.json", RunParameters.class)
                              .orElseThrow()
                              .teachers())
                      .containsExactly("1"));
    }
  }

  @Test
  void aTeacherThatDoesNotExistIsNamedBeforeAnythingIsTrained() {
    assertThat(train("--epochs", "1", "--teacher", "7")).isEqualTo(1);
    assertThat(errors.toString()).contains("mushrooms", "7");
  }

  private byte[] weights(String version) throws Exception {
    Map<String, byte[]> tensors =
        ScriptTensors.read(store.resolve("models/mushrooms/" + version + "/model.pt"));
    return tensors.get("head_weight");
  }

  private int train(String... more) {
    CommandLine commandLine = TrainerApplication.commandLine(() -> false);
    commandLine.setErr(new PrintWriter(errors, true));
    String common =
        "train --no-promote --dataset tiny --batch-size 8 --smallest-size 32 --largest-size 32"
            + " --input-size 32 --head-epochs 5 --device cpu --store";
    String[] first = (common + " " + store + " --backbone " + backbone).split(" ");
    String[] all = java.util.Arrays.copyOf(first, first.length + more.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    return commandLine.execute(all);
  }
}
