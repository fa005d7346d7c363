package app.mushroom.collector.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import app.mushroom.collector.FailingStore;
import app.mushroom.collector.TestPhotos;
import app.mushroom.collector.dataset.DatasetAssembly.Earlier;
import app.mushroom.collector.dataset.Refusal;
import app.mushroom.collector.dataset.SplitShares;
import app.mushroom.collector.imports.ImportOutcome.Ending;
import app.mushroom.collector.photo.PhotoPreparation;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStores;
import app.mushroom.storage.Sha256;
import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.storage.dataset.Split;
import app.mushroom.vision.photo.PhotoDecoder;
import app.mushroom.vision.species.SpeciesCatalogue;
import java.io.BufferedReader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhotoImportTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123Z");

  @TempDir Path temp;
  private Path photos;
  private Path storeFolder;
  private ObjectStore store;

  @BeforeEach
  void open() throws Exception {
    photos = Files.createDirectories(temp.resolve("photos"));
    storeFolder = temp.resolve("store");
    store = ObjectStores.open(storeFolder.toString());
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void makesAVersionFromAList() throws Exception {
    put("1.png", 1);
    put("2.jpg", 2);
    Path list =
        list(
            "file,label,split,group,tier,source,licence,attribution",
            "1.png,amanita_muscaria,test,g,A,https://example.org/1,CC BY 4.0,\"Doe, Jane\"",
            "2.jpg,not_mushroom,,,,,,");

    ImportOutcome outcome = run(list);

    assertThat(outcome.ending()).isEqualTo(Ending.PUBLISHED);
    assertThat(outcome.offered()).isEqualTo(2);
    assertThat(outcome.added()).isEqualTo(2);
    DatasetPhoto first = latest().get(0);
    assertThat(first.label()).isEqualTo("amanita_muscaria");
    assertThat(first.taxon()).isEqualTo("Amanita muscaria");
    assertThat(first.split()).isEqualTo(Split.TEST);
    assertThat(first.group()).isEqualTo("g");
    assertThat(first.tier()).isEqualTo("A");
    assertThat(first.source()).isEqualTo("https://example.org/1");
    assertThat(first.sourceSha256())
        .isEqualTo(Sha256.of(Files.readAllBytes(photos.resolve("1.png"))));
    assertThat(first.licence()).isEqualTo("CC BY 4.0");
    assertThat(first.attribution()).isEqualTo("Doe, Jane");
    assertThat(latest().get(1).taxon()).isNull();
    assertThat(new DatasetRepository(store).latest("mushrooms").orElseThrow().card().created())
        .isEqualTo(Instant.parse("2026-11-21T12:00:00Z"));
    for (DatasetPhoto photo : latest()) {
      byte[] jpeg = new DatasetRepository(store).image("mushrooms", photo.sha256());
      assertThat(jpeg).hasSize((int) photo.sizeBytes());
    }
  }

  @Test
  void makesAVersionFromFolders() throws Exception {
    put("train/amanita_muscaria/1.jpg", 1);
    put("val/amanita_muscaria/2.jpg", 2);
    put("test/not_mushroom/3.jpg", 3);

    run(photos);

    assertThat(latest())
        .extracting(DatasetPhoto::split)
        .containsExactlyInAnyOrder(Split.TRAIN, Split.VAL, Split.TEST);
  }

  @Test
  void theSameAgainMakesNoVersion() throws Exception {
    Path list = tenPhotos();
    run(list);
    Set<Path> before = files(storeFolder.resolve("datasets"));

    ImportOutcome again = run(list);

    assertThat(again.ending()).isEqualTo(Ending.UNCHANGED);
    assertThat(again.added()).isZero();
    assertThat(files(storeFolder.resolve("datasets"))).isEqualTo(before);
    assertThat(new DatasetRepository(store).versions("mushrooms")).containsExactly(1);
  }

  @Test
  void copiesThatWereEncodedAnewAreInOneSplit() throws Exception {
    for (int i = 0; i < 12; i++) {
      put("amanita_muscaria/" + i + ".png", i);
      put("amanita_muscaria/copy" + i + ".jpg", i);
    }

    ImportOutcome outcome = run(photos);

    assertThat(latest()).hasSize(24);
    assertThat(outcome.findings().nearDuplicates()).hasSizeGreaterThanOrEqualTo(12);
    assertThat(latest().stream().collect(Collectors.groupingBy(DatasetPhoto::group)).values())
        .allSatisfy(
            copies -> {
              assertThat(copies).hasSizeGreaterThanOrEqualTo(2);
              assertThat(copies.stream().map(DatasetPhoto::split).distinct()).hasSize(1);
            });
    assertThat(latest().stream().map(DatasetPhoto::split).distinct()).hasSize(3);
  }

  @Test
  void copiesUnderTwoLabelsAreRefusedUnderBoth() throws Exception {
    put("amanita_muscaria/1.png", 1);
    put("amanita_phalloides/copy.jpg", 1);
    put("amanita_phalloides/2.jpg", 2);

    ImportOutcome outcome = run(photos, 1);

    assertThat(latest()).hasSize(1);
    assertThat(outcome.refusals())
        .hasSize(2)
        .allSatisfy(
            refusal -> {
              assertThat(refusal.reason()).isEqualTo("conflicting_labels");
              assertThat(refusal.detail()).contains("1.png", "copy.jpg");
            });
  }

  @Test
  void newPhotosComeOnTopAndNoPhotoMoves() throws Exception {
    run(tenPhotos());
    Map<String, Split> splits = splits();
    for (int i = 10; i < 40; i++) {
      put("more/amanita_muscaria/" + i + ".png", i);
    }

    ImportOutcome outcome = run(photos.resolve("more"));

    assertThat(outcome.photos()).hasSize(40);
    assertThat(outcome.added()).isEqualTo(30);
    assertThat(splits()).containsAllEntriesOf(splits);
    assertThat(splits().values().stream().filter(Split.TEST::equals)).hasSize(4);
    assertThat(new DatasetRepository(store).read("mushrooms", 2).card().parent()).isEqualTo(1);
  }

  @Test
  void goesOnAfterTheStoreFailed() throws Exception {
    Path list = tenPhotos();
    FailingStore full = new FailingStore(store, 4);
    assertThatIOException()
        .isThrownBy(() -> importer(full).run(options(list), ImportProgress.SILENT))
        .withMessageContaining("disk full");
    assertThat(new DatasetRepository(store).versions("mushrooms")).isEmpty();

    FailingStore healed = new FailingStore(store, Integer.MAX_VALUE);
    ImportOutcome outcome = importer(healed).run(options(list), ImportProgress.SILENT);

    assertThat(outcome.ending()).isEqualTo(Ending.PUBLISHED);
    assertThat(latest()).hasSize(10);
    assertThat(files(storeFolder.resolve("datasets/mushrooms/images"))).hasSize(10);
  }

  @Test
  void everyPointOfFailureLeavesAStoreToGoOnFrom() throws Exception {
    Path list = tenPhotos();
    List<DatasetPhoto> expected;
    try (ObjectStore clean = ObjectStores.open(temp.resolve("clean").toString())) {
      expected = importer(clean).run(options(list), ImportProgress.SILENT).photos();
    }
    for (int writes = 0; writes < 13; writes++) {
      Path folder = temp.resolve("store" + writes);
      try (ObjectStore plain = ObjectStores.open(folder.toString())) {
        FailingStore failing = new FailingStore(plain, writes);
        assertThatIOException()
            .as("after %d writes", writes)
            .isThrownBy(() -> importer(failing).run(options(list), ImportProgress.SILENT));
        assertThat(new DatasetRepository(plain).versions("mushrooms")).isEmpty();

        assertThat(importer(plain).run(options(list), ImportProgress.SILENT).photos())
            .isEqualTo(expected);
        assertThat(files(folder.resolve("datasets/mushrooms/images"))).hasSize(10);
      }
    }
  }

  @Test
  void stopsOnRequestAndGoesOnWithoutEncodingAgain() throws Exception {
    Path list = photos(40);
    PhotoImport first = importer(store);
    ImportOutcome stopped =
        first.run(
            options(list),
            (done, of, refused) -> {
              if (done == 3) {
                first.stop();
              }
            });
    assertThat(stopped.ending()).isEqualTo(Ending.STOPPED);
    assertThat(stopped.card()).isNull();
    int stored = files(storeFolder.resolve("datasets/mushrooms/images")).size();
    assertThat(stored).isBetween(3, 30);

    FailingStore second = new FailingStore(store, Integer.MAX_VALUE);
    ImportOutcome outcome = importer(second).run(options(list), ImportProgress.SILENT);

    assertThat(outcome.ending()).isEqualTo(Ending.PUBLISHED);
    assertThat(latest()).hasSize(40);
    assertThat(second.written().stream().filter(key -> key.contains("/images/")))
        .hasSize(40 - stored);
  }

  @Test
  void saysWhenAnotherImportPublishedMeanwhile() throws Exception {
    Path list = tenPhotos();
    put("other/boletus_edulis/1.png", 77);
    ImportOutcome outcome =
        importer(store)
            .run(
                options(list),
                (done, of, refused) -> {
                  if (done == 5) {
                    runUnchecked(photos.resolve("other"));
                  }
                });

    assertThat(outcome.card().version()).isEqualTo(2);
    assertThat(outcome.notes())
        .anySatisfy(note -> assertThat(note).contains("Another import published version 1"));

    assertThat(run(list).ending()).isEqualTo(Ending.UNCHANGED);
    assertThat(run(photos.resolve("other")).photos()).hasSize(11);
  }

  @Test
  void aDryRunWritesNothing() throws Exception {
    ImportOutcome outcome =
        importer(store)
            .run(
                new ImportOptions(
                    List.of(tenPhotos()),
                    "mushrooms",
                    SplitShares.USUAL,
                    Earlier.KEPT,
                    false,
                    0,
                    2,
                    true),
                ImportProgress.SILENT);

    assertThat(outcome.ending()).isEqualTo(Ending.DRY_RUN);
    assertThat(outcome.photos()).hasSize(10);
    assertThat(storeFolder).doesNotExist();
  }

  @Test
  void countsAndNamesWhatIsRefused() throws Exception {
    put("1.png", 1);
    put("big.png", 1);
    TestPhotos.write(photos.resolve("text.jpg"), "hello, I am a text and no photo at all");
    TestPhotos.write(photos.resolve("empty.jpg"), "");
    byte[] half = TestPhotos.jpeg(3, 200, 200);
    TestPhotos.write(photos.resolve("half.jpg"), java.util.Arrays.copyOf(half, half.length / 2));
    TestPhotos.write(photos.resolve("long.jpg"), new byte[(int) PhotoDecoder.MAX_BYTES + 1]);
    Path list =
        list(
            "file,label",
            "1.png,amanita_muscaria",
            "missing.jpg,amanita_muscaria",
            "text.jpg,amanita_muscaria",
            "empty.jpg,amanita_muscaria",
            "half.jpg,amanita_muscaria",
            "long.jpg,amanita_muscaria",
            ".,amanita_muscaria",
            "1.png,agaricus_imaginarius",
            "1.png,Bad Name");

    ImportOutcome outcome = run(list, 1);

    assertThat(outcome.ending()).isEqualTo(Ending.PUBLISHED);
    assertThat(outcome.refused())
        .containsEntry("missing_file", 2)
        .containsEntry("not_an_image", 1)
        .containsEntry("empty", 1)
        .containsEntry("truncated", 1)
        .containsEntry("too_large", 1)
        .containsEntry("unknown_label", 1)
        .containsEntry("invalid_label", 1);
    assertThat(outcome.refusals())
        .extracting(Refusal::where)
        .contains("list.csv line 3 (missing.jpg)");
    assertThat(new DatasetRepository(store).latest("mushrooms").orElseThrow().card().refused())
        .isEqualTo(outcome.refused());
  }

  @Test
  void publishesNothingWhenMoreIsRefusedThanMayBe() throws Exception {
    tenPhotos();
    Path list = list("file,label", "0.png,amanita_muscaria", "nowhere.png,amanita_muscaria");

    assertThat(run(list, 0.49).ending()).isEqualTo(Ending.TOO_MANY_REFUSED);
    assertThat(new DatasetRepository(store).versions("mushrooms")).isEmpty();
    assertThat(run(list, 0.5).ending()).isEqualTo(Ending.PUBLISHED);
  }

  @Test
  void publishesNothingWhenNothingIsLeft() throws Exception {
    Path list = list("file,label", "nowhere.png,amanita_muscaria");

    assertThat(run(list, 1).ending()).isEqualTo(Ending.TOO_MANY_REFUSED);
  }

  @Test
  void thePhotoUnderTwoLabelsIsRefused() throws Exception {
    tenPhotos();
    Path list =
        list(
            "file,label",
            "0.png,amanita_muscaria",
            "0.png,amanita_phalloides",
            "1.png,amanita_muscaria");

    ImportOutcome outcome = run(list, 1);

    assertThat(outcome.refused()).containsExactly(Map.entry("conflicting_labels", 2));
    assertThat(latest()).hasSize(1);
  }

  @Test
  void duplicatesCollapse() throws Exception {
    put("a.png", 1);
    put("b.png", 1);

    ImportOutcome outcome =
        run(list("file,label", "a.png,amanita_muscaria", "b.png,amanita_muscaria"));

    assertThat(outcome.duplicates()).isEqualTo(1);
    assertThat(outcome.photos()).hasSize(1);
  }

  @Test
  void aStraddlingGroupFailsTheImport() throws Exception {
    tenPhotos();
    Path list =
        list(
            "file,label,split,group",
            "0.png,amanita_muscaria,train,find7",
            "1.png,amanita_muscaria,test,find7");

    assertThatExceptionOfType(ImportFailedException.class)
        .isThrownBy(() -> run(list))
        .withMessageContaining("find7: train by list.csv line 2 (0.png), test by list.csv line 3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../secret.png",
        "a/../../secret.png",
        "./../secret.png",
        "link.png",
        "linked/secret.png",
        "//etc/hostname",
        "/etc/hostname",
        "..%2fsecret.png",
        "..\\secret.png",
        "a\u0000.png"
      })
  void readsNothingOutsideTheFolderOfTheList(String file) throws Exception {
    Path secrets = Files.createDirectories(temp.resolve("elsewhere"));
    TestPhotos.write(temp.resolve("secret.png"), TestPhotos.png(1, 40, 40));
    TestPhotos.write(secrets.resolve("secret.png"), TestPhotos.png(2, 40, 40));
    Files.createSymbolicLink(photos.resolve("link.png"), temp.resolve("secret.png"));
    Files.createSymbolicLink(photos.resolve("linked"), secrets);
    Path list =
        TestPhotos.write(
            photos.resolve("list.csv"),
            "file,label\n"
                + "\n".repeat(5000) // beyond what is looked at to tell that this is text
                + CSVFormat.RFC4180.format(file, "amanita_muscaria")
                + "\n");

    ImportOutcome outcome = run(list, 1);

    assertThat(outcome.photos()).isEmpty();
    assertThat(outcome.refused().keySet()).isSubsetOf("outside_folder", "missing_file");
    assertThat(storeFolder).doesNotExist();
  }

  @Test
  void textsRoundTripExactly() throws Exception {
    put("Ä, \"b\"\n=c.png", 1);
    String nasty = "=cmd|' /C calc'!A0, \"q\"\r\n毒 🍄 \u2028 </script>";
    Path list =
        TestPhotos.write(
            photos.resolve("list.csv"),
            "file,label,group,tier,source,licence,attribution\n"
                + CSVFormat.RFC4180.format(
                    "Ä, \"b\"\n=c.png", "amanita_muscaria", nasty, nasty, nasty, nasty, nasty)
                + "\n");

    run(list);

    DatasetPhoto photo = latest().get(0);
    assertThat(
            List.of(
                photo.group(), photo.tier(), photo.source(), photo.licence(), photo.attribution()))
        .containsOnly(nasty);
  }

  @Test
  void saysWhatIsMissing() {
    assertThatExceptionOfType(ImportFailedException.class)
        .isThrownBy(() -> run(temp.resolve("nowhere.csv")))
        .withMessageContaining("nowhere.csv");
    assertThatExceptionOfType(ImportFailedException.class)
        .isThrownBy(() -> run(list("file,label")))
        .withMessageContaining("without a single row");
  }

  @Test
  void refusesDatasetsWithoutAName() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(
            () ->
                importer(store)
                    .run(
                        new ImportOptions(
                            List.of(photos),
                            "../x",
                            SplitShares.USUAL,
                            Earlier.KEPT,
                            false,
                            0,
                            1,
                            false),
                        ImportProgress.SILENT))
        .withMessageContaining("dataset");
  }

  @Test
  void nothingHostileReachesADataset() throws Exception {
    Path corpus = TestPhotos.corpus();
    Set<String> mayNot = new HashSet<>();
    Set<String> must = new HashSet<>();
    StringBuilder rows = new StringBuilder("file,label,group\n");
    try (CSVParser manifest =
        CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .get()
            .parse(
                new BufferedReader(
                    new StringReader(Files.readString(corpus.resolve("manifest.csv")))))) {
      for (CSVRecord row : manifest) {
        rows.append(CSVFormat.RFC4180.format(row.get("file"), "amanita_muscaria", "corpus"))
            .append('\n');
        if (row.get("expected").equals("reject-4xx")) {
          mayNot.add(row.get("sha256"));
        } else if (row.get("expected").equals("accept")) {
          must.add(row.get("sha256"));
        }
      }
    }
    Path copy = temp.resolve("corpus");
    try (Stream<Path> files = Files.walk(corpus)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = copy.resolve(corpus.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
    TestPhotos.write(copy.resolve("list.csv"), rows.toString());

    ImportOutcome outcome = run(copy.resolve("list.csv"), 1);

    Set<String> taken =
        latest().stream().map(DatasetPhoto::sourceSha256).collect(Collectors.toSet());
    assertThat(taken).doesNotContainAnyElementsOf(mayNot);
    assertThat(mayNot).hasSizeGreaterThan(50);
    assertThat(taken.size() + outcome.duplicates()).isGreaterThanOrEqualTo(must.size());
    assertThat(outcome.refusals().size() + outcome.duplicates() + taken.size())
        .isEqualTo(outcome.offered());
  }

  @Test
  void failsClearlyWhereItMayNotWrite() throws Exception {
    Path list = tenPhotos();
    Files.createDirectories(storeFolder);
    Assumptions.assumeTrue(
        storeFolder.toFile().setWritable(false) && !Files.isWritable(storeFolder),
        "this user may write everywhere");

    assertThatIOException().isThrownBy(() -> run(list)).withMessageContaining("store");
  }

  @Test
  void failsClearlyWhereTheStoreIsAFile() throws Exception {
    TestPhotos.write(storeFolder, "a file");

    assertThatIOException().isThrownBy(() -> run(tenPhotos())).withMessageContaining("store");
  }

  private Path tenPhotos() {
    return photos(10);
  }

  private Path photos(int count) {
    StringBuilder rows = new StringBuilder("file,label\n");
    for (int i = 0; i < count; i++) {
      put(i + ".png", i);
      rows.append(i).append(".png,amanita_muscaria\n");
    }
    return TestPhotos.write(photos.resolve("photos.csv"), rows.toString());
  }

  private void put(String file, int seed) {
    TestPhotos.write(
        photos.resolve(file),
        file.endsWith(".png") ? TestPhotos.png(seed, 48, 32) : TestPhotos.jpeg(seed, 48, 32));
  }

  private Path list(String... lines) {
    return TestPhotos.write(photos.resolve("list.csv"), String.join("\n", lines) + "\n");
  }

  private ImportOutcome run(Path input) throws Exception {
    return run(input, 0);
  }

  private ImportOutcome run(Path input, double mayRefuse) throws Exception {
    return importer(store).run(options(input, mayRefuse), ImportProgress.SILENT);
  }

  private void runUnchecked(Path input) {
    try {
      run(input);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static ImportOptions options(Path input) {
    return options(input, 0);
  }

  private static ImportOptions options(Path input, double mayRefuse) {
    return new ImportOptions(
        List.of(input), "mushrooms", SplitShares.USUAL, Earlier.KEPT, false, mayRefuse, 2, false);
  }

  private static PhotoImport importer(ObjectStore store) {
    return new PhotoImport(
        store,
        SpeciesCatalogue.load(),
        new PhotoPreparation(new PhotoDecoder(), 1024),
        Clock.fixed(NOON, ZoneOffset.UTC));
  }

  private List<DatasetPhoto> latest() throws Exception {
    return new DatasetRepository(store).latest("mushrooms").orElseThrow().photos();
  }

  private Map<String, Split> splits() throws Exception {
    return latest().stream().collect(Collectors.toMap(DatasetPhoto::sha256, DatasetPhoto::split));
  }

  private static Set<Path> files(Path folder) throws Exception {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).collect(Collectors.toSet());
    }
  }
}
