package app.mushroom.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStoreException;
import app.mushroom.storage.ObjectStores;
import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.storage.dataset.Split;
import app.mushroom.storage.model.ModelRegistry;
import app.mushroom.trainer.FaultyStore;
import app.mushroom.trainer.runs.AveragingRun;
import app.mushroom.trainer.runs.Console;
import app.mushroom.trainer.runs.RunParameters;
import app.mushroom.trainer.runs.RunState;
import app.mushroom.trainer.runs.RunStore;
import app.mushroom.trainer.torchscript.ScriptTensors;
import app.mushroom.trainer.torchscript.TinyBackbone;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class PublishedVersionsTest {

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
    assertThat(train("--epochs", "1", "--head-epochs", "0")).as(errors.toString()).isZero();
    assertThat(train("--epochs", "1", "--head-epochs", "0", "--teacher", "1"))
        .as(errors.toString())
        .isZero();
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

  @Test
  void versionsOfOneStartAreAveragedAndPublished() throws Exception {
    assertThat(train("--epochs", "1", "--head-epochs", "0", "--seed", "1"))
        .as(errors.toString())
        .isZero();
    assertThat(train("--epochs", "1", "--head-epochs", "0", "--seed", "2"))
        .as(errors.toString())
        .isZero();
    assertThat(models("average", "1", "2", "--no-promote")).as(errors.toString()).isZero();
    float[] one = floats(weights("1"));
    float[] two = floats(weights("2"));
    float[] average = floats(weights("3"));
    boolean both = average[0] != one[0] && average[0] != two[0];
    for (int i = 0; i < average.length; i++) {
      float expected = both ? (one[i] + two[i]) / 2 : average[0] == one[0] ? one[i] : two[i];
      assertThat(average[i]).isCloseTo(expected, within(1e-5f));
    }
    assertThat(train("--epochs", "1", "--from-run", average())).isEqualTo(2);
    assertThat(errors.toString()).contains("averaged versions", "mushroom models average 1");

    errors.getBuffer().setLength(0);
    assertThat(resume("latest")).as("the latest that trained: %s", errors).isZero();
    assertThat(resume(average())).isEqualTo(2);
    assertThat(errors.toString()).contains("averages versions", "mushroom models average 1");
  }

  @Test
  void anAverageRecordsItsParametersOnceAndHowItEnds() throws Exception {
    assertThat(train("--epochs", "0")).as(errors.toString()).isZero();
    assertThat(train("--epochs", "0", "--head-epochs", "2")).as(errors.toString()).isZero();
    List<String> writes = new ArrayList<>();
    try (FaultyStore objects = new FaultyStore(ObjectStores.open(store.toString()))) {
      objects.fail(
          (operation, key) -> {
            if (operation.equals("write") && key.startsWith("runs/")) {
              writes.add(key.substring(key.lastIndexOf('/') + 1));
            }
            if (operation.equals("write") && key.startsWith("models/")) {
              throw new ObjectStoreException("Could not write in gs://bucket: 403.");
            }
          });
      AveragingRun average = new AveragingRun(objects, Console.SILENT, Clock.systemUTC());
      Path work = Files.createDirectory(folder.resolve("work"));
      assertThatThrownBy(() -> average.run("mushrooms", List.of("1", "2"), "cpu", work, false))
          .hasMessageContaining("403");
      assertThat(writes).containsExactly("unreadable.jsonl", "params.json", "run.json", "run.json");
      RunStore runs = new RunStore(objects);
      RunState state = runs.read(average(), RunState.FILE, RunState.class).orElseThrow();
      assertThat(state.state()).isEqualTo("failed");
      assertThat(state.detail()).contains("403");
      assertThat(runs.parameters(average()).ingredients()).isNotEmpty();
    }
  }

  /** The run that averages; names of the same second have no order. */
  private String average() throws Exception {
    try (ObjectStore objects = ObjectStores.open(store.toString())) {
      RunStore runs = new RunStore(objects);
      for (String run : runs.runs()) {
        if (runs.parameters(run).ingredients() != null) {
          return run;
        }
      }
      throw new IllegalStateException("there is no average");
    }
  }

  private int resume(String run) {
    CommandLine commandLine = TrainerApplication.commandLine(() -> false);
    commandLine.setErr(new PrintWriter(errors, true));
    return commandLine.execute("train", "--resume", run, "--store", store.toString());
  }

  @Test
  void aVersionThatKnowsTestPhotosNeitherTeachesNorIsAveraged() throws Exception {
    assertThat(train("--epochs", "0")).as(errors.toString()).isZero();
    publishAgain(
        split -> split == Split.TEST ? Split.TRAIN : split == Split.TRAIN ? Split.TEST : split);
    assertThat(train("--epochs", "1", "--teacher", "1")).isEqualTo(1);
    assertThat(errors.toString())
        .contains(
            "mushrooms version 1 to know no test photo of dataset tiny version 2", "found 47");
    assertThat(train("--epochs", "0")).as(errors.toString()).isZero();
    assertThat(models("average", "1", "2", "--no-promote")).isEqualTo(1);
    assertThat(errors.toString())
        .contains(
            "mushrooms version 2 to know no test photo of dataset tiny version 1", "found 24");
  }

  @Test
  void aTeacherOfAnotherDatasetVersionWithTheSameTestPhotosIsWelcome() throws Exception {
    assertThat(train("--epochs", "0")).as(errors.toString()).isZero();
    publishAgain(split -> split);
    assertThat(train("--epochs", "1", "--teacher", "1")).as(errors.toString()).isZero();
  }

  /** The dataset without its last photo, its splits changed. */
  private void publishAgain(UnaryOperator<Split> change) throws Exception {
    try (ObjectStore objects = ObjectStores.open(store.toString())) {
      DatasetRepository datasets = new DatasetRepository(objects);
      List<DatasetPhoto> photos = datasets.read("tiny", 1).photos();
      List<DatasetPhoto> fewer =
          photos.subList(0, photos.size() - 1).stream()
              .map(
                  photo ->
                      new DatasetPhoto(
                          photo.sha256(),
                          photo.label(),
                          photo.rank(),
                          photo.taxon(),
                          photo.genus(),
                          change.apply(photo.split()),
                          photo.group(),
                          photo.tier(),
                          photo.width(),
                          photo.height(),
                          photo.sizeBytes(),
                          photo.source(),
                          photo.sourceSha256(),
                          photo.licence(),
                          photo.attribution()))
              .toList();
      datasets.publish("tiny", fewer, Map.of(), Instant.EPOCH);
    }
  }

  @Test
  void averagingNeedsTwoVersionsThatExist() throws Exception {
    assertThat(train("--epochs", "0")).as(errors.toString()).isZero();
    assertThat(models("average", "1")).isEqualTo(2);
    assertThat(models("average", "1", "9")).isEqualTo(1);
    assertThat(errors.toString()).contains("9");
  }

  private static float[] floats(byte[] bytes) {
    float[] values = new float[bytes.length / 4];
    java.nio.ByteBuffer.wrap(bytes)
        .order(java.nio.ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(values);
    return values;
  }

  private int models(String... arguments) {
    CommandLine commandLine = TrainerApplication.commandLine(() -> false);
    commandLine.setErr(new PrintWriter(errors, true));
    String[] all = new String[arguments.length + 3];
    all[0] = "models";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[all.length - 2] = "--store";
    all[all.length - 1] = store.toString();
    return commandLine.execute(all);
  }

  /** Runs of one second have no order that "latest" could go by. */
  private String runOf(String version) throws Exception {
    try (ObjectStore objects = ObjectStores.open(store.toString())) {
      return new ModelRegistry(objects, Clock.systemUTC()).manifest("mushrooms", version).run();
    }
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
