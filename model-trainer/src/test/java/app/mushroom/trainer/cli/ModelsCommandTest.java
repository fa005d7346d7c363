package app.mushroom.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStores;
import app.mushroom.storage.model.BundleManifest;
import app.mushroom.storage.model.DatasetReference;
import app.mushroom.storage.model.ImageInput;
import app.mushroom.storage.model.ModelRegistry;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
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
    try (ObjectStore objects = ObjectStores.open(store.toString())) {
      ModelRegistry registry = new ModelRegistry(objects, Clock.systemUTC());
      registry.publish(draft(), bundle);
      registry.publish(draft(), bundle);
    }
  }

  @Test
  void marksTheChampionAndRollsItBack() {
    assertThat(run("promote", "1")).isZero();
    assertThat(run("promote", "2", "--reason", "better")).isZero();
    assertThat(run("list")).isZero();
    assertThat(out.toString()).contains("* mushrooms 2").contains("  mushrooms 1").contains("50.0");
    assertThat(run("rollback")).isZero();
    assertThat(out.toString()).contains("version 1 is the champion again");
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
    commandLine.getSubcommands().get("models").setOut(new PrintWriter(out, true));
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(errors, true));
    String[] all = new String[arguments.length + 3];
    all[0] = "models";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[all.length - 2] = "--store";
    all[all.length - 1] = store.toString();
    return commandLine.execute(all);
  }
}
