package app.mushroom.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.storage.JsonDocument;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStores;
import app.mushroom.trainer.runs.RunEnvironment;
import app.mushroom.trainer.runs.RunParameters;
import app.mushroom.trainer.runs.RunState;
import app.mushroom.trainer.runs.RunStore;
import app.mushroom.trainer.settings.SettingKey;
import app.mushroom.trainer.torchscript.ScriptTensors;
import app.mushroom.trainer.torchscript.TinyBackbone;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Settings, presets, repeated runs and help, as a person meets them. */
class TrainSettingsTest {

  private static final String SMALL =
      """
      dataset: tiny
      device: cpu
      batch-size: 8
      smallest-size: 32
      largest-size: 32
      input-size: 32
      head-epochs: 2
      epochs: 1
      """;

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter errors = new StringWriter();
  private final ByteArrayOutputStream console = new ByteArrayOutputStream();
  private final PrintStream usual = System.out;
  private Path store;
  private Path settings;
  private Path backbone;

  @BeforeEach
  void prepare() throws Exception {
    System.setOut(new PrintStream(console, true, StandardCharsets.UTF_8));
    store = folder.resolve("store");
    settings = Files.writeString(folder.resolve("train.yaml"), SMALL);
    backbone = folder.resolve("tiny_embedding.pt");
  }

  @AfterEach
  void restore() {
    System.setOut(usual);
  }

  @Test
  void aRepeatedRunEndsWithTheVerySameWeights() throws Exception {
    trainOnce();
    String first = onlyRun();
    assertThat(train("--from-run", first, "--backbone", backbone.toString()))
        .as(errors.toString())
        .isZero();
    assertThat(console.toString(StandardCharsets.UTF_8))
        .contains("Repeats run " + first + " with all its settings");
    assertThat(tensors("2")).containsExactlyInAnyOrderEntriesOf(tensors("1"));
    RunParameters again = parameters(runs().get(0).equals(first) ? runs().get(1) : runs().get(0));
    RunParameters before = parameters(first);
    assertThat(again.repeats()).isEqualTo(first);
    assertThat(again.hyperparameters()).isEqualTo(before.hyperparameters());
    assertThat(again.dataset()).isEqualTo(before.dataset());
    assertThat(again.backboneSha256()).isEqualTo(before.backboneSha256());
    assertThat(again.device()).isEqualTo(before.device());
  }

  @Test
  void aRepeatedRunSaysWhatWasChanged() throws Exception {
    trainOnce();
    String first = onlyRun();
    assertThat(
            train(
                "--from-run",
                first,
                "--backbone",
                backbone.toString(),
                "--seed",
                "2",
                "--set",
                "dropout=0.25",
                "--epochs",
                "1"))
        .as(errors.toString())
        .isZero();
    assertThat(console.toString(StandardCharsets.UTF_8))
        .contains(
            "but with dropout 0.25 (--set dropout) instead of 0.2, seed 2 (--seed) instead of 1");
    assertThat(tensors("2")).isNotEqualTo(tensors("1"));
  }

  @Test
  void noRunIsRepeatedWithAnotherBackboneOrDataset() throws Exception {
    trainOnce();
    String run = onlyRun();
    Path other = Files.write(folder.resolve("other.pt"), new byte[] {1});
    assertThat(train("--from-run", run, "--backbone", other.toString())).isEqualTo(1);
    assertThat(errors.toString()).contains("SHA-256", "other.pt", parameters(run).backboneSha256());

    errors.getBuffer().setLength(0);
    assertThat(train("--from-run", run)).isEqualTo(1);
    assertThat(errors.toString()).contains("no backbone file", "tiny_embedding.pt", "--backbone");

    errors.getBuffer().setLength(0);
    Path params = store.resolve("runs/" + run + "/params.json");
    String sha = parameters(run).dataset().manifestSha256();
    try (ObjectStore objects = ObjectStores.open(store.toString())) {
      RunParameters was = parameters(run);
      String changed = Files.readString(params).replace(sha, "0".repeat(64));
      new RunStore(objects)
          .write(
              run,
              "params.json",
              JsonDocument.read(
                  changed.getBytes(StandardCharsets.UTF_8), RunParameters.class, was.run()));
    }
    assertThat(train("--from-run", run, "--backbone", backbone.toString())).isEqualTo(1);
    assertThat(errors.toString()).contains("dataset tiny version 1", "0".repeat(64), sha);
    assertThat(runs()).hasSize(1);
  }

