package app.mushroom.collector.report;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.collector.report.NextLabels.Missing;
import app.mushroom.collector.report.NextLabels.Scarce;
import app.mushroom.storage.Sha256;
import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.LabelRank;
import app.mushroom.storage.dataset.Split;
import app.mushroom.vision.species.Species;
import app.mushroom.vision.species.SpeciesCatalogue;
import app.mushroom.vision.species.Toxicity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NextLabelsTest {
  private static final String DEADLY = "amanita_phalloides";
  private static final String POISONOUS = "amanita_muscaria";
  private static final String OTHER = "boletus_edulis";

  private final SpeciesCatalogue catalogue = SpeciesCatalogue.load();
  private final List<DatasetPhoto> photos = new ArrayList<>();

  @Test
  void anEmptyDatasetLacksEveryDangerousSpeciesOfTheCatalogueTheDeadlyFirst() {
    NextLabels next = next();

    assertThat(next.scarce()).isEmpty();
    assertThat(next.missing())
        .hasSize(
            (int)
                catalogue.all().stream()
                    .filter(s -> s.rank().equals("species") && s.toxicity().isPoisonous())
                    .count());
    assertThat(next.missing())
        .extracting(missing -> missing.species().toxicity())
        .isSorted()
        .startsWith(Toxicity.DEADLY);
  }

  @Test
  void onePhotoIsTooFewAndItsSplitIsTheOnlyOneThatHasAny() {
    add(OTHER, 1, 1, Split.TRAIN);

    assertThat(next().scarce())
        .containsExactly(new Scarce(OTHER, Toxicity.NOT_KNOWN_POISONOUS, 1, 1, true, true));
  }

  @Test
  void poisonousLabelsComeBeforeOthersWithFewerPhotos() {
    add(OTHER, 3, 3, Split.TRAIN);
    fill(POISONOUS, 40);
    fill(DEADLY, 40);

    assertThat(labels()).containsExactly(DEADLY, POISONOUS, OTHER);
  }

  @Test
  void whatCannotBeJudgedComesBeforeWhatIsMerelyRare() {
    add("lactarius_deliciosus", 30, 30, Split.TRAIN);
    fill(OTHER, 20);

    assertThat(labels()).containsExactly("lactarius_deliciosus", OTHER);
    assertThat(next().scarce().get(0).withoutTest()).isTrue();
  }

  @Test
  void enoughPhotosOfEnoughFindsInEverySplitAreEnough() {
    fill(OTHER, NextLabels.MIN_TARGET);
    assertThat(next().scarce()).isEmpty();

    photos.clear();
    fill(OTHER, NextLabels.MIN_TARGET - 1);
    assertThat(labels()).containsExactly(OTHER);
  }

  @Test
  void manyPhotosOfFewFindsAreTooFew() {
    add(OTHER, 80, 5, Split.TRAIN);
    add(OTHER, 10, 2, Split.VAL);
    add(OTHER, 10, 2, Split.TEST);
    assertThat(next().scarce())
        .containsExactly(new Scarce(OTHER, Toxicity.NOT_KNOWN_POISONOUS, 100, 9, false, false));
  }

  @Test
  void theTargetIsTheMedianInTensWithinBounds() {
    fill(OTHER, 10);
    assertThat(next().target()).isEqualTo(NextLabels.MIN_TARGET);
    photos.clear();
    fill(OTHER, 61);
    fill(POISONOUS, 121);
    fill("lactarius_deliciosus", 300);
    assertThat(next().target()).isEqualTo(130);
    photos.clear();
    fill(OTHER, 900);
    assertThat(next().target()).isEqualTo(NextLabels.MAX_TARGET);
  }

  @Test
  void whatIsNoMushroomIsNotSearchedFor() {
    photos.add(photo("not_mushroom", LabelRank.NONE, 0, "g", Split.TRAIN));

    assertThat(next().scarce()).isEmpty();
  }

  @Test
  void missingLookAlikesOfTheDatasetsMushroomsComeFirstAmongTheirKind() {
    Species eaten =
        catalogue.all().stream()
            .filter(
                s ->
                    !s.toxicity().isPoisonous()
                        && s.lookAlikes().stream()
                            .anyMatch(
                                other ->
                                    other.label() != null
                                        && other.toxicity() == Toxicity.DEADLY
                                        && catalogue
                                            .require(String.valueOf(other.label()))
                                            .rank()
                                            .equals("species")))
            .findFirst()
            .orElseThrow();
    add(eaten.label(), 1, 1, Split.TRAIN);

    Missing first = next().missing().get(0);

    assertThat(first.species().toxicity()).isEqualTo(Toxicity.DEADLY);
    assertThat(first.mistakenFor()).containsExactly(eaten.scientificName());
  }

  @Test
  void aSpeciesThatIsThereIsNotMissing() {
    add(DEADLY, 1, 1, Split.TRAIN);

    assertThat(next().missing())
        .extracting(missing -> missing.species().label())
        .doesNotContain(DEADLY)
        .contains(POISONOUS);
  }

  @Test
  void theOrderOfThePhotosChangesNothing() {
    fill(OTHER, 30);
    add(DEADLY, 4, 2, Split.TRAIN);
    add(POISONOUS, 4, 2, Split.TEST);
    add("zzz_unheard_of", 4, 2, Split.TEST);
    NextLabels before = next();
    Collections.shuffle(photos, new Random(7));

    assertThat(next()).isEqualTo(before);
    assertThat(labels()).containsExactly(DEADLY, POISONOUS, "zzz_unheard_of", OTHER);
  }

  @Test
  void theCommandNamesTheDatasetUnlessItIsTheUsualOne() {
    NextLabels next = next();

    assertThat(next.command("mushrooms", Stream.of("a", "b")))
        .isEqualTo(
            "./mushroom collect search --labels a,b --per-label 50 --sources inaturalist,gbif");
    assertThat(next.command("garden", Stream.of("a"))).endsWith(" --dataset garden");
  }

  private NextLabels next() {
    return NextLabels.of(photos, catalogue);
  }

  private List<String> labels() {
    return next().scarce().stream().map(Scarce::label).toList();
  }

  /** As many finds as photos, in all splits. */
  private void fill(String label, int count) {
    add(label, count - 4, count - 4, Split.TRAIN);
    add(label, 2, 2, Split.VAL);
    add(label, 2, 2, Split.TEST);
  }

  private void add(String label, int count, int finds, Split split) {
    for (int i = 0; i < count; i++) {
      photos.add(photo(label, LabelRank.SPECIES, photos.size(), label + split + i % finds, split));
    }
  }

  private static DatasetPhoto photo(
      String label, LabelRank rank, int number, String group, Split split) {
    return new DatasetPhoto(
        Sha256.of((label + number).getBytes(StandardCharsets.UTF_8)),
        label,
        rank,
        null,
        null,
        split,
        group,
        null,
        300,
        200,
        1000,
        "https://example.org/" + number,
        null,
        "CC0-1.0",
        null);
  }
}
