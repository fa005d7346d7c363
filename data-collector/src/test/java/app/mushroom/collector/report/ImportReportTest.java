package app.mushroom.collector.report;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.collector.TestPhotos;
import app.mushroom.collector.dataset.DatasetAssembly.Earlier;
import app.mushroom.collector.dataset.QualityFindings;
import app.mushroom.collector.dataset.Refusal;
import app.mushroom.collector.dataset.SplitShares;
import app.mushroom.collector.imports.ImportOptions;
import app.mushroom.collector.imports.ImportOutcome;
import app.mushroom.collector.imports.ImportOutcome.Ending;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStores;
import app.mushroom.storage.Sha256;
import app.mushroom.storage.dataset.DatasetCard;
import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.storage.dataset.LabelRank;
import app.mushroom.storage.dataset.Split;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportReportTest {
  private static final String PAYLOAD =
      "\"'><script>alert(1)</script><img src=x onerror=alert(1)>&\u202e";

  @TempDir Path folder;
  private ObjectStore store;

  @BeforeEach
  void open() throws Exception {
    store = ObjectStores.open(folder.resolve("store").toString());
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void liesBesideTheVersionWithPictures() throws Exception {
    Optional<String> where =
        new ImportReport(store, "mushrooms").write(outcome(Ending.PUBLISHED, 5), null);

    assertThat(where).hasValueSatisfying(place -> assertThat(place).endsWith("/2/report.html"));
    String page = Files.readString(Path.of(where.orElseThrow()));
    assertThat(page.split("data:image/jpeg;base64,", -1)).hasSize(4);
    assertThat(page).contains("amanita_muscaria", "5 photos to train on", "default-src 'none'");
  }

  @Test
  void obeysNoTextFromOutside() throws Exception {
    Path file = folder.resolve("report.html");
    new ImportReport(store, "mushrooms").write(outcome(Ending.PUBLISHED, 1), file);

    String page = Files.readString(file);

    assertThat(page).doesNotContain("<script", "<img src=x", "\u202e");
    assertThat(page).contains("&quot;&#39;&gt;&lt;script&gt;alert(1)&lt;/script&gt;");
  }

  @Test
  void needsAPlaceWhenNothingWasPublished() throws Exception {
    assertThat(new ImportReport(store, "mushrooms").write(outcome(Ending.UNCHANGED, 1), null))
        .isEmpty();
  }

  @Test
  void doesWithoutPicturesThatAreNotStored() throws Exception {
    Path file = folder.resolve("report.html");
    ImportOutcome outcome = outcome(Ending.DRY_RUN, 2);
    try (ObjectStore empty = ObjectStores.open(folder.resolve("empty").toString())) {
      new ImportReport(empty, "mushrooms").write(outcome, file);
    }

    assertThat(file).content().contains("amanita_muscaria").doesNotContain("data:image/jpeg");
  }

  @Test
  void summaryIsFitForATerminal() throws Exception {
    ImportOutcome outcome = outcome(Ending.TOO_MANY_REFUSED, 3);
    ImportOptions options =
        new ImportOptions(
            List.of(folder), "mushrooms", SplitShares.USUAL, Earlier.KEPT, false, 0.05, 1, false);

    String summary = ImportSummary.of(outcome, options, "store");

    assertThat(summary)
        .contains("amanita_muscaria", "Refused, truncated: 7", "… and 2 more", "--keep-going")
        .doesNotContain("\u001b", "\u202e");
  }

  private ImportOutcome outcome(Ending ending, int photos) throws Exception {
    DatasetRepository datasets = new DatasetRepository(store);
    List<DatasetPhoto> published = new java.util.ArrayList<>();
    for (int i = 0; i < photos; i++) {
      byte[] jpeg = TestPhotos.jpeg(i, 300, 200);
      String sha256 = Sha256.of(jpeg);
      datasets.putImage("mushrooms", sha256, jpeg);
      published.add(
          new DatasetPhoto(
              sha256,
              "amanita_muscaria",
              LabelRank.SPECIES,
              "Amanita muscaria",
              "amanita",
              Split.TRAIN,
              "g" + i,
              null,
              300,
              200,
              jpeg.length,
              "https://example.org",
              null,
              PAYLOAD,
              PAYLOAD));
    }
    DatasetCard card =
        new DatasetCard(
            1,
            "mushrooms",
            2,
            Instant.EPOCH,
            1,
            "0".repeat(64),
            photos,
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of());
    Refusal refusal = new Refusal("truncated", PAYLOAD + "\u001b[2J", PAYLOAD);
    return new ImportOutcome(
        ending,
        photos + 7,
        published,
        photos,
        0,
        java.util.Collections.nCopies(7, refusal),
        QualityFindings.NONE,
        List.of(PAYLOAD),
        ending == Ending.PUBLISHED || ending == Ending.UNCHANGED ? card : null);
  }
}
