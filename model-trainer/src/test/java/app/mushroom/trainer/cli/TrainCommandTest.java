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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a person uses it, on a network and photos that take seconds. */
class TrainCommandTest {

  @TempDir Path folder;

  private TinyRun run;

  @BeforeEach
  void makeDataset() throws Exception {
    run = new TinyRun(folder.resolve("tiny"));
  }

  @Test
  void publishesABundleThatBeatsChanceAndServesWhatItPromises() throws Exception {
    assertThat(run.train("--epochs=3")).isZero();
    try (ObjectStore objects = ObjectStores.open(run.store().toString())) {
      ModelRegistry registry = new ModelRegistry(objects, Clock.systemUTC());
      assertThat(registry.champion("mushrooms")).as("too few poisonous photos").isEmpty();
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
          .contains("val has 6 photographs of poisonous labels")
          .doesNotContainIgnoringCase("safe to")
          .doesNotContainIgnoringCase("edible");
    }
  }

  @Test
  void publishesTheHeadAloneWhereNoEpochDoesBetter() throws Exception {
    assertThat(
            run.train(
                "--epochs=1", "--head-epochs=10", "--learning-rate=1", "--head-learning-rate=1"))
        .as(run.errors())
        .isZero();
    assertThat(
            run.run(
                () -> false, List.of("models", "recalibrate", "latest", "--store=" + run.store())))
        .as(run.errors())
        .isZero();
    Map<String, byte[]> before = ScriptTensors.read(run.backbone());
    for (String version : List.of("1", "2")) {
      Path folder = run.store().resolve("models/mushrooms/" + version);
      Map<String, byte[]> after = ScriptTensors.read(folder.resolve("model.pt"));
      before.forEach(
          (name, bytes) -> assertThat(after.get("backbone." + name)).as(name).isEqualTo(bytes));
      assertThat(folder.resolve("MODEL_CARD.md")).content().contains("only the head trained");
    }
    assertThat(run.folder().resolve("run.json")).content().contains("calibrated again");
  }

  @Test
  void trainsEveryTensorOfThePublishedNetwork() throws Exception {
    assertThat(run.train("--epochs=1", "--head-epochs=0")).isZero();
    Map<String, byte[]> before = ScriptTensors.read(run.backbone());
    Map<String, byte[]> after =
        ScriptTensors.read(run.store().resolve("models/mushrooms/1/model.pt"));
    before.forEach(
        (name, bytes) -> assertThat(after.get("backbone." + name)).as(name).isNotEqualTo(bytes));
  }

  @Test
  void secondVersionIsNotPromotedOverABetterOne() throws Exception {
    assertThat(run.train("--epochs=3")).isZero();
    assertThat(run.promote("1")).isZero();
    assertThat(run.train("--epochs=0", "--head-epochs=0")).isZero();
    try (ObjectStore objects = ObjectStores.open(run.store().toString())) {
      ModelRegistry registry = new ModelRegistry(objects, Clock.systemUTC());
      assertThat(registry.versions("mushrooms")).containsExactly("1", "2");
      RunStore runs = new RunStore(objects);
      PromotionDecision decision =
          Promotion.decisions(runs, registry.manifest("mushrooms", "2").run())
              .orElseThrow()
              .decisions()
              .get(0);
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
    String store = "--store=" + run.store();
    String backbone = "--backbone=" + run.backbone();
    String none = "--backbone=" + folder.resolve("none.pt");
    assertThat(run.run(() -> false, List.of("train", store))).isEqualTo(2);
    assertThat(run.errors()).contains("--backbone", "mushroom train --help");
    assertThat(complaint(store, "--dataset=nothing", backbone))
        .contains("nothing", "mushroom collect import");
    assertThat(complaint(store, "--dataset=tiny", none)).contains("none.pt", "djl://");
    assertThat(run.run(() -> false, List.of("train", "--epochs", "many"))).isEqualTo(2);
  }

  @Test
  void goesOnWithoutAFewUnreadablePhotosAndNamesThem() throws Exception {
    List<Path> images = images();
    Files.delete(images.get(0));
    Files.writeString(images.get(1), "no photo");
    assertThat(run.train("--epochs=1")).as(run.errors()).isZero();
    assertThat(Files.readAllLines(run.folder().resolve("unreadable.jsonl")))
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).contains("sha256", "label", "split", "reason"));
    Path bundle = run.store().resolve("models/mushrooms/1");
    assertThat(bundle.resolve("metrics.json")).content().contains("\"unreadablePhotos\" : 2");
    assertThat(bundle.resolve("MODEL_CARD.md")).content().contains("2 of these photographs");
  }

  @Test
  void stopsWithTheListWhereMoreThanFivePerCentAreUnreadable() throws Exception {
    List<Path> images = images().subList(0, 5); // of 96
    for (Path image : images) {
      Files.delete(image);
    }
    assertThat(run.train("--epochs=1")).isEqualTo(TrainerApplication.FAILED);
    assertThat(run.errors())
        .contains("found 5 of 96 (5.2 %)", "unreadable.jsonl", "No object")
        .contains(images.stream().map(image -> sha256(image)).toList());
    assertThat(Files.readAllLines(run.folder().resolve("unreadable.jsonl"))).hasSize(5);
    assertThat(run.folder().resolve("run.json")).content().contains("failed");
    assertThat(run.store().resolve("models")).doesNotExist();
  }

  private List<Path> images() throws Exception {
    try (Stream<Path> images = Files.list(run.store().resolve("datasets/tiny/images"))) {
      return images.sorted().toList();
    }
  }

  private static String sha256(Path image) {
    return image.getFileName().toString().replace(".jpg", "");
  }

  private String complaint(String... arguments) {
    List<String> all = new ArrayList<>(List.of("train"));
    all.addAll(List.of(arguments));
    assertThat(run.run(() -> false, all)).isEqualTo(TrainerApplication.FAILED);
    return run.errors();
  }
}
