package app.mushroom.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.mushroom.storage.JsonDocument;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStores;
import app.mushroom.storage.model.ModelRegistry;
import app.mushroom.storage.model.VerifiedBundle;
import app.mushroom.trainer.evaluation.Figures;
import app.mushroom.trainer.promotion.Comparison;
import app.mushroom.trainer.promotion.Measured;
import app.mushroom.trainer.promotion.Promotion;
import app.mushroom.trainer.promotion.PromotionDecision;
import app.mushroom.trainer.publishing.BundleMetrics;
import app.mushroom.trainer.runs.RunStore;
import app.mushroom.trainer.torchscript.ScriptTensors;
import app.mushroom.trainer.torchscript.TinyBackbone;
import app.mushroom.vision.decision.Calibration;
import app.mushroom.vision.decision.LabelSet;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command as a person uses it, on a network and photos that take seconds. */
class TrainCommandTest {

  @TempDir Path folder;

  private Path store;
  private Path backbone;
  private final StringWriter errors = new StringWriter();

  @BeforeEach
  void makeDataset() throws Exception {
    store = folder.resolve("store");
    TinyDataset.write(store);
    backbone = TinyBackbone.write(folder.resolve("tiny_embedding.pt"));
  }

  @Test
  void publishesABundleThatBeatsChanceAndServesWhatItPromises() throws Exception {
    assertThat(train("--epochs", "3")).isZero();
    try (ObjectStore objects = ObjectStores.open(store.toString())) {
      ModelRegistry registry = new ModelRegistry(objects, Clock.systemUTC());
      assertThat(registry.champion("mushrooms").orElseThrow().version()).isEqualTo("1");
      VerifiedBundle bundle = registry.fetch("mushrooms", "1", folder.resolve("fetched"));
      assertThat(bundle.manifest().architecture()).isEqualTo("tiny");
      assertThat(bundle.manifest().embeddingSize()).isEqualTo(TinyBackbone.DIMENSIONS);
      assertThat(LabelSet.read(bundle.file("labels.json")).labels())
          .extracting(label -> label.label())
          .containsExactly("amanita_muscaria", "boletus_edulis", "lepista_nuda");
      assertThat(Calibration.read(bundle.file("calibration.json")).gate().weights())
          .hasSize(TinyBackbone.DIMENSIONS);
      BundleMetrics metrics =
          JsonDocument.read(
              Files.readAllBytes(bundle.file("metrics.json")), BundleMetrics.class, "metrics.json");
      assertThat(metrics.test().top1()).isGreaterThan(0.6);
      assertThat(Files.readString(bundle.file("MODEL_CARD.md")))
          .contains("CC0-1.0: 96", "must not be used")
          .doesNotContainIgnoringCase("safe to")
          .doesNotContainIgnoringCase("edible");
    }
  }

  @Test
  void trainsEveryTensorOfThePublishedNetwork() throws Exception {
    assertThat(train("--epochs", "1")).isZero();
    Map<String, byte[]> before = ScriptTensors.read(backbone);
    Map<String, byte[]> after = ScriptTensors.read(store.resolve("models/mushrooms/1/model.pt"));
    before.forEach(
        (name, bytes) -> assertThat(after.get("backbone." + name)).as(name).isNotEqualTo(bytes));
  }

  @Test
  void resumedRunEndsWithTheVeryWeightsOfAnUninterruptedOne() throws Exception {
    assertThat(train("--epochs", "3", "--no-promote")).isZero();
    String run;
    try (ObjectStore objects = ObjectStores.open(store.toString())) {
      run = new RunStore(objects).runs().get(0);
    }
    Path other = folder.resolve("other");
    store = other;
    TinyDataset.write(other);
    Interruption.Flag stopped = stopAfterSteps(3);
    assertThat(execute(stopped, arguments("--epochs", "3", "--no-promote")))
        .isEqualTo(TrainerApplication.STOPPED);
    assertThat(run(List.of("train", "--store", other.toString(), "--resume", "--no-promote")))
        .as(errors.toString())
        .isZero();
    assertThat(run).isNotEmpty();
    assertThat(ScriptTensors.read(other.resolve("models/mushrooms/1/model.pt")))
        .containsExactlyInAnyOrderEntriesOf(
            ScriptTensors.read(folder.resolve("store/models/mushrooms/1/model.pt")));
  }

  @Test
  void stopsInTheEmbeddingPhaseAndStartsItAnew() {
    assertThat(execute(() -> true, arguments("--epochs", "1")))
        .isEqualTo(TrainerApplication.STOPPED);
    assertThat(run(List.of("train", "--store", store.toString(), "--resume")))
        .as("the backbone was named by a path that is not kept: %s", errors)
        .isEqualTo(1);
    assertThat(errors.toString()).contains("tiny_embedding.pt", "--backbone");
    assertThat(
            run(
                List.of(
                    "train",
                    "--store",
                    store.toString(),
                    "--resume",
                    "--backbone",
                    backbone.toString())))
        .isZero();
  }

