package app.mushroom.storage.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mushroom.storage.InvalidNameException;
import app.mushroom.storage.ObjectKey;
import app.mushroom.storage.ObjectNotFoundException;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStores;
import app.mushroom.storage.Precondition;
import app.mushroom.storage.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetRepositoryTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:15:00Z");

  @TempDir Path folder;
  private ObjectStore store;
  private DatasetRepository datasets;

  @BeforeEach
  void open() throws IOException {
    store = ObjectStores.open(folder.toString());
    datasets = new DatasetRepository(store);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void anEmptyStoreHasNoVersions() throws IOException {
    assertThat(datasets.versions("mushrooms")).isEmpty();
    assertThat(datasets.latest("mushrooms")).isEmpty();
  }

  @Test
  void aPublishedVersionReadsBackAsItWas() throws IOException {
    DatasetPhoto first = stored("b", "amanita_muscaria", Split.TRAIN, "g1");
    DatasetPhoto second = stored("a", "amanita_muscaria", Split.VAL, "g2");
    DatasetPhoto none = notMushroom("c");

    DatasetVersion published =
        datasets.publish("mushrooms", List.of(none, first, second), Map.of("too small", 3), NOW);

    assertThat(datasets.latest("mushrooms")).contains(published);
    assertThat(published.photos())
        .extracting(DatasetPhoto::label)
        .containsExactly("amanita_muscaria", "amanita_muscaria", "not_mushroom");
    assertThat(published.photos().subList(0, 2)).extracting(DatasetPhoto::sha256).isSorted();
    assertThat(published.card().version()).isEqualTo(1);
    assertThat(published.card().parent()).isNull();
    assertThat(published.card().created()).isEqualTo(NOW);
    assertThat(published.card().labels())
        .isEqualTo(Map.of("amanita_muscaria", 2, "not_mushroom", 1));
    assertThat(published.card().splits()).isEqualTo(Map.of("train", 1, "val", 1, "test", 1));
    assertThat(published.card().sources()).isEqualTo(Map.of("example.org", 3));
    assertThat(published.card().refused()).isEqualTo(Map.of("too small", 3));
  }

  @Test
  void theCardTellsWhatThePhotosAreWorth() throws IOException {
    DatasetPhoto first = stored("b", "amanita_muscaria", Split.TRAIN, "g1");
    DatasetPhoto second = stored("a", "amanita_muscaria", Split.TRAIN, "g1");
    DatasetPhoto third = stored("d", "amanita_muscaria", Split.VAL, "g2");
    PictureFindings findings = new PictureFindings(3, 2, 1, 4, Map.of("drawing", 1));

    datasets.publish(
        "mushrooms", List.of(notMushroom("c"), first, second, third), Map.of(), findings, NOW);

    DatasetQuality quality = datasets.read("mushrooms", 1).card().quality();
    assertThat(quality)
        .isEqualTo(
            new DatasetQuality(
                3,
                new DatasetQuality.Spread(1, 1, 3),
                new DatasetQuality.Spread(183, 183, 183),
                List.of("not_mushroom"),
                List.of("amanita_muscaria"),
                1,
                findings));
  }

  @Test
  void aCardSaysNothingOfPicturesThatNobodyCompared() throws IOException {
    datasets.publish("mushrooms", List.of(notMushroom("c")), Map.of(), NOW);

    assertThat(datasets.read("mushrooms", 1).card().quality())
        .isNotNull()
        .extracting(DatasetQuality::pictures)
        .isNull();
    assertThat(folder.resolve("datasets/mushrooms/versions/1/dataset.json"))
        .content(StandardCharsets.UTF_8)
        .contains("\"labelsWithoutVal\" : [ \"not_mushroom\" ]")
        .doesNotContain("pictures", "nearDuplicatePairs");
  }

  @Test
  void cardsOfBeforeTheirQualityWasLookedAtStillRead() throws IOException {
    datasets.publish("mushrooms", List.of(notMushroom("c")), Map.of(), NOW);
    Path card = folder.resolve("datasets/mushrooms/versions/1/dataset.json");
    String written = Files.readString(card);
    int quality = written.indexOf(",\n  \"quality\"");
    assertThat(quality).isPositive();
    Files.delete(card);
    store.writeBytes(
        ObjectKey.of("datasets", "mushrooms", "versions", "1", "dataset.json"),
        (written.substring(0, quality) + "\n}").getBytes(StandardCharsets.UTF_8),
        Precondition.absent());

    assertThat(datasets.read("mushrooms", 1).card().quality()).isNull();
  }

  @Test
  void theFilesLookAsTheFormatSays() throws IOException {
    DatasetPhoto photo = notMushroom("c");
    datasets.publish("mushrooms", List.of(photo), Map.of(), NOW);

    assertThat(folder.resolve("datasets/mushrooms/versions/1/manifest.jsonl"))
        .hasContent(
            """
            {"sha256":"%s","label":"not_mushroom","rank":"none","split":"test","group":"g9",\
            "width":275,"height":183,"sizeBytes":1,"source":"https://example.org/c","licence":"CC0"}
            """
                .formatted(photo.sha256()));
    assertThat(folder.resolve("datasets/mushrooms/versions/1/dataset.json"))
        .content(StandardCharsets.UTF_8)
        .startsWith("{\n  \"schemaVersion\" : 1,\n  \"name\" : \"mushrooms\",\n  \"version\" : 1,")
        .contains("\"created\" : \"2026-11-21T10:15:00Z\"")
        .doesNotContain("parent");
  }

  @Test
  void theNextVersionNamesItsParent() throws IOException {
    DatasetPhoto photo = notMushroom("c");
    datasets.publish("mushrooms", List.of(photo), Map.of(), NOW);
    DatasetVersion second = datasets.publish("mushrooms", List.of(photo), Map.of(), NOW);

    assertThat(second.card().version()).isEqualTo(2);
    assertThat(second.card().parent()).isEqualTo(1);
    assertThat(datasets.versions("mushrooms")).containsExactly(1, 2);
  }

  @Test
  void versionsAreSortedAsNumbers() throws IOException {
    DatasetPhoto photo = notMushroom("c");
    for (int i = 0; i < 11; i++) {
      datasets.publish("mushrooms", List.of(photo), Map.of(), NOW);
    }
    assertThat(datasets.versions("mushrooms")).last().isEqualTo(11);
  }

  @Test
  void aVersionWithoutItsCardDoesNotExistAndItsNumberIsNotUsedAgain() throws IOException {
    DatasetPhoto photo = notMushroom("c");
    datasets.publish("mushrooms", List.of(photo), Map.of(), NOW);
    Files.delete(folder.resolve("datasets/mushrooms/versions/1/dataset.json"));

    assertThat(datasets.versions("mushrooms")).isEmpty();
    assertThatThrownBy(() -> datasets.read("mushrooms", 1))
        .isInstanceOf(DatasetRejectedException.class)
        .hasMessageContaining("version 1 of dataset mushrooms");
    DatasetVersion next = datasets.publish("mushrooms", List.of(photo), Map.of(), NOW);
    assertThat(next.card().version()).isEqualTo(2);
    assertThat(next.card().parent()).isNull();
  }

  @Test
  void manyPublishersAtOnceNeverShareANumber() throws Exception {
    DatasetPhoto photo = notMushroom("c");
    int publishers = 8;
    ExecutorService threads = Executors.newFixedThreadPool(publishers);
    try {
      List<Callable<Integer>> tasks = new ArrayList<>();
      for (int i = 0; i < publishers; i++) {
        tasks.add(
            () -> datasets.publish("mushrooms", List.of(photo), Map.of(), NOW).card().version());
      }
      List<Integer> versions = new ArrayList<>();
      for (Future<Integer> version : threads.invokeAll(tasks)) {
        versions.add(version.get());
      }
      assertThat(versions)
          .containsExactlyInAnyOrderElementsOf(
              IntStream.rangeClosed(1, publishers).boxed().toList());
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aManifestThatChangedIsRefused() throws IOException {
    DatasetPhoto photo = notMushroom("c");
    datasets.publish("mushrooms", List.of(photo), Map.of(), NOW);
    ObjectKey manifest = ObjectKey.of("datasets/mushrooms/versions/1/manifest.jsonl");
    String line = new String(store.readBytes(manifest, 10_000), StandardCharsets.UTF_8);
    store.writeBytes(
        manifest, line.replace("CC0", "CC1").getBytes(StandardCharsets.UTF_8), Precondition.none());

    assertThatThrownBy(() -> datasets.read("mushrooms", 1))
        .isInstanceOf(DatasetRejectedException.class)
        .hasMessageContaining("a version never changes");
  }

  @Test
  void aManifestThatIsNoJsonIsRefused() throws IOException {
    datasets.publish("mushrooms", List.of(notMushroom("c")), Map.of(), NOW);
    store.writeBytes(
        ObjectKey.of("datasets/mushrooms/versions/1/manifest.jsonl"),
        "<html>".getBytes(StandardCharsets.UTF_8),
        Precondition.none());

    assertThatThrownBy(() -> datasets.read("mushrooms", 1))
        .isInstanceOf(DatasetRejectedException.class)
        .hasMessageContaining("expected one photo a line");
  }

  @Test
  void aCardOfAnotherSchemaIsRefused() throws IOException {
    datasets.publish("mushrooms", List.of(notMushroom("c")), Map.of(), NOW);
    store.writeBytes(
        ObjectKey.of("datasets/mushrooms/versions/1/dataset.json"),
        "{\"schemaVersion\": 2}".getBytes(StandardCharsets.UTF_8),
        Precondition.none());

    assertThatThrownBy(() -> datasets.read("mushrooms", 1))
        .hasMessageContaining("expected \"schemaVersion\": 1, found 2");
  }

  @Test
  void unknownFieldsAreIgnored() throws IOException {
    datasets.publish("mushrooms", List.of(notMushroom("c")), Map.of(), NOW);
    ObjectKey card = ObjectKey.of("datasets/mushrooms/versions/1/dataset.json");
    String json = new String(store.readBytes(card, 10_000), StandardCharsets.UTF_8);
    store.writeBytes(
        card,
        json.replaceFirst("\\{", "{\"later\": [1],").getBytes(StandardCharsets.UTF_8),
        Precondition.none());

    assertThat(datasets.read("mushrooms", 1).photos()).hasSize(1);
  }

  @Test
  void aPhotoTwiceOrAGroupInTwoSplitsIsNotPublished() throws IOException {
    DatasetPhoto first = stored("a", "amanita_muscaria", Split.TRAIN, "g1");
    DatasetPhoto second = stored("b", "amanita_muscaria", Split.TEST, "g1");

    assertThatThrownBy(() -> datasets.publish("mushrooms", List.of(first, first), Map.of(), NOW))
        .isInstanceOf(DatasetRejectedException.class)
        .hasMessageContaining("every photo once");
    assertThatThrownBy(() -> datasets.publish("mushrooms", List.of(first, second), Map.of(), NOW))
        .isInstanceOf(DatasetRejectedException.class)
        .hasMessageContaining("group g1 in one split");
    assertThatThrownBy(() -> datasets.publish("mushrooms", List.of(), Map.of(), NOW))
        .isInstanceOf(DatasetRejectedException.class);
    assertThat(datasets.versions("mushrooms")).isEmpty();
  }

  @Test
  void aPhotoWhoseImageIsMissingIsNotPublished() {
    DatasetPhoto photo = photo("never stored", "amanita_muscaria", Split.TRAIN, "g1");

    assertThatThrownBy(() -> datasets.publish("mushrooms", List.of(photo), Map.of(), NOW))
        .isInstanceOf(DatasetRejectedException.class)
        .hasMessageContaining("1 missing, the first " + photo.sha256());
  }

  @Test
  void anImageIsStoredOnceUnderItsHash() throws IOException {
    byte[] bytes = bytes("jpeg");
    String sha256 = Sha256.of(bytes);
    assertThat(datasets.hasImage("mushrooms", sha256)).isFalse();

    datasets.putImage("mushrooms", sha256, bytes);
    datasets.putImage("mushrooms", sha256, bytes);

    assertThat(datasets.hasImage("mushrooms", sha256)).isTrue();
    assertThat(datasets.image("mushrooms", sha256)).isEqualTo(bytes);
    assertThat(folder.resolve("datasets/mushrooms/images/" + sha256 + ".jpg")).exists();
  }

  @Test
  void anImageWithAnotherHashIsRefusedBothWays() throws IOException {
    String sha256 = Sha256.of(bytes("jpeg"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> datasets.putImage("mushrooms", sha256, bytes("other")));

    Path image = folder.resolve("datasets/mushrooms/images/" + sha256 + ".jpg");
    Files.createDirectories(image.getParent());
    Files.write(image, bytes("put there by hand"));
    assertThatThrownBy(() -> datasets.image("mushrooms", sha256))
        .isInstanceOf(DatasetRejectedException.class);
  }

  @Test
  void aMissingImageIsNotFound() {
    assertThatThrownBy(() -> datasets.image("mushrooms", "0".repeat(64)))
        .isInstanceOf(ObjectNotFoundException.class);
  }

  @Test
  void namesFromOutsideAreRefused() {
    for (String name :
        List.of("", "..", "../x", "a/b", "Mushrooms", "a..b", "a b", "x".repeat(65))) {
      assertThatThrownBy(() -> datasets.versions(name)).isInstanceOf(InvalidNameException.class);
      assertThatThrownBy(() -> datasets.read(name, 1)).isInstanceOf(InvalidNameException.class);
    }
    for (String sha256 : List.of("", "..", "A".repeat(64), "a".repeat(63), "a".repeat(63) + "/")) {
      assertThatThrownBy(() -> datasets.hasImage("mushrooms", sha256))
          .isInstanceOf(InvalidNameException.class);
    }
  }

  private DatasetPhoto stored(String content, String label, Split split, String group)
      throws IOException {
    DatasetPhoto photo = photo(content, label, split, group);
    datasets.putImage("mushrooms", photo.sha256(), bytes(content));
    return photo;
  }

  private DatasetPhoto notMushroom(String content) throws IOException {
    String sha256 = Sha256.of(bytes(content));
    datasets.putImage("mushrooms", sha256, bytes(content));
    return new DatasetPhoto(
        sha256,
        "not_mushroom",
        LabelRank.NONE,
        null,
        null,
        Split.TEST,
        "g9",
        null,
        275,
        183,
        1,
        "https://example.org/" + content,
        null,
        "CC0",
        null);
  }

  private static DatasetPhoto photo(String content, String label, Split split, String group) {
    return new DatasetPhoto(
        Sha256.of(bytes(content)),
        label,
        LabelRank.SPECIES,
        "Amanita muscaria",
        "amanita",
        split,
        group,
        "B",
        275,
        183,
        1,
        "https://example.org/" + content,
        Sha256.of(bytes("source of " + content)),
        "CC BY-SA 4.0",
        "Jane Doe, \"=cmd\"\nand others");
  }

  private static byte[] bytes(String content) {
    return content.getBytes(StandardCharsets.UTF_8);
  }
}
