package app.mushroom.trainer.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStores;
import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.storage.dataset.LabelRank;
import app.mushroom.storage.dataset.Split;
import app.mushroom.storage.model.DatasetReference;
import app.mushroom.trainer.dataset.PhotoSource;
import app.mushroom.vision.decision.PoisonFlag;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which of the numbers keeps a version back, each on its own. */
class PromotionRulesTest {

  private static final DatasetReference DATASET = new DatasetReference("tiny", 1, "0".repeat(64));
  private static final Set<String> POISONOUS = Set.of("aa_bad", "aa_new_bad");
  private static final Set<String> KNOWN = Set.of("aa_bad", "bb_good", "cc_good");

  @TempDir static Path store;

  /** What both versions say to a number of photos of a label. */
  private final List<DatasetPhoto> photos = new ArrayList<>();

  private final List<String> namedBefore = new ArrayList<>();
  private final List<PoisonFlag> flagsBefore = new ArrayList<>();
  private final List<String> namedAfter = new ArrayList<>();
  private final List<PoisonFlag> flagsAfter = new ArrayList<>();

  @Test
  void macroF1AloneKeepsBack() throws Exception {
    photos(40, "aa_bad", "aa_bad", PoisonFlag.POISONOUS, "aa_bad", PoisonFlag.POISONOUS);
    photos(40, "bb_good", "bb_good", none(), "cc_good", none());
    photos(40, "cc_good", "cc_good", none(), "cc_good", none());
    assertThat(failed()).containsExactly("macroF1");
  }

  @Test
  void costAloneKeepsBack() throws Exception {
    photos(40, "aa_bad", "aa_bad", PoisonFlag.POISONOUS, "aa_bad", PoisonFlag.POISONOUS);
    photos(80, "bb_good", "bb_good", none(), "bb_good", PoisonFlag.POISONOUS);
    assertThat(failed()).containsExactly("poisonCost");
  }

  @Test
  void cannotTellMayRiseAsLongAsItIsRare() throws Exception {
    photos(90, "aa_bad", "aa_bad", PoisonFlag.POISONOUS, "aa_bad", PoisonFlag.POISONOUS);
    photos(9, "aa_bad", "aa_bad", PoisonFlag.POISONOUS, "aa_bad", PoisonFlag.CANNOT_TELL);
    assertThat(failed()).isEmpty();
    photos(9, "aa_bad", "aa_bad", PoisonFlag.POISONOUS, "aa_bad", PoisonFlag.CANNOT_TELL);
    assertThat(failed()).containsExactly("cannotTell");
  }

  @Test
  void newLabelsDoNotHideThatOldOnesAreMissed() throws Exception {
    // The champion misses all of a new poisonous label; the new version finds it and misses old.
    photos(50, "aa_new_bad", "bb_good", none(), "aa_new_bad", PoisonFlag.POISONOUS);
    photos(40, "aa_bad", "aa_bad", PoisonFlag.POISONOUS, "aa_bad", PoisonFlag.POISONOUS);
    photos(10, "aa_bad", "aa_bad", PoisonFlag.POISONOUS, "aa_bad", none());
    photos(40, "bb_good", "bb_good", none(), "bb_good", none());
    Comparison comparison = comparison();
    assertThat(comparison.poisonRecall().difference()).isPositive();
    assertThat(comparison.knownLabels().photos()).isEqualTo(90);
    assertThat(comparison.knownLabels().poisonRecall().champion()).isOne();
    assertThat(comparison.knownLabels().poisonRecall().candidate()).isEqualTo(0.8);
    assertThat(failed()).containsExactly("knownPoisonRecall", "knownPoisonCost");
  }

  @Test
  void withoutNewLabelsThereIsNothingToLookAtTwice() throws Exception {
    photos(40, "aa_bad", "aa_bad", PoisonFlag.POISONOUS, "aa_bad", PoisonFlag.POISONOUS);
    assertThat(comparison().knownLabels()).isNull();
    assertThat(failed()).isEmpty();
  }

  private static PoisonFlag none() {
    return PoisonFlag.NOT_KNOWN_POISONOUS;
  }

  private void photos(
      int count,
      String label,
      String before,
      PoisonFlag flagBefore,
      String after,
      PoisonFlag flagAfter) {
    for (int i = 0; i < count; i++) {
      String sha256 = String.format("%064x", photos.size() + 1);
      photos.add(
          new DatasetPhoto(
              sha256,
              label,
              LabelRank.SPECIES,
              label,
              label.substring(0, 2),
              Split.TEST,
              sha256.substring(48),
              null,
              10,
              10,
              1,
              "drawn",
              null,
              "CC0-1.0",
              null));
      namedBefore.add(before);
      flagsBefore.add(flagBefore);
      namedAfter.add(after);
      flagsAfter.add(flagAfter);
    }
  }

  private Comparison comparison() throws Exception {
    TestPhotos test = new TestPhotos(source(), photos, List.of(), 0, 0, List.of());
    return new Measurement(test, POISONOUS)
        .compare(
            DATASET, outcomes(namedBefore, flagsBefore), outcomes(namedAfter, flagsAfter), KNOWN);
  }

  /** Nobody reads from it. */
  private static PhotoSource source() throws Exception {
    try (ObjectStore objects = ObjectStores.open(store.toString())) {
      return new PhotoSource(new DatasetRepository(objects), "tiny");
    }
  }

  private static PhotoOutcomes outcomes(List<String> named, List<PoisonFlag> flags) {
    return new PhotoOutcomes(named, flags, flags.stream().map(flag -> false).toList());
  }

  private List<String> failed() throws Exception {
    return PromotionRules.figures(comparison()).stream()
        .filter(check -> !check.passed())
        .map(Check::name)
        .toList();
  }
}