  @Test
  void secondVersionIsNotPromotedOverABetterOne() throws Exception {
    assertThat(train("--epochs", "3")).isZero();
    List<String> untrained = arguments("--epochs", "0");
    untrained.set(untrained.indexOf("--head-epochs") + 1, "0");
    assertThat(run(untrained)).isZero();
    try (ObjectStore objects = ObjectStores.open(store.toString())) {
      ModelRegistry registry = new ModelRegistry(objects, Clock.systemUTC());
      assertThat(registry.versions("mushrooms")).containsExactly("1", "2");
      RunStore runs = new RunStore(objects);
      PromotionDecision decision =
          Promotion.decisions(runs, runs.runs().get(0)).orElseThrow().decisions().get(0);
      assertThat(decision.outcome())
          .as(String.join("\n", decision.sentences()))
          .isEqualTo(PromotionDecision.Outcome.KEPT_BACK);
      assertThat(registry.champion("mushrooms").orElseThrow().version()).isEqualTo("1");
      // What decides is what the bundles' own metrics say of the same photos.
      Comparison comparison = decision.comparison();
      assertThat(comparison).isNotNull();
      requireSame(test(registry, "1"), comparison, Measured::champion);
      requireSame(test(registry, "2"), comparison, Measured::candidate);
    }
  }

  private static Figures test(ModelRegistry registry, String version) throws Exception {
    byte[] bytes = registry.file("mushrooms", version, "metrics.json");
    return JsonDocument.read(bytes, BundleMetrics.class, "metrics.json").test();
  }

  private static void requireSame(
      Figures expected, Comparison found, ToDoubleFunction<Measured> which) {
    assertThat(which.applyAsDouble(found.poisonRecall())).isEqualTo(expected.poisonRecall());
    assertThat(which.applyAsDouble(found.poisonCost())).isEqualTo(expected.poisonCost());
    assertThat(which.applyAsDouble(found.macroF1())).isCloseTo(expected.macroF1(), within(1e-12));
  }

  @Test
  void saysWhatIsMissing() {
    assertThat(run(List.of("train", "--store", store.toString()))).isEqualTo(1);
    assertThat(errors.toString()).contains("--backbone");

    errors.getBuffer().setLength(0);
    assertThat(
            run(
                List.of(
                    "train",
                    "--store",
                    store.toString(),
                    "--dataset",
                    "nothing",
                    "--backbone",
                    backbone.toString())))
        .isEqualTo(1);
    assertThat(errors.toString()).contains("nothing", "mushroom collect import");

    errors.getBuffer().setLength(0);
    assertThat(
            run(
                List.of(
                    "train",
                    "--store",
                    store.toString(),
                    "--dataset",
                    "tiny",
                    "--backbone",
                    folder.resolve("none.pt").toString())))
        .isEqualTo(1);
    assertThat(errors.toString()).contains("none.pt", "djl://");

    errors.getBuffer().setLength(0);
    assertThat(
            run(
                List.of(
                    "train",
                    "--store",
                    store.toString(),
                    "--dataset",
                    "../tiny",
                    "--backbone",
                    backbone.toString())))
        .isEqualTo(1);
    assertThat(errors.toString()).contains("../tiny");
    assertThat(run(List.of("train", "--epochs", "many"))).isEqualTo(2);
  }

  private int train(String... more) {
    return run(arguments(more));
  }

  private List<String> arguments(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "train",
                "--store",
                store.toString(),
                "--dataset",
                "tiny",
                "--backbone",
                backbone.toString(),
                "--batch-size",
                "8",
                "--smallest-size",
                "32",
                "--largest-size",
                "32",
                "--input-size",
                "32",
                "--learning-rate",
                "0.01",
                "--head-learning-rate",
                "0.02",
                "--stem-share",
                "1",
                "--head-epochs",
                "10",
                "--device",
                "cpu"));
    arguments.addAll(List.of(more));
    return arguments;
  }

  private int run(List<String> arguments) {
    return execute(() -> false, arguments);
  }

  private int execute(Interruption.Flag flag, List<String> arguments) {
    CommandLine commandLine = TrainerApplication.commandLine(flag);
    commandLine.setErr(new PrintWriter(errors, true));
    return commandLine.execute(arguments.toArray(String[]::new));
  }

  /** Stops in the middle of the second epoch; the embedding phase asks once a batch as well. */
  private static Interruption.Flag stopAfterSteps(int steps) {
    // Half of the photos of three labels are for training, in batches of 8.
    int photos = 3 * TinyDataset.PER_LABEL / 2;
    int embedding = (photos + 7) / 8;
    int perEpoch = photos / 8;
    int[] asked = {0};
    return () -> ++asked[0] > embedding + perEpoch + steps;
  }
}
