package app.mushroom.collector.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mushroom.collector.TestVersions;
import app.mushroom.collector.versions.Export.Form;
import app.mushroom.storage.JsonDocument;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStores;
import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.storage.dataset.DatasetVersion;
import app.mushroom.storage.dataset.Split;
import java.io.Reader;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionsTest {
  private static final String NASTY = "=cmd|'/c calc'!A1, \"Ünï\"\nsecond line";

  @TempDir Path folder;
  private ObjectStore store;
  private DatasetPhoto one;
  private DatasetPhoto two;

  @BeforeEach
  void open() throws Exception {
    store = ObjectStores.open(folder.resolve("store").toString());
    one = TestVersions.photo(store, 1, "amanita_muscaria", Split.TRAIN, NASTY);
    two = TestVersions.photo(store, 2, "boletus_edulis", Split.VAL, null);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void equalVersionsDoNotDiffer() throws Exception {
    DatasetVersion version = TestVersions.publish(store, one, two);
    assertThat(VersionDiff.of(version, version).isEmpty()).isTrue();
  }

  @Test
  void tellsWhatWasAddedRemovedRelabelledAndMoved() throws Exception {
    DatasetPhoto three = TestVersions.photo(store, 3, "boletus_edulis", Split.TRAIN, null);
    DatasetVersion before = TestVersions.publish(store, one, two);
    DatasetPhoto relabelled = TestVersions.photo(store, 2, "amanita_muscaria", Split.TEST, null);
    DatasetVersion after = TestVersions.publish(store, relabelled, three);

    VersionDiff diff = VersionDiff.of(before, after);
    assertThat(diff.added()).containsExactly(three);
    assertThat(diff.removed()).containsExactly(one);
    assertThat(diff.changed())
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.isRelabelled()).isTrue();
              assertThat(change.isMoved()).isTrue();
            });
    assertThat(diff.byLabel()).as("one left, one came to each label").isEmpty();
    assertThat(VersionDiff.of(before, TestVersions.publish(store, one)).byLabel())
        .isEqualTo(Map.of("boletus_edulis", -1));
  }

  @Test
  void verifyFindsTheImagesThatAreMissingOrDamaged() throws Exception {
    DatasetVersion version = TestVersions.publish(store, one, two);
    VersionCheck check = new VersionCheck(new DatasetRepository(store));
    assertThat(check.run(version, done -> {})).isEmpty();

    Files.write(image(one), new byte[] {1, 2, 3});
    Files.delete(image(two));
    assertThat(check.run(version, done -> {}))
        .hasSize(2)
        .anySatisfy(line -> assertThat(line).contains(one.sha256()))
        .anySatisfy(line -> assertThat(line).contains(two.sha256(), "missing"));
  }

  @Test
  void aFolderHoldsEveryPhotoBySplitAndLabelAndAListOfThem() throws Exception {
    Path target = folder.resolve("out");
    export(Form.FOLDER, target);
    assertThat(files(target))
        .containsExactlyInAnyOrder(
            "photos.csv",
            "train/amanita_muscaria/" + one.sha256() + ".jpg",
            "val/boletus_edulis/" + two.sha256() + ".jpg");
    assertThat(target.resolve("val/boletus_edulis/" + two.sha256() + ".jpg"))
        .hasSameBinaryContentAs(image(two));
  }

  @Test
  void aListKeepsCommasQuotesAndLinesAndHoldsNoFormula() throws Exception {
    Path target = folder.resolve("photos.csv");
    export(Form.CSV, target);
    try (Reader reader = Files.newBufferedReader(target)) {
      List<CSVRecord> rows =
          CSVFormat.RFC4180
              .builder()
              .setHeader()
              .setSkipHeaderRecord(true)
              .get()
              .parse(reader)
              .getRecords();
      assertThat(rows).hasSize(2);
      assertThat(rows.get(0).get("attribution")).isEqualTo("'" + NASTY);
      assertThat(rows.get(1).get("attribution")).isEmpty();
      assertThat(rows.get(0).get("licence")).isEqualTo("CC-BY-4.0");
    }
  }

  @Test
  void anImageFolderHasItsOwnNamesAndMetadata() throws Exception {
    Path target = folder.resolve("hub");
    export(Form.IMAGEFOLDER, target);
    assertThat(files(target))
        .containsExactlyInAnyOrder(
            "train/amanita_muscaria/" + one.sha256() + ".jpg",
            "train/metadata.jsonl",
            "validation/boletus_edulis/" + two.sha256() + ".jpg",
            "validation/metadata.jsonl");
    List<String> lines = Files.readAllLines(target.resolve("train/metadata.jsonl"));
    assertThat(lines).hasSize(1);
    Map<?, ?> line = JsonDocument.mapper().readValue(lines.get(0), Map.class);
    assertThat(line.get("attribution")).isEqualTo(NASTY);
    assertThat(target.resolve("train").resolve(String.valueOf(line.get("file_name")))).exists();
  }

  @Test
  void leavesWhatIsThereAloneAndNothingBehindWhenItFails() throws Exception {
    Path target = folder.resolve("out");
    Files.createDirectory(target);
    assertThatThrownBy(() -> export(Form.FOLDER, target))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessageContaining("expected nothing there");
    Files.delete(target);

    DatasetVersion version = TestVersions.publish(store, one, two);
    Files.delete(image(two));
    assertThatThrownBy(
            () ->
                new Export(new DatasetRepository(store))
                    .run(version, Form.FOLDER, target, done -> {}))
        .isInstanceOf(java.io.IOException.class);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(folder.resolve("store"));
    }
  }

  private void export(Form form, Path target) throws Exception {
    DatasetVersion version = TestVersions.publish(store, one, two);
    new Export(new DatasetRepository(store)).run(version, form, target, done -> {});
  }

  private Path image(DatasetPhoto photo) {
    return folder.resolve("store/datasets/mushrooms/images/" + photo.sha256() + ".jpg");
  }

  private static List<String> files(Path root) throws Exception {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString().replace('\\', '/'))
          .toList();
    }
  }
}
