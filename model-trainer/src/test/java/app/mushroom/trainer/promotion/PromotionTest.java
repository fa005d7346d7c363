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
import app.mushroom.storage.dataset.Split;
import app.mushroom.storage.model.BundleRejectedException;
import app.mushroom.storage.model.Champion;
import app.mushroom.storage.model.DatasetReference;
import app.mushroom.storage.model.ModelRegistry;
import app.mushroom.trainer.FaultyStore;
import app.mushroom.trainer.cli.TinyDataset;
import app.mushroom.trainer.promotion.Promotion.Wish;
import app.mushroom.trainer.promotion.PromotionDecision.Outcome;
import app.mushroom.trainer.runs.Console;
import app.mushroom.trainer.runs.RunStore;
import app.mushroom.vision.decision.Calibration;
import app.mushroom.vision.species.SpeciesCatalogue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
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
  void theFirstVersionIsPromotedIfItWarnsAndItsGoldenInputsReproduce() throws Exception {
    dataset = withManyDangers();
    publish(POISONOUS);
    PromotionDecision decision = consider("1", Wish.IF_BETTER);
    assertThat(decision.outcome()).isEqualTo(Outcome.PROMOTED);
    assertThat(decision.comparison()).isNull();
    assertThat(champion().reason())
        .contains("first version", "poison recall 1.0000", "golden inputs reproduce");
    assertThat(decision.sentences())
        .anyMatch(line -> line.contains("answers all 4 as promised"))
        .anyMatch(line -> line.contains("recall 1.0000 on 24 test photos of poisonous labels"));
    assertThat(consider("1", Wish.IF_BETTER).outcome()).isEqualTo(Outcome.CHAMPION_ALREADY);
  }

  @Test
  void aFirstVersionThatMissesPoisonIsWorseThanNone() throws Exception {
    dataset = withManyDangers();
    publish(HARMLESS);
    PromotionDecision decision = consider("1", Wish.IF_BETTER);
    assertThat(decision.outcome()).isEqualTo(Outcome.KEPT_BACK);
    assertThat(decision.reason()).contains("Poison recall 0.0000", "below the 0.95");
    assertThat(registry.champion(MODEL)).isEmpty();
  }

  @Test
  void aFirstVersionThatRefusesToAnswerIsWorseThanNone() throws Exception {
    dataset = withManyDangers();
    publish(POISONOUS, PromotionTest::refuseEverything);
    PromotionDecision decision = consider("1", Wish.IF_BETTER);
    assertThat(decision.outcome()).isEqualTo(Outcome.KEPT_BACK);
    assertThat(decision.inShort()).isEqualTo("not promoted: cannotTell");
  }

  @Test
  void aFirstVersionThatNobodyCanJudgeIsPromotedByHandOnly() throws Exception {
    publish(POISONOUS);
    PromotionDecision decision = consider("1", Wish.IF_BETTER);
    assertThat(decision.outcome()).isEqualTo(Outcome.KEPT_BACK);
    assertThat(decision.reason())
        .contains("expected at least 20 test photos of poisonous labels, found 6");
    assertThat(decision.sentences()).last().asString().contains("models promote 1", "--force");
    assertThat(consider("1", new Wish("my own few photos", true)).outcome())
        .isEqualTo(Outcome.FORCED);
    assertThat(champion().reason()).startsWith("by force: my own few photos; although: Poison");
  }

  @Test
  void aFirstVersionWhoseDatasetIsNotHereIsKeptBack() throws Exception {
    dataset = new DatasetReference("elsewhere", 3, "0".repeat(64));
    publish(POISONOUS);
    assertThat(consider("1", Wish.IF_BETTER).reason())
        .contains("cannot be measured on its test photos", "version 3 of dataset elsewhere");
  }

  @Test
  void refusingEveryPhotoIsNoWayToMissNoPoison() throws Exception {
    publish(POISONOUS);
    publish(POISONOUS, PromotionTest::refuseEverything);
    first("1");
    PromotionDecision decision = consider("2", Wish.IF_BETTER);
    assertThat(decision.outcome()).isEqualTo(Outcome.KEPT_BACK);
    assertThat(decision.comparison().poisonRecall().candidate()).isOne();
    assertThat(decision.comparison().poisonCost().candidate()).isZero();
    assertThat(decision.inShort()).isEqualTo("not promoted: cannotTell, mushroomsRefused");
  }

  @Test
  void aGateThatLetsThingsInIsWorseThanOneThatDoesNot() throws Exception {
    // Nobody may refuse a mushroom here: the champion refuses all and was promoted by force.
    publish(POISONOUS, PromotionTest::refuseEverything);
    publish(POISONOUS);
    first("1");
    PromotionDecision decision = consider("2", Wish.IF_BETTER);
    assertThat(decision.comparison().others()).isEqualTo(6);
    assertThat(decision.comparison().notMushroomRefused().champion()).isOne();
    assertThat(decision.comparison().notMushroomRefused().candidate()).isZero();
    assertThat(decision.inShort()).contains("notMushroomRefused");
  }

  @Test
  void aDecisionThatCannotBeWrittenDownIsSaidAndStands() throws Exception {
    FaultyStore faulty = new FaultyStore(objects);
    List<String> said = new ArrayList<>();
    Promotion promotion =
        new Promotion(
            new ModelRegistry(faulty, Clock.systemUTC()),
            new RunStore(faulty),
            new DatasetRepository(faulty),
            SpeciesCatalogue.load(),
            new Console() {
              @Override
              public void say(String line) {
                said.add(line);
              }

              @Override
              public void progress(String step, int done, int total, String detail) {}
            },
            Clock.systemUTC());
    publish(HARMLESS);
    publish(POISONOUS);
    first("1");
    faulty.fail(
        (operation, key) -> {
          if (operation.equals("write") && key.endsWith("promotion.json")) {
            throw new IOException("no space left");
          }
        });
    PromotionDecision decision = promotion.consider(MODEL, "2", Wish.IF_BETTER);
    assertThat(decision.outcome()).isEqualTo(Outcome.PROMOTED);
    assertThat(champion().version()).isEqualTo("2");
    assertThat(said).anyMatch(line -> line.contains("Promoted, but") && line.contains("no space"));
    assertThatThrownBy(() -> promotion.consider(MODEL, "1", Wish.IF_BETTER))
        .as("kept back: the decision is all that came of it")
        .hasMessageContaining("no space");
  }

  @Test
  void twoDecisionsAtOnceAreBothKept() throws Exception {
    publish(HARMLESS);
    FaultyStore slow = new FaultyStore(objects);
    List<String> once = new ArrayList<>();
    slow.fail(
        (operation, key) -> {
          if (operation.equals("write") && key.endsWith("promotion.json") && once.isEmpty()) {
            once.add(key);
            consider("1", Wish.IF_BETTER);
          }
        });
    new Promotion(
            new ModelRegistry(slow, Clock.systemUTC()),
            new RunStore(slow),
            new DatasetRepository(slow),
            SpeciesCatalogue.load(),
            Console.SILENT,
            Clock.systemUTC())
        .consider(MODEL, "1", Wish.IF_BETTER);
    assertThat(Promotion.decisions(runs, "run-1").orElseThrow().decisions()).hasSize(2);
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
    first("1");
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
    first("1");
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
    first("1");
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
    first("1");
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
    first("1");
    PromotionDecision decision = consider("2", Wish.IF_BETTER);
    assertThat(decision.outcome()).isEqualTo(Outcome.KEPT_BACK);
    assertThat(decision.reason()).contains("found NaN", "cannot be compared", "finite numbers");
  }

  @Test
  void aFileThatIsNoNetworkIsToldNotThrown() throws Exception {
    publish(HARMLESS);
    publish(POISONOUS, files -> Files.writeString(files.resolve("model.pt"), "<html>"));
    first("1");
    PromotionDecision decision = consider("2", Wish.IF_BETTER);
    assertThat(decision.outcome()).isEqualTo(Outcome.KEPT_BACK);
    assertThat(decision.reason()).contains("Expected model.pt to be a TorchScript module");
  }

  @Test
  void aVersionOfADatasetThatIsNotHereCannotBeCompared() throws Exception {
    publish(HARMLESS);
    dataset = new DatasetReference("elsewhere", 3, "0".repeat(64));
    publish(POISONOUS);
    first("1");
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
    first("1");
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
    first("1");
    PromotionDecision decision = consider("2", Wish.IF_BETTER);
    assertThat(decision.comparison().poisonRecall().champion()).isZero();
    assertThat(decision.checks())
        .filteredOn(check -> check.name().equals("poisonRecall"))
        .allMatch(Check::passed);
    assertThat(decision.comparison().knownLabels().photos()).isEqualTo(12);
    assertThat(decision.inShort())
        .as("but alarms, and names nothing right, on the labels that the champion knows")
        .isEqualTo("not promoted: knownPoisonCost, knownMacroF1");
  }

  @Test
  void theLoserOfARaceIsToldWhoWon() throws Exception {
    publish(HARMLESS);
    publish(POISONOUS);
    publish(POISONOUS);
    first("1");
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

  private static void refuseEverything(Path files) throws IOException {
    Path file = files.resolve("calibration.json");
    Calibration made = Calibration.read(file);
    Calibration.Gate gate = new Calibration.Gate(made.gate().weights(), -10, 0.5);
    Files.write(
        file,
        new Calibration(made.temperature(), gate, made.answer(), made.poison(), made.bands())
            .toJson());
  }

  /** The same photos, and all of the poisonous label in the test split. */
  private DatasetReference withManyDangers() throws IOException {
    return publishDataset(
        photos(1).stream()
            .map(photo -> photo.label().equals(POISONOUS) ? inTest(photo) : photo)
            .toList());
  }

  private static DatasetPhoto inTest(DatasetPhoto photo) {
    return new DatasetPhoto(
        photo.sha256(),
        photo.label(),
        photo.rank(),
        photo.taxon(),
        photo.genus(),
        Split.TEST,
        photo.group(),
        photo.tier(),
        photo.width(),
        photo.height(),
        photo.sizeBytes(),
        photo.source(),
        photo.sourceSha256(),
        photo.licence(),
        photo.attribution());
  }

  private void first(String version) throws IOException {
    assertThat(consider(version, new Wish("the first", true)).outcome().isChampion()).isTrue();
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
