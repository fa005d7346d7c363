package app.mushroom.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class RunsCommandTest {

  /** As the first release wrote it: without the facts about engine, machine and commit. */
  private static final String PARAMETERS =
      """
      {"schemaVersion": 1, "run": "%s", "created": "2026-11-2%d T10:00:00Z", "user": "me",
       "codeVersion": "0.1.0", "model": "mushrooms",
       "dataset": {"name": "mushrooms", "version": 1, "manifestSha256": "%s"},
       "backbone": "b0.pt", "backboneSha256": "c0", "architecture": "efficientnetv2-b0",
       "device": {"device": "auto", "java": "17", "processors": "2"},
       "hyperparameters": {"headEpochs": 40, "epochs": 3, "batchSize": 32, "smallestSize": 128,
         "largestSize": 192, "inputSize": 224, "learningRate": %s, "headLearningRate": 0.001,
         "stemShare": 0.2, "weightDecay": 0.05, "maxNorm": 5.0, "dropout": 0.2, "smoothing": 0.1,
         "genusWeight": 0.3, "poisonWeight": 0.3, "balance": 0.2, "averageDecay": 0.995,
         "minCropArea": 0.35, "colour": 0.2, "erasing": 0.15, "mixup": 0.25, "cutMix": 0.25,
         "seed": 1, "ofANewerRelease": "x"}}
      """;

  private static final String FIGURES =
      """
      {"photos": 10, "top1": 0.5, "top5": 0.9, "genusTop1": 0.6, "macroF1": 0.4,
       "expectedCalibrationError": 0.1, "loss": 1.5, "poisonRecall": 0.97,
       "falsePoisonAlarms": 0.3, "cannotTell": 0.1, "poisonCost": %s,
       "notMushroomRefused": "NaN", "mushroomsRefused": 0.0}
      """;

  private static final String TRAINING =
      """
      {"trainableParameters": 1, "executionTimeSeconds": 1, "learningRate": 0.1, "batchSize": 1,
       "epochs": 1, "optimizer": "AdamW", "experiment": "run", "user": "me", "modelSizeBytes": 1}
      """;

  @TempDir Path store;

  private final StringWriter out = new StringWriter();
  private final StringWriter errors = new StringWriter();

  @BeforeEach
  void writeRuns() throws Exception {
    run("20261120-100000-aaaa", 0, "5.0E-4", "finished", "2", 0.61, 0.70, 0.65);
    evaluation("20261120-100000-aaaa", "0.9");
    run("20261121-100000-bbbb", 1, "3.0E-4", "finished", "3", 0.50, 0.72, 0.60);
    evaluation("20261121-100000-bbbb", "1.4");
    run("20261122-100000-cccc", 2, "3.0E-4", "running", null, 0.66);
  }

  @Test
  void listsTheNewestFirst() {
    assertThat(run("list")).isZero();
    assertThat(rows()).containsExactly("cccc", "bbbb", "aaaa");
    assertThat(out.toString())
        .contains("2026-11-20 10:00", "mushrooms 1", "3/3", "70.0 %", "97.0 %", "0.900")
        .contains("silent")
        .contains("mushrooms 2");
  }

  @Test
  void isALeaderboardWhenSorted() {
    assertThat(run("list", "--sort", "cost")).isZero();
    assertThat(rows()).containsExactly("aaaa", "bbbb", "cccc");
    out.getBuffer().setLength(0);
    assertThat(run("list", "--sort", "TOP1")).isZero();
    assertThat(rows()).containsExactly("bbbb", "aaaa", "cccc");
    assertThat(run("list", "--sort", "colour")).isEqualTo(2);
    assertThat(errors.toString()).contains("colour", "COST");
  }

  @Test
  void printsJson() {
    assertThat(run("list", "--json", "--sort", "loss")).isZero();
    assertThat(out.toString())
        .contains(
            "\"run\" : \"20261120-100000-aaaa\"", "\"poisonCost\" : 0.9", "\"bestEpoch\" : 2");
    out.getBuffer().setLength(0);
    assertThat(run("show", "bbbb", "--json")).isZero();
    assertThat(out.toString()).contains("\"record\"", "\"valTop1\" : 0.72");
  }

  @Test
  void showsARunWithItsCurveAndMarksTheBestEpoch() throws Exception {
    Files.writeString(
        store.resolve("runs/20261121-100000-bbbb/promotion.json"),
        """
        {"schemaVersion": 1, "decisions": [{"model": "mushrooms", "version": "3",
          "champion": "2", "decided": "2026-11-21T12:00:00Z", "outcome": "kept_back",
          "reason": "Not promoted: because.", "checks": [
            {"name": "poisonCost", "passed": false, "sentence": "Poison cost is higher."}]}]}
        """);
    assertThat(run("show", "bbbb")).isZero();
    assertThat(out.toString())
        .contains("Run 20261121-100000-bbbb, finished", "published as mushrooms version 3")
        .contains("hyperparameters.learningRate", "3.0E-4", "hyperparameters.ofANewerRelease")
        .containsPattern("\\*\\s+2\\s+128")
        .containsPattern("val top-1  [▁_]█|val top-1  _#")
        .contains("poison recall", "97.0 %")
        .contains("Not promoted: because.", "- Poison cost is higher.");
  }

  @Test
  void comparesWhatDiffers() {
    assertThat(run("compare", "aaaa", "bbbb")).isZero();
    String text = out.toString();
    assertThat(text)
        .contains("hyperparameters.learningRate", "5.0E-4", "3.0E-4")
        .doesNotContain("hyperparameters.seed")
        .containsPattern("top-1\\s+70\\.0 %\\s+72\\.0 % \\*")
        .containsPattern("poison cost \\(100 : 1\\)\\s+0\\.900 \\*\\s+1\\.400");
    out.getBuffer().setLength(0);
    assertThat(run("compare", "aaaa", "bbbb", "latest", "--all")).isZero();
    assertThat(out.toString()).contains("hyperparameters.seed", "cccc");
  }

  @Test
  void namesOfRunsMayBeShortButNotAmbiguous() {
    assertThat(run("show", "2026112")).isEqualTo(1);
    assertThat(errors.toString()).contains("Expected a part of one run's name");
    assertThat(run("show", "zzzz")).isEqualTo(1);
    assertThat(errors.toString()).contains("no run zzzz", "mushroom runs list");
    assertThat(run("show", "../x")).isEqualTo(1);
    assertThat(run("compare", "aaaa")).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "params.json, <html>",
    "params.json, null",
    "params.json, '{\"schemaVersion\": 1}'",
    "params.json, '{\"schemaVersion\": 2}'",
    "run.json, <html>",
    "run.json, ''",
    "run.json, '{\"schemaVersion\": 1}'",
    "metrics.jsonl, <html>",
    "metrics.jsonl, null",
    "metrics.jsonl, '{\"epoch\": 1}'",
    "metrics.jsonl, '{\"epoch\": 1, \"size'",
    "evaluation.json, <html>",
    "evaluation.json, '{\"schemaVersion\": 1, \"val\": []}'"
  })
  void aBrokenRecordDoesNotHideTheOthers(String file, String content) throws Exception {
    Files.writeString(store.resolve("runs/20261121-100000-bbbb").resolve(file), content);
    assertThat(run("list")).isEqualTo(1);
    assertThat(rows()).containsExactly("cccc", "aaaa");
    assertThat(errors.toString()).contains("runs/20261121-100000-bbbb/" + file);
    assertThat(errors.toString().lines()).as("no stack trace").hasSizeLessThan(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"promotion.json", "unreadable.jsonl", "mlflow.json"})
  void whatTheListDoesNotTellMayBeBroken(String file) throws Exception {
    Files.writeString(store.resolve("runs/20261121-100000-bbbb").resolve(file), "<html>");
    assertThat(run("list")).isZero();
    assertThat(rows()).containsExactly("cccc", "bbbb", "aaaa");
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "Copy of a run", "UPPER", "a/b", "a..b"})
  void aStrayFolderIsNoRun(String folder) throws Exception {
    Path stray = Files.createDirectories(store.resolve("runs").resolve(folder));
    Files.writeString(stray.resolve("params.json"), "{}");
    assertThat(run("list")).as(errors.toString()).isZero();
    assertThat(rows()).containsExactly("cccc", "bbbb", "aaaa");
  }

  @Test
  void anEmptyStoreSaysWhatToDo(@TempDir Path empty) {
    CommandLine commandLine = commandLine();
    assertThat(commandLine.execute("runs", "list", "--store", empty.toString())).isZero();
    assertThat(out.toString()).contains("no runs", "mushroom train");
  }

  private List<String> rows() {
    return out.toString()
        .lines()
        .filter(line -> line.startsWith("2026"))
        .map(line -> line.substring(16, 20))
        .toList();
  }

  private void run(
      String name, int day, String rate, String state, String published, double... top1)
      throws Exception {
    Path folder = Files.createDirectories(store.resolve("runs").resolve(name));
    Files.writeString(
        folder.resolve("params.json"),
        PARAMETERS.formatted(name, day, "0".repeat(64), rate).replace(" T10", "T10"));
    StringBuilder metrics = new StringBuilder();
    for (int i = 0; i < top1.length; i++) {
      metrics.append(
          """
          {"epoch":%d,"size":128,"learningRate":1e-4,"trainLoss":2.0,"photosPerSecond":12.5,\
          "seconds":300,"valTop1":%s,"valTop5":0.9,"valGenusTop1":0.8,"valMacroF1":0.5,"valLoss":%s}
          """
              .formatted(i + 1, top1[i], 2 - top1[i]));
    }
    Files.writeString(folder.resolve("metrics.jsonl"), metrics);
    Files.writeString(
        folder.resolve("run.json"),
        """
        {"schemaVersion": 1, "state": "%s", "updated": "2026-01-01T00:00:00Z", "epochsDone": %d%s}
        """
            .formatted(
                state,
                top1.length,
                published == null ? "" : ", \"publishedVersion\": \"" + published + "\""));
  }

  private void evaluation(String name, String cost) throws Exception {
    String figures = FIGURES.formatted(cost);
    Files.writeString(
        store.resolve("runs").resolve(name).resolve("evaluation.json"),
        "{\"schemaVersion\": 1, \"val\": %s, \"test\": %s, \"training\": %s, \"new\": [1]}"
            .formatted(figures, figures, TRAINING));
  }

  private int run(String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = "runs";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[all.length - 2] = "--store";
    all[all.length - 1] = store.toString();
    return commandLine().execute(all);
  }

  private CommandLine commandLine() {
    CommandLine commandLine = TrainerApplication.commandLine(() -> false);
    PrintWriter printed = new PrintWriter(out, true);
    PrintWriter failed = new PrintWriter(errors, true);
    commandLine.setOut(printed).setErr(failed);
    commandLine.getSubcommands().get("runs").setOut(printed).setErr(failed);
    return commandLine;
  }
}
