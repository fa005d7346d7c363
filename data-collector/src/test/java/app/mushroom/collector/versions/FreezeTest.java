package app.mushroom.collector.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import app.mushroom.collector.TestPhotos;
import app.mushroom.collector.dataset.LikePair;
import app.mushroom.collector.dataset.SplitShares;
import app.mushroom.collector.quality.PerceptualHash;
import app.mushroom.collector.records.RecordLog;
import app.mushroom.collector.search.PhotoRecord;
import app.mushroom.collector.source.Sighting;
import app.mushroom.collector.versions.Freeze.Frozen;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStores;
import app.mushroom.storage.Sha256;
import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.DatasetQuality;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.storage.dataset.DatasetVersion;
import app.mushroom.storage.dataset.LabelRank;
import app.mushroom.storage.dataset.PictureFindings;
import app.mushroom.storage.dataset.Split;
import app.mushroom.vision.photo.PhotoDecoder;
import app.mushroom.vision.species.SpeciesCatalogue;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreezeTest {
  private static final SplitShares HALVES = new SplitShares(50, 25, 25);

  @TempDir Path folder;
  private ObjectStore store;

  @BeforeEach
  void open() throws Exception {
    store = ObjectStores.open(folder.toString());
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void saysWhatToDoWhereNothingWasCollected() {
    assertThatThrownBy(() -> freeze(false))
        .isInstanceOf(FreezeException.class)
        .hasMessageContaining("mushroom collect search");
  }

  @Test
  void makesAVersionOfWhatWasTakenWithLicencesAndAuthors() throws Exception {
    take(1, "amanita_muscaria", "a:1", "(c) anna");
    Frozen frozen = freeze(false);
    assertThat(frozen.isNew()).isTrue();
    DatasetPhoto photo = version(frozen).photos().get(0);
    assertThat(photo.licence()).isEqualTo("CC-BY-4.0");
    assertThat(photo.attribution()).isEqualTo("(c) anna");
    assertThat(photo.group()).isEqualTo("a:1");
    assertThat(photo.taxon()).isEqualTo("Amanita muscaria");
    assertThat(photo.source()).isEqualTo("https://a.example/1");
  }

  @Test
  void aVersionHoldsMonthAndCoarsePlaceOfWhatHasThem() throws Exception {
    take(1, "amanita_muscaria", "a:1", "Jane", null, new Sighting(9, "45,10"));
    take(2, "amanita_muscaria", "a:2", "Jane", null);
    freeze(false);
    assertThat(new DatasetRepository(store).latest("mushrooms").orElseThrow().photos())
        .extracting(DatasetPhoto::group, DatasetPhoto::observedMonth, DatasetPhoto::cell)
        .containsExactlyInAnyOrder(tuple("a:1", 9, "45,10"), tuple("a:2", null, null));
  }

  @Test
  void makesNoVersionWhereNothingIsNew() throws Exception {
    take(1, "amanita_muscaria", null, null);
    freeze(false);
    Frozen again = freeze(false);
    assertThat(again.isNew()).isFalse();
    assertThat(version(again).card().version()).isEqualTo(1);
  }

  @Test
  void aDryRunPublishesNothing() throws Exception {
    take(1, "amanita_muscaria", null, null);
    Frozen frozen = freeze(true);
    assertThat(frozen.version()).isNull();
    assertThat(frozen.photos()).isEqualTo(1);
    assertThat(new DatasetRepository(store).versions("mushrooms")).isEmpty();
  }

  @Test
  void noFindStraddlesSplitsAndNoPhotoMovesWhenMoreIsAdded() throws Exception {
    for (int photo = 0; photo < 20; photo++) {
      take(photo, "amanita_muscaria", "a:" + photo / 2, null);
    }
    DatasetVersion first = version(freeze(false));
    for (int photo = 20; photo < 60; photo++) {
      take(photo, "amanita_muscaria", "a:" + photo / 2, null);
    }
    DatasetVersion second = version(freeze(false));

    assertThat(second.photos()).hasSize(60);
    Map<String, Set<Object>> splits =
        second.photos().stream()
            .collect(
                Collectors.groupingBy(
                    DatasetPhoto::group,
                    Collectors.mapping(DatasetPhoto::split, Collectors.toSet())));
    assertThat(splits.values()).allSatisfy(of -> assertThat(of).hasSize(1));
    assertThat(second.photos().stream().map(DatasetPhoto::split).distinct()).hasSize(3);
    assertThat(VersionDiff.of(first, second).changed()).isEmpty();
    assertThat(VersionDiff.of(first, second).removed()).isEmpty();
  }

  @Test
  void aPhotoUnderTwoLabelsStaysOutAndBothPlacesAreNamed() throws Exception {
    take(1, "amanita_muscaria", null, null);
    take(1, "boletus_edulis", null, null);
    take(2, "boletus_edulis", null, null);
    Frozen frozen = freeze(false);
    assertThat(frozen.photos()).isEqualTo(1);
    assertThat(frozen.refusals())
        .hasSize(2)
        .allSatisfy(
            refusal -> {
              assertThat(refusal.reason()).isEqualTo("conflicting_labels");
              assertThat(refusal.where() + refusal.detail()).contains("https://a.example/1");
            });
    assertThat(version(frozen).card().refused()).isEqualTo(Map.of("conflicting_labels", 2));
  }

  @Test
  void photosThatLookAlikeUnderTwoLabelsGoToQuarantine() throws Exception {
    take(1, "amanita_muscaria", null, null, "0123456789abcdef");
    take(2, "boletus_edulis", null, null, "0123456789abcdee");
    take(3, "boletus_edulis", null, null, "fedcba9876543210");
    Frozen frozen = freeze(false);
    assertThat(frozen.refusals())
        .hasSize(2)
        .allSatisfy(
            refusal -> {
              assertThat(refusal.reason()).isEqualTo("conflicting_labels");
              assertThat(refusal.detail()).contains("https://a.example/1", "https://a.example/2");
            });
    assertThat(version(frozen).photos())
        .extracting(DatasetPhoto::source)
        .containsExactly("https://a.example/3");
  }

  @Test
  void aPublishedPhotoStaysWhenALookAlikeComesUnderAnotherLabel() throws Exception {
    take(1, "amanita_muscaria", null, null, "0123456789abcdef");
    freeze(false);
    take(2, "boletus_edulis", null, null, "0123456789abcdef");
    take(3, "boletus_edulis", null, null, "ffffffff00000000");
    assertThat(version(freeze(false)).photos())
        .extracting(DatasetPhoto::source)
        .containsExactlyInAnyOrder("https://a.example/1", "https://a.example/3");
  }

  @Test
  void aCopyOfAPhotoThatWasImportedJoinsItsSplit() throws Exception {
    for (int photo = 0; photo < 10; photo++) {
      publish(photo, Split.TEST);
    }
    for (int photo = 0; photo < 10; photo++) {
      String hash =
          PerceptualHash.of(new PhotoDecoder().decode(TestPhotos.png(photo, 64, 48)))
              .orElseThrow()
              .toString();
      take(100 + photo, "amanita_muscaria", "find " + photo, null, hash);
    }
    assertThat(version(freeze(false)).photos())
        .hasSize(20)
        .allSatisfy(photo -> assertThat(photo.split()).isEqualTo(Split.TEST));
  }

  /** As an import does: with no record of how the photo looks. */
  private void publish(int seed, Split split) throws Exception {
    DatasetRepository datasets = new DatasetRepository(store);
    byte[] jpeg = TestPhotos.jpeg(seed, 64, 48);
    String sha256 = Sha256.of(jpeg);
    datasets.putImage("mushrooms", sha256, jpeg);
    List<DatasetPhoto> photos =
        new ArrayList<>(datasets.latest("mushrooms").map(DatasetVersion::photos).orElse(List.of()));
    photos.add(
        new DatasetPhoto(
            sha256,
            "amanita_muscaria",
            LabelRank.SPECIES,
            "Amanita muscaria",
            "amanita",
            split,
            "imported" + seed,
            null,
            64,
            48,
            jpeg.length,
            "list " + seed,
            null,
            "CC0",
            null));
    datasets.publish("mushrooms", photos, Map.of(), Instant.EPOCH);
  }

  @Test
  void lookAlikesOfOneLabelAreInOneSplit() throws Exception {
    for (int photo = 0; photo < 16; photo++) {
      // Eight pictures that differ in 32 bits or more, two photos of each that differ in four.
      String picture =
          "%x".formatted(photo / 2).repeat(15).replace("0", "f") + (photo / 2 == 0 ? "f" : "0");
      take(photo, "amanita_muscaria", null, null, picture);
    }
    DatasetVersion version = version(freeze(false));
    assertThat(version.photos()).hasSize(16);
    Map<String, List<DatasetPhoto>> groups =
        version.photos().stream().collect(Collectors.groupingBy(DatasetPhoto::group));
    assertThat(groups).hasSizeLessThanOrEqualTo(8);
    assertThat(groups.values())
        .allSatisfy(
            photos -> assertThat(photos.stream().map(DatasetPhoto::split).distinct()).hasSize(1));
  }

  @Test
  void aPhotoThatLooksLikePhotosOfTwoSplitsIsLeftOut() throws Exception {
    String one = "0000000000000000".replace('0', '3');
    for (int photo = 0; photo < 12; photo++) {
      take(photo, "amanita_muscaria", null, null, photo < 8 ? farFrom(one, photo) : null);
    }
    DatasetVersion first = version(freeze(false));
    Map<String, Object> splits =
        first.photos().stream()
            .collect(Collectors.toMap(DatasetPhoto::source, DatasetPhoto::split));
    int other = 1;
    while (splits.get("https://a.example/" + other).equals(splits.get("https://a.example/0"))) {
      other++;
      assertThat(other).as("a photo in another split").isLessThan(8);
    }
    take(50, "amanita_muscaria", null, null, between(farFrom(one, 0), farFrom(one, other)));
    Frozen second = freeze(false);
    assertThat(second.refusals())
        .singleElement()
        .satisfies(
            refusal -> assertThat(refusal.reason()).isEqualTo("near_duplicate_across_splits"));
    assertThat(version(second).photos()).isEqualTo(first.photos());
  }

  /** A hash sixteen bits from those of other numbers, so no pair with them. */
  private static String farFrom(String hash, int number) {
    long bits = Long.parseUnsignedLong(hash, 16) ^ (0xffL << (8 * number));
    return "%016x".formatted(bits);
  }

  /** A hash eight bits from both of two that are sixteen bits apart. */
  private static String between(String one, String other) {
    long a = Long.parseUnsignedLong(one, 16);
    long differ = a ^ Long.parseUnsignedLong(other, 16);
    long half = 0;
    for (int bit = 0, taken = 0; bit < 64 && taken < 8; bit++) {
      if ((differ >> bit & 1) == 1) {
        half |= 1L << bit;
        taken++;
      }
    }
    return "%016x".formatted(a ^ half);
  }

  @Test
  void aLabelThatTheCatalogueDoesNotKnowIsTakenAndNoted() throws Exception {
    take(1, "russula_unheardof", null, null);
    Frozen frozen = freeze(false);
    DatasetPhoto photo = version(frozen).photos().get(0);
    assertThat(photo.rank()).isEqualTo(LabelRank.SPECIES);
    assertThat(photo.genus()).isEqualTo("russula");
    assertThat(frozen.notes())
        .singleElement()
        .satisfies(note -> assertThat(note).contains("russula_unheardof", "toxicity is unknown"));
  }

  @Test
  void findingsHoldPairsThatStayAndThoseThatContradictEachOtherAndTheCardCountsThem()
      throws Exception {
    take(1, "amanita_muscaria", null, null, "0123456789abcdef");
    take(2, "boletus_edulis", null, null, "0123456789abcdee");
    take(3, "lactarius_deliciosus", null, null, "fedcba9876543210");
    take(4, "lactarius_deliciosus", null, null, "fedcba9876543213");
    Frozen frozen = freeze(false);

    assertThat(frozen.findings().nearDuplicates())
        .containsExactly(new LikePair(hash(3), hash(4), 2, false));
    assertThat(frozen.findings().distinctConflicts())
        .singleElement()
        .satisfies(
            conflict -> {
              assertThat(conflict.photos()).isEqualTo(new LikePair(hash(1), hash(2), 1, false));
              assertThat(conflict.label()).isEqualTo("amanita_muscaria");
              assertThat(conflict.otherLabel()).isEqualTo("boletus_edulis");
              assertThat(conflict.otherWhere()).contains("https://a.example/2");
            });
    assertThat(version(frozen).card().quality())
        .extracting(DatasetQuality::pictures)
        .isEqualTo(new PictureFindings(1, 0, 0, 1, Map.of()));
  }

  private static String hash(int seed) {
    return Sha256.of(TestPhotos.jpeg(seed, 64, 48));
  }

  private Frozen freeze(boolean dryRun) throws Exception {
    return new Freeze(store, SpeciesCatalogue.load(), Clock.systemUTC())
        .run("mushrooms", HALVES, dryRun);
  }

  private static DatasetVersion version(Frozen frozen) {
    DatasetVersion version = frozen.version();
    assertThat(version).isNotNull();
    return version;
  }

  private void take(
      int seed, String label, @Nullable String observation, @Nullable String attribution)
      throws Exception {
    take(seed, label, observation, attribution, null);
  }

  private void take(
      int seed,
      String label,
      @Nullable String observation,
      @Nullable String attribution,
      @Nullable String hash)
      throws Exception {
    take(seed, label, observation, attribution, hash, null);
  }

  private void take(
      int seed,
      String label,
      @Nullable String observation,
      @Nullable String attribution,
      @Nullable String hash,
      @Nullable Sighting sighting)
      throws Exception {
    byte[] jpeg = TestPhotos.jpeg(seed, 64, 48);
    String sha256 = Sha256.of(jpeg);
    new DatasetRepository(store).putImage("mushrooms", sha256, jpeg);
    String name = Character.toUpperCase(label.charAt(0)) + label.substring(1).replace('_', ' ');
    try (RecordLog<PhotoRecord> log =
        new RecordLog<>(
            store, "datasets/mushrooms/records/search/", PhotoRecord.class, 9, record -> {})) {
      log.add(
          new PhotoRecord(
              label,
              name,
              "species",
              "a",
              Integer.toString(seed),
              "https://a.example/" + seed + ".jpg",
              "https://a.example/" + seed,
              observation,
              null,
              "CC-BY-4.0",
              "cc-by",
              attribution,
              name,
              Instant.EPOCH,
              new PhotoRecord.Taken(sha256, sha256, 64, 48, jpeg.length, hash, List.of()),
              null,
              sighting));
    }
  }
}
