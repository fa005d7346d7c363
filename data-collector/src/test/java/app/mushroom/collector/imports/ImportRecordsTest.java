package app.mushroom.collector.imports;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.collector.TestPhotos;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStores;
import app.mushroom.storage.Sha256;
import app.mushroom.storage.dataset.DatasetRepository;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportRecordsTest {
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
  void remembersWhatIsStored() throws Exception {
    ImportRecord record = stored(1);
    remember(record);

    try (ImportRecords records = new ImportRecords(store, "mushrooms")) {
      assertThat(records.find(record.fileSha256(), "r")).contains(record);
      assertThat(records.find(record.fileSha256(), "another recipe")).isEmpty();
    }
  }

  @Test
  void forgetsPhotosThatAreGone() throws Exception {
    ImportRecord record = stored(1);
    remember(record);
    Files.delete(folder.resolve("datasets/mushrooms/images/" + record.sha256() + ".jpg"));

    try (ImportRecords records = new ImportRecords(store, "mushrooms")) {
      assertThat(records.find(record.fileSha256(), "r")).isEmpty();
    }
  }

  @Test
  void writesPartsOfAHundredLines() throws Exception {
    try (ImportRecords records = new ImportRecords(store, "mushrooms")) {
      for (int i = 0; i < 250; i++) {
        records.add(new ImportRecord(hash("file" + i), "r", hash("stored" + i), 1, 1, 1));
      }
    }

    assertThat(parts()).containsExactly("00000001.jsonl", "00000002.jsonl", "00000003.jsonl");
    assertThat(Files.readAllLines(part("00000003.jsonl"))).hasSize(1 + 50);
  }

  @Test
  void twoImportsAtOnceLoseNothing() throws Exception {
    try (ImportRecords one = new ImportRecords(store, "mushrooms");
        ImportRecords other = new ImportRecords(store, "mushrooms")) {
      one.add(stored(1));
      other.add(stored(2));
    }

    assertThat(parts()).hasSize(2);
  }

  @Test
  void passesOverTornLines() throws Exception {
    ImportRecord record = stored(1);
    remember(record);
    Path part = part("00000007.jsonl");
    Files.writeString(part, "{\"fileSha256\":\"abc\",\"rec\nnot json\n\n");

    try (ImportRecords records = new ImportRecords(store, "mushrooms")) {
      assertThat(records.find(record.fileSha256(), "r")).isPresent();
      records.add(stored(2));
    }
    assertThat(parts()).contains("00000008.jsonl");
  }

  @Test
  void writesNothingForNothing() throws Exception {
    new ImportRecords(store, "mushrooms").close();

    assertThat(folder).isEmptyDirectory();
  }

  private void remember(ImportRecord record) throws Exception {
    try (ImportRecords records = new ImportRecords(store, "mushrooms")) {
      records.add(record);
    }
  }

  private ImportRecord stored(int seed) throws Exception {
    byte[] jpeg = TestPhotos.jpeg(seed, 20, 20);
    String sha256 = Sha256.of(jpeg);
    new DatasetRepository(store).putImage("mushrooms", sha256, jpeg);
    return new ImportRecord(hash("file" + seed), "r", sha256, 20, 20, jpeg.length);
  }

  private Path part(String name) {
    return folder.resolve("datasets/mushrooms/records/import").resolve(name);
  }

  private List<String> parts() throws Exception {
    try (Stream<Path> files = Files.list(folder.resolve("datasets/mushrooms/records/import"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static String hash(String text) {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
