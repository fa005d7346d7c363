package app.mushroom.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.trainer.torchscript.TinyBackbone;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class EvaluateCommandTest {

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter errors = new StringWriter();

  @Test
  void hasEveryCommandOfTheLauncher() {
    assertThat(TrainerApplication.commandLine(() -> false).getSubcommands())
        .containsKeys("train", "evaluate", "models", "runs");
  }

  @Test
  void measuresTheChampionAndABundleFolderAlike() throws Exception {
    String store = folder.resolve("store").toString();
    TinyDataset.write(folder.resolve("store"));
    String backbone = TinyBackbone.write(folder.resolve("tiny.pt")).toString();
    String sizes = "--smallest-size=32,--largest-size=32,--input-size=32,--batch-size=8,--epochs=1";
    assertThat(
            run("train,--store=" + store + ",--dataset=tiny,--backbone=" + backbone + "," + sizes))
        .as(errors.toString())
        .isZero();
    out.getBuffer().setLength(0);
    assertThat(run("evaluate,--store=" + store + ",--dataset=tiny,--split=test,--json"))
        .as(errors.toString())
        .isZero();
    String champion = out.toString();
    assertThat(champion).contains("\"photos\" : 18", "poisonRecall");
    out.getBuffer().setLength(0);
    String bundle = folder.resolve("store/models/mushrooms/1").toString();
    assertThat(
            run(
                "evaluate,--store="
                    + store
                    + ",--dataset=tiny,--split=test,--json,--bundle="
                    + bundle))
        .as(errors.toString())
        .isZero();
    assertThat(out.toString()).isEqualTo(champion);
  }

  @Test
  void saysThatThereIsNoChampion() throws Exception {
    TinyDataset.write(folder.resolve("store"));
    assertThat(run("evaluate,--store=" + folder.resolve("store") + ",--dataset=tiny")).isEqualTo(1);
    assertThat(errors.toString()).contains("no champion", "--bundle");
  }

  private int run(String arguments) {
    CommandLine commandLine = TrainerApplication.commandLine(() -> false);
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(errors, true));
    return commandLine.execute(List.of(arguments.split(",")).toArray(String[]::new));
  }
}
