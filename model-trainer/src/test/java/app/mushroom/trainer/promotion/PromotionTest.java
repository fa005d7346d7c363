package app.mushroom.trainer.promotion;

import static app.mushroom.trainer.promotion.ConstantModel.HARMLESS;
import static app.mushroom.trainer.promotion.ConstantModel.LABELS;
import static app.mushroom.trainer.promotion.ConstantModel.MODEL;
import static app.mushroom.trainer.promotion.ConstantModel.POISONOUS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStores;
import app.mushroom.storage.dataset.DatasetCard;
import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.storage.model.BundleRejectedException;
import app.mushroom.storage.model.Champion;
import app.mushroom.storage.model.DatasetReference;
import app.mushroom.storage.model.ModelRegistry;
import app.mushroom.trainer.cli.TinyDataset;
import app.mushroom.trainer.promotion.Promotion.Wish;
import app.mushroom.trainer.promotion.PromotionDecision.Outcome;
import app.mushroom.trainer.runs.Console;
import app.mushroom.trainer.runs.RunStore;
import app.mushroom.vision.species.SpeciesCatalogue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromotionTest {

  @TempDir static Path shared;
  @TempDir Path folder;

  private ObjectStore objects;
  private ModelRegistry registry;
  private RunStore runs;
  private DatasetReference dataset;

  @BeforeAll
  static void draw() throws Exception {
    TinyDataset.write(shared);
  }

  @BeforeEach
  void open() throws Exception {
    copy(shared, folder.resolve("store"));
    objects = ObjectStores.open(folder.resolve("store").toString());
    registry = new ModelRegistry(objects, Clock.systemUTC());
    runs = new RunStore(objects);
    dataset = reference(1);
  }

  @AfterEach
  void close() {
    objects.close();
  }

  @Test
  void theFirstVersionIsPromotedIfItsGoldenInputsReproduce() throws Exception {
    publish(POISONOUS);
    PromotionDecision decision = consider("1", Wish.IF_BETTER);
    assertThat(decision.outcome()).isEqualTo(Outcome.PROMOTED);
    assertThat(decision.comparison()).isNull();
    assertThat(champion().reason()).contains("first version", "golden inputs reproduce");
    assertThat(decision.sentences()).anyMatch(line -> line.contains("answers all 4 as promised"));
    assertThat(consider("1", Wish.IF_BETTER).outcome()).isEqualTo(Outcome.CHAMPION_ALREADY);
  }

  @Test
  void aVersionWhoseGoldenInputsDoNotReproduceIsNotEvenTheFirstChampion() throws Exception {
    publish(
        POISONOUS,
        files -> {
          Path golden = files.resolve("golden.json");
          String text = Files.readString(golden);
          assertThat(text).contains("[10.0,");
          Files.writeString(golden, text.replace("[10.0,", "[10.5,"));
        });
    PromotionDecision decision = consider("1", Wish.IF_BETTER);
    assertThat(decision.outcome()).isEqualTo(Outcome.KEPT_BACK);
    assertThat(decision.reason())
        .contains("stays published", "drawing-0 logits[0] to be 10.5 within 0.001, found 10.0");
    assertThat(registry.champion(MODEL)).isEmpty();
    assertThat(registry.versions(MODEL)).containsExactly("1");
  }

  @Test
  void aVersionThatMissesLessAndCostsLessBecomesChampion() throws Exception {
    publish(HARMLESS);
    publish(POISONOUS);
    consider("1", Wish.IF_BETTER);
    PromotionDecision decision = consider("2", Wish.IF_BETTER);

    assertThat(decision.outcome()).isEqualTo(Outcome.PROMOTED);
    Comparison numbers = decision.comparison();
    assertThat(numbers.photos()).isEqualTo(18);
    assertThat(numbers.finds()).isEqualTo(18);
    assertThat(numbers.poisonRecall().champion()).isZero();
    assertThat(numbers.poisonRecall().candidate()).isOne();
    assertThat(numbers.poisonCost().champion()).isCloseTo(600 / 18.0, within(1e-9));
    assertThat(numbers.poisonCost().candidate()).isCloseTo(12 / 18.0, within(1e-9));
    assertThat(numbers.poisonCost().high()).isNegative();
    assertThat(numbers.macroF1().difference()).isCloseTo(0, within(1e-9));
    assertThat(numbers.labels())
        .containsExactly(
            new Comparison.LabelChange(POISONOUS, 6, 0, 6),
            new Comparison.LabelChange(HARMLESS, 6, 6, 0));
    assertThat(champion().version()).isEqualTo("2");
    assertThat(champion().reason())
        .contains("18 test photos of tiny version 1", "poison recall 1.0000 (0.0000)");
  }

  @Test
  void aVersionThatMissesMoreStaysPublishedWithTheReason() throws Exception {
    publish(POISONOUS);
    publish(HARMLESS);
    consider("1", Wish.IF_BETTER);
    PromotionDecision decision = consider("2", Wish.IF_BETTER);

    assertThat(decision.outcome()).isEqualTo(Outcome.KEPT_BACK);
    assertThat(decision.reason())
        .contains("mushrooms version 2 stays published", "Poison recall 0.0000")
        .contains("Poison cost 33.3333")
        .doesNotContain("Macro-F1");
    assertThat(decision.sentences())
        .anyMatch(line -> line.contains("18 test photos (18 finds) of tiny version 1"))
        .last()
        .asString()
        .contains("models promote 2", "--force");
    assertThat(decision.inShort()).isEqualTo("not promoted: poisonRecall, poisonCost");
    assertThat(champion().version()).isEqualTo("1");
    assertThat(registry.versions(MODEL)).containsExactly("1", "2");
    assertThat(Promotion.decisions(runs, "run-2").orElseThrow().decisions())
        .containsExactly(decision);
  }

  @Test
  void theSameModelAgainIsNotWorse() throws Exception {
    publish(POISONOUS);
    publish(POISONOUS);
    consider("1", Wish.IF_BETTER);
    PromotionDecision decision = consider("2", Wish.IF_BETTER);
    assertThat(decision.outcome()).isEqualTo(Outcome.PROMOTED);
    assertThat(decision.comparison().macroF1()).isEqualTo(new Measured(1 / 6.0, 1 / 6.0, 0, 0));
  }

  @Test
  void forceNeedsAReasonAndIsWrittenDown() throws Exception {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Wish(" ", true))
        .withMessageContaining("--reason");
    publish(POISONOUS);
    publish(HARMLESS);
    consider("1", Wish.IF_BETTER);
    PromotionDecision decision = consider("2", new Wish("a field test", true));
    assertThat(decision.outcome()).isEqualTo(Outcome.FORCED);
    assertThat(decision.reason()).contains("although: Poison recall", "Reason: a field test");
    assertThat(champion().version()).isEqualTo("2");
    assertThat(champion().reason()).startsWith("by force: a field test; although: Poison recall");
  }

  @Test
  void aNetworkThatAnswersNaNIsNoImprovement() throws Exception {
    publish(HARMLESS);
    publish("nothing");
    consider("1", Wish.IF_BETTER);
    PromotionDecision decision = consider("2", Wish.IF_BETTER);
    assertThat(decision.outcome()).isEqualTo(Outcome.KEPT_BACK);
    assertThat(decision.reason()).contains("found NaN", "cannot be compared", "finite numbers");
  }

  @Test
  void aFileThatIsNoNetworkIsToldNotThrown() throws Exception {
    publish(HARMLESS);
    publish(POISONOUS, files -> Files.writeString(files.resolve("model.pt"), "<html>"));
    consider("1", Wish.IF_BETTER);
    PromotionDecision decision = consider("2", Wish.IF_BETTER);
    assertThat(decision.outcome()).isEqualTo(Outcome.KEPT_BACK);
    assertThat(decision.reason()).contains("Expected model.pt to be a TorchScript module");
  }

  @Test
  void aVersionOfADatasetThatIsNotHereCannotBeCompared() throws Exception {
    publish(HARMLESS);
    dataset = new DatasetReference("elsewhere", 3, "0".repeat(64));
    publish(POISONOUS);
    consider("1", Wish.IF_BETTER);
    PromotionDecision decision = consider("2", Wish.IF_BETTER);
    assertThat(decision.outcome()).isEqualTo(Outcome.KEPT_BACK);
    assertThat(decision.reason())
        .contains("cannot be compared with champion version 1", "version 3 of dataset elsewhere");
  }

  @Test
  void aVersionThatForgetsLabelsIsKeptBack() throws Exception {
    publish(POISONOUS);
    List<DatasetPhoto> fewer =
        photos(1).stream().filter(photo -> !photo.label().equals(HARMLESS)).toList();
    dataset = publishDataset(fewer);
    ConstantModel.publish(
        registry, folder, dataset, List.of(POISONOUS, "lepista_nuda"), POISONOUS, "run-2", f -> {});
    consider("1", Wish.IF_BETTER);
    PromotionDecision decision = consider("2", Wish.IF_BETTER);
    assertThat(decision.outcome()).isEqualTo(Outcome.KEPT_BACK);
    assertThat(decision.reason())
        .contains("no longer knows 1 of the champion's 3 labels: " + HARMLESS);
    assertThat(decision.comparison().photos()).isEqualTo(12);
  }

  @Test
  void aChampionThatDoesNotKnowALabelIsWrongAboutIt() throws Exception {
    List<DatasetPhoto> fewer =
        photos(1).stream().filter(photo -> !photo.label().equals(POISONOUS)).toList();
    dataset = publishDataset(fewer);
    ConstantModel.publish(
        registry, folder, dataset, List.of(HARMLESS, "lepista_nuda"), HARMLESS, "run-1", f -> {});
    dataset = reference(1);
    publish(POISONOUS);
    consider("1", Wish.IF_BETTER);
    PromotionDecision decision = consider("2", Wish.IF_BETTER);
    assertThat(decision.outcome()).isEqualTo(Outcome.PROMOTED);
    assertThat(decision.comparison().poisonRecall().champion()).isZero();
  }

  @Test
  void theLoserOfARaceIsToldWhoWon() throws Exception {
    publish(HARMLESS);
    publish(POISONOUS);
    publish(POISONOUS);
    consider("1", Wish.IF_BETTER);
    Console rival =
        new Console() {
          @Override
          public void say(String line) {
            try {
              registry.promote(MODEL, "3", "faster", registry.champion(MODEL));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }

          @Override
          public void progress(String step, int done, int total, String detail) {}
        };
    PromotionDecision decision = promotion(rival).consider(MODEL, "2", Wish.IF_BETTER);
    assertThat(decision.outcome()).isEqualTo(Outcome.LOST);
    assertThat(decision.reason())
        .contains("version 2 stays published", "found version 3", "(faster)");
    assertThat(champion().version()).isEqualTo("3");
    assertThat(Promotion.decisions(runs, "run-2").orElseThrow().decisions()).hasSize(1);
  }

  @Test
  void aVersionThatIsNotThereIsAnError() {
    assertThatThrownBy(() -> consider("7", Wish.IF_BETTER))
        .isInstanceOf(BundleRejectedException.class)
        .hasMessageContaining("version 7");
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : paths.toList()) {
        Files.copy(path, to.resolve(from.relativize(path)));
      }
    }
  }

  private void publish(String always) throws IOException {
    publish(always, files -> {});
  }

  private void publish(String always, ConstantModel.Change change) throws IOException {
    String run = "run-" + (registry.versions(MODEL).size() + 1);
    ConstantModel.publish(registry, folder, dataset, LABELS, always, run, change);
  }

  private PromotionDecision consider(String version, Wish wish) throws IOException {
    return promotion(Console.SILENT).consider(MODEL, version, wish);
  }

  private Promotion promotion(Console console) {
    return new Promotion(
        registry,
        runs,
        new DatasetRepository(objects),
        SpeciesCatalogue.load(),
        console,
        Clock.systemUTC());
  }

  private Champion champion() throws IOException {
    return registry.champion(MODEL).orElseThrow();
  }

  private List<DatasetPhoto> photos(int version) throws IOException {
    return new DatasetRepository(objects).read("tiny", version).photos();
  }

  private DatasetReference publishDataset(List<DatasetPhoto> photos) throws IOException {
    DatasetRepository datasets = new DatasetRepository(objects);
    return reference(datasets.publish("tiny", photos, Map.of(), Instant.EPOCH).card().version());
  }

  private DatasetReference reference(int version) throws IOException {
    DatasetCard card = new DatasetRepository(objects).read("tiny", version).card();
    return new DatasetReference("tiny", version, card.manifestSha256());
  }
}