  @Test
  void aFinishedRunIsNotGoneOnWithButCanBeCalibratedAgain() throws Exception {
    trainOnce();
    String run = onlyRun();
    assertThat(train("--resume", run.substring(run.length() - 4))).isZero();
    assertThat(console.toString(StandardCharsets.UTF_8))
        .contains("is finished", "version 1", "models recalibrate " + run, "--from-run " + run);
    assertThat(store.resolve("models/mushrooms/2")).doesNotExist();
    assertThat(execute("models", "promote", "1", "--force", "--reason", "a tiny one")).isZero();

    assertThat(execute("models", "recalibrate", "latest", "--no-promote", "--device", "cpu"))
        .as(errors.toString())
        .isZero();
    assertThat(tensors("2")).containsExactlyInAnyOrderEntriesOf(tensors("1"));
    assertThat(Files.readString(store.resolve("models/mushrooms/champion.json")))
        .contains("\"version\" : \"1\"");
    assertThat(Files.readString(store.resolve("models/mushrooms/2/metrics.json")))
        .contains("\"experiment\" : \"" + run + "\"");
    try (ObjectStore objects = ObjectStores.open(store.toString())) {
      RunState state = new RunStore(objects).read(run, "run.json", RunState.class).orElseThrow();
      assertThat(state.state()).isEqualTo("finished");
      assertThat(state.publishedVersion()).isEqualTo("2");
      assertThat(state.epochsDone()).isEqualTo(1);
    }
    assertThat(train("--resume")).isZero();
    assertThat(Files.readString(store.resolve("models/mushrooms/champion.json")))
        .as("not promoted, as asked")
        .contains("\"version\" : \"1\"");
    assertThat(execute("models", "recalibrate", "none")).isEqualTo(1);
    assertThat(errors.toString()).contains("no run none", "mushroom runs list");
  }

