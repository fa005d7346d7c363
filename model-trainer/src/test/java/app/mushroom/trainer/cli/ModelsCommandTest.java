package app.mushroom.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStores;
import app.mushroom.storage.model.BundleManifest;
import app.mushroom.storage.model.DatasetReference;
import app.mushroom.storage.model.ImageInput;
import app.mushroom.storage.model.ModelRegistry;
import app.mushroom.vision.decision.Calibration;
import app.mushroom.vision.decision.Label;
import app.mushroom.vision.decision.LabelSet;
import app.mushroom.vision.species.Toxicity;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ModelsCommandTest {

  private static final String METRICS =
      """
      {"schemaVersion": 1, "val": %1$s, "test": %1$s,
       "training": {"trainableParameters": 1, "executionTimeSeconds": 1, "learningRate": 0.1,
         "batchSize": 1, "epochs": 1, "optimizer": "AdamW", "experiment": "run", "user": "me",
         "modelSizeBytes": 1}}
      """
          .formatted(
              """
              {"photos": 10, "top1": 0.5, "top5": 0.9, "genusTop1": 0.6, "macroF1": 0.4,
               "expectedCalibrationError": 0.1, "loss": 1.5, "poisonRecall": 0.97,
               "falsePoisonAlarms": 0.3, "cannotTell": 0.1, "poisonCost": 1.2,
               "notMushroomRefused": 1.0, "mushroomsRefused": 0.0}
              """);

  @TempDir Path folder;

  private Path store;
  private final StringWriter out = new StringWriter();
  private final StringWriter errors = new StringWriter();

  @BeforeEach
  void publishTwoVersions() throws Exception {
    store = folder.resolve("store");
    Path bundle = Files.createDirectory(folder.resolve("bundle"));
    Files.writeString(bundle.resolve("metrics.json"), METRICS);
    Files.writeString(bundle.resolve("MODEL_CARD.md"), "# A card");
    Files.write(bundle.resolve("labels.json"), labels("amanita_muscaria", "lepista_nuda"));
    Files.write(bundle.resolve("calibration.json"), calibration(0.3).toJson());
    try (ObjectStore objects = ObjectStores.open(store.toString())) {
      ModelRegistry registry = new ModelRegistry(objects, Clock.systemUTC());
      registry.publish(draft(), bundle);
      Files.writeString(
          bundle.resolve("metrics.json"), METRICS.replace("\"top1\": 0.5,", "\"top1\": 0.625,"));
      Files.write(bundle.resolve("labels.json"), labels("amanita_muscaria", "boletus_edulis"));
      Files.write(bundle.resolve("calibration.json"), calibration(0.2).toJson());
      registry.publish(draft(), bundle);
    }
  }

  @Test
  void marksTheChampionAndRollsItBack() {
    assertThat(run("promote", "1", "--force", "--reason", "the first")).isZero();
    assertThat(run("promote", "2", "--force", "--reason", "better")).isZero();
    assertThat(run("list")).isZero();
    assertThat(out.toString())
        .containsPattern("\\*  mushrooms +2 .* 62\\.5 % .* champion")
        .containsPattern("\n   mushrooms +1 .* 50\\.0 % .* was champion");
    assertThat(run("rollback", "--reason", "misses death caps")).isZero();
    assertThat(out.toString())
        .contains("version 1 is the champion again, in place of version 2", "To undo this");
    out.getBuffer().setLength(0);
    assertThat(run("show", "champion")).isZero();
    assertThat(out.toString()).contains("version 1: champion", "because: misses death caps");
  }

  @Test
  void refusesAVersionWithoutGoldenInputsAndKeepsTheReason() {
    assertThat(run("promote", "1")).isEqualTo(1);
    assertThat(out.toString()).contains("stays published", "no golden.json", "--force --reason");
    assertThat(store.resolve("models/mushrooms/champion.json")).doesNotExist();
    assertThat(run("list")).isZero();
    assertThat(out.toString()).contains("not promoted: golden");
    assertThat(run("promote", "1", "--force")).isEqualTo(1);
    assertThat(errors.toString()).contains("--reason");
  }

  @Test
  void comparesTwoVersions() {
    assertThat(run("diff", "1", "2")).isZero();
    assertThat(out.toString())
        .containsPattern("top-1 +50\\.0 % +62\\.5 % +\\+12\\.5 +better")
        .containsPattern("poison flag at +0\\.300 +0\\.200")
        .contains("added:   boletus_edulis", "removed: lepista_nuda")
        .contains("not known: no run record");
    assertThat(run("diff", "1", "9")).isEqualTo(1);
  }

  @Test
  void printsAVersionAsJson() {
    assertThat(run("show", "2", "--json")).isZero();
    assertThat(out.toString()).contains("\"architecture\" : \"tiny\"", "\"top1\" : 0.625");
  }

  @Test
  void showsTheCardAndExportsTheFiles() {
    assertThat(run("show", "1")).isZero();
    assertThat(out.toString()).contains("# A card");
    assertThat(run("export", "2", folder.resolve("copy").toString())).isZero();
    assertThat(folder.resolve("copy/bundle.json")).exists();
    assertThat(folder.resolve("copy/MODEL_CARD.md")).hasContent("# A card");
  }

  @Test
  void saysWhatIsWrongAndChangesNothing() {
    assertThat(run("promote", "7")).isEqualTo(1);
    assertThat(errors.toString()).contains("7");
    assertThat(run("promote", "../1")).isEqualTo(1);
    assertThat(run("rollback")).isEqualTo(1);
    assertThat(run("show", "1", "--model", "nothing")).isEqualTo(1);
    assertThat(store.resolve("models/mushrooms/champion.json")).doesNotExist();
  }

  private static byte[] labels(String... names) {
    return new LabelSet(
            Stream.of(names)
                .map(name -> new Label(name, "species", name, null, Toxicity.UNKNOWN))
                .toList())
        .toJson();
  }

  private static Calibration calibration(double flagAt) {
    return new Calibration(
        1,
        new Calibration.Gate(new double[] {0}, 0, 0.5),
        new Calibration.Answer(0.4, 0.5),
        new Calibration.Poison(flagAt, 0.1, 100),
        new Calibration.Bands(0.9, 0.5));
  }

  private static BundleManifest draft() {
    return new BundleManifest(
        1,
        "mushrooms",
        "draft",
        "tiny",
        new ImageInput(32, 34, List.of(0.5, 0.5, 0.5), List.of(0.2, 0.2, 0.2)),
        List.of("logits", "embedding"),
        8,
        new DatasetReference("tiny", 1, "0".repeat(64)),
        "run",
        Instant.EPOCH,
        List.of());
  }

  private int run(String... arguments) {
    CommandLine commandLine = TrainerApplication.commandLine(() -> false);
    PrintWriter printed = new PrintWriter(out, true);
    PrintWriter failed = new PrintWriter(errors, true);
    commandLine.getSubcommands().get("models").setOut(printed).setErr(failed);
    commandLine.setOut(printed).setErr(failed);
    String[] all = new String[arguments.length + 3];
    all[0] = "models";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[all.length - 2] = "--store";
    all[all.length - 1] = store.toString();
    return commandLine.execute(all);
  }
}