  @Test
  void aRunThatWasNotToBePromotedIsNotWhenItGoesOn() throws Exception {
    makeStore();
    assertThat(
            execute(
                () -> true,
                "train",
                "--settings",
                settings.toString(),
                "--backbone",
                backbone.toString(),
                "--set",
                "promote=false"))
        .isEqualTo(TrainerApplication.STOPPED);
    String release = RunEnvironment.codeVersion();
    String written = new String(JsonDocument.write(parameters(onlyRun())), StandardCharsets.UTF_8);
    String earlier = written.replace(release, "0.0.1+abcdef");
    try (ObjectStore objects = ObjectStores.open(store.toString())) {
      new RunStore(objects)
          .write(onlyRun(), "params.json", JsonDocument.mapper().readTree(earlier));
    }
    assertThat(train("--resume", "--backbone", backbone.toString())).as(errors.toString()).isZero();
    assertThat(console.toString(StandardCharsets.UTF_8))
        .contains("began with release 0.0.1+abcdef and goes on with " + release)
        .doesNotContain("began with threads", "began with engine");
    assertThat(store.resolve("models/mushrooms/1/bundle.json")).exists();
    assertThat(store.resolve("models/mushrooms/champion.json")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({
    "--epochs 3, --epochs", "--set dropout=0.3, --set dropout", "--preset best, --preset",
    "--dataset tiny, --dataset", "--print-settings, --print-settings", "--from-run a, --from-run"
  })
  void noSettingCanBeChangedWhenARunGoesOn(String more, String named) {
    List<String> arguments = new ArrayList<>(List.of("--resume=a"));
    arguments.addAll(List.of(more.split(" ")));
    assertThat(train(arguments.toArray(String[]::new))).isEqualTo(2);
    assertThat(errors.toString())
        .contains("found " + named, "--checkpoint-minutes beside it", "--from-run RUN");
  }

  @Test
  void settingsArePrintedWithWhatWasGiven() throws Exception {
    assertThat(execute("train", "--print-settings", "--preset", "best", "--set", "dropout=0.45"))
        .isZero();
    assertThat(out.toString())
        .contains("preset: best\n", "epochs: 24\n", "dropout: 0.45\n", "# backbone:\n");
    Files.writeString(settings, out.toString());
    out.getBuffer().setLength(0);
    assertThat(train("--settings", settings.toString(), "--print-settings", "--epochs", "3"))
        .isZero();
    assertThat(out.toString()).contains("preset: best\n", "epochs: 3\n", "dropout: 0.45\n");
    assertThat(store).as("nothing is trained").doesNotExist();
  }

  @Test
  void ofAnOptionGivenTwiceTheLastWins() {
    assertThat(
            train(
                "--print-settings",
                "--epochs",
                "3",
                "--seed",
                "5",
                "--mixup",
                "0.1",
                "--set",
                "dropout=0.1",
                "--epochs",
                "4",
                "--set",
                "dropout=0.6",
                "--teacher",
                "3",
                "--teacher",
                "7"))
        .as(errors.toString())
        .isZero();
    assertThat(out.toString())
        .contains("epochs: 4\n", "dropout: 0.6\n", "teacher: '3,7'\n")
        .as("what was given once stays")
        .contains("seed: 5\n", "mixup: 0.1\n");
  }

  @Test
  void theSettingsOfARunArePrinted() throws Exception {
    trainOnce();
    assertThat(train("--from-run", "latest", "--print-settings")).isZero();
    assertThat(out.toString())
        .contains("# preset:\n", "dataset: tiny\n", "dataset-version: 1\n", "head-epochs: 2\n")
        .contains("backbone: tiny_embedding.pt\n");
    assertThat(runs()).hasSize(1);
  }

  @Test
  void nothingButSettingsIsPrintedWhereMlflowIsSetUpWrongly() throws Exception {
    TinyRun run = new TinyRun(folder.resolve("begun"));
    run.begin();
    List<String> lines = new ArrayList<>();
    try (OtherProcess process =
        OtherProcess.start(
            TrainerApplication.class,
            folder,
            Map.of("MLFLOW_TRACKING_URI", "sqlite:///mlflow.db"),
            List.of("train", "--from-run=latest", "--print-settings", "--store=" + run.store()))) {
      for (String line = process.line(); line != null; line = process.line()) {
        lines.add(line);
      }
      assertThat(process.exitCode()).isZero();
    }
    assertThat(lines).contains("dataset: tiny").noneMatch(line -> line.contains("MLFLOW"));
  }

  @Test
  void aSettingsFileThatIsWrongIsRefusedWithItsLine() throws Exception {
    Files.writeString(settings, "seed: 1\nepoch: 3\n");
    assertThat(train("--settings", settings.toString())).isEqualTo(2);
    assertThat(errors.toString())
        .contains("train.yaml, line 2: there is no setting \"epoch\". Did you mean epochs?");
    assertThat(store).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--epochs many",
        "--epochs -1",
        "--epochs",
        "--epocs 3",
        "--set epochs",
        "--set =3",
        "--set epochs=3 --epochs 3",
        "--preset fast",
        "--device tpu",
        "--dataset ../tiny",
        "--model a/b",
        "--smallest-size 1024",
        "--settings none.yaml",
        "--from-run a --preset quick",
        "surplus",
        "--dataset-version 0",
        "--resume a --epochs 3",
        "--checkpoint-minutes -1",
        "--resume a --checkpoint-minutes -1"
      })
  void wrongUsageEndsWithTwoAndShortWords(String arguments) {
    boolean repeats = arguments.contains("--from-run");
    List<String> all = new ArrayList<>(List.of(arguments.split(" ")));
    if (!arguments.startsWith("--resume")) {
      // With it nothing is wrong but what is tested.
      all.addAll(0, List.of("--backbone", "net.pt"));
    }
    assertThat(train(all.toArray(String[]::new))).isEqualTo(repeats ? 1 : 2);
    assertThat(errors.toString().lines().count()).isLessThan(8);
    if (!repeats) {
      assertThat(errors.toString()).contains("See: mushroom train --help");
    }
    assertThat(store).doesNotExist();
  }

  @Test
  void everyKeyHasItsOption() {
    assertThat(TrainerApplication.commandLine(() -> false).getSubcommands().get("train"))
        .extracting(train -> train.getCommandSpec().optionsMap().keySet())
        .satisfies(
            options ->
                assertThat(options)
                    .contains("--no-promote", "--settings", "--set", "--resume", "--from-run")
                    .containsAll(
                        SettingKey.keys().stream()
                            .filter(key -> !key.name().equals(SettingKey.PROMOTE))
                            .map(key -> "--" + key.name())
                            .toList()));
  }

  @Test
  void helpTeachesWithinTwoScreens() {
    assertThat(execute("train", "--help")).isZero();
    String help = out.toString();
    assertThat(help.lines().count()).isLessThan(90);
    assertThat(help.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(96));
    assertThat(help)
        .contains("quick", "balanced", "best", "--resume", "--from-run", "--device gpu")
        .contains("Exit codes:", "130", "MUSHROOM_STORE", "MLFLOW_TRACKING_URI", "gs://bucket");
    assertThat(help.lines().filter(line -> line.contains("mushroom train --")))
        .hasSizeGreaterThan(5);
  }

  private void makeStore() throws Exception {
    TinyDataset.write(store);
    TinyBackbone.write(backbone);
  }

  private void trainOnce() throws Exception {
    makeStore();
    assertThat(train("--settings", settings.toString(), "--backbone", backbone.toString()))
        .as(errors.toString())
        .isZero();
  }

  private Map<String, byte[]> tensors(String version) throws Exception {
    return ScriptTensors.read(store.resolve("models/mushrooms/" + version + "/model.pt"));
  }

  private RunParameters parameters(String run) throws Exception {
    try (ObjectStore objects = ObjectStores.open(store.toString())) {
      return new RunStore(objects).read(run, "params.json", RunParameters.class).orElseThrow();
    }
  }

  private List<String> runs() throws Exception {
    try (ObjectStore objects = ObjectStores.open(store.toString())) {
      return new RunStore(objects).runs();
    }
  }

  private String onlyRun() throws Exception {
    assertThat(runs()).hasSize(1);
    return runs().get(0);
  }

  private int train(String... arguments) {
    List<String> all = new ArrayList<>(List.of("train"));
    all.addAll(List.of(arguments));
    return execute(all.toArray(String[]::new));
  }

  private int execute(String... arguments) {
    return execute(() -> false, arguments);
  }

  private int execute(Interruption.Flag flag, String... arguments) {
    CommandLine commandLine = TrainerApplication.commandLine(flag);
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(errors, true));
    List<String> all = new ArrayList<>(List.of(arguments));
    if (!all.contains("--help")) {
      all.add("--store");
      all.add(store.toString());
    }
    return commandLine.execute(all.toArray(String[]::new));
  }
}
