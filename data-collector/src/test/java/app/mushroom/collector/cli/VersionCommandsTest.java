package app.mushroom.collector.cli;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.collector.TestPhotos;
import app.mushroom.collector.records.RecordLog;
import app.mushroom.collector.search.PhotoRecord;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStores;
import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.DatasetRepository;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class VersionCommandsTest {
  @TempDir Path temp;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void importTwice() {
    Path photos = temp.resolve("photos");
    for (int photo = 0; photo < 3; photo++) {
      TestPhotos.write(
          photos.resolve("amanita_muscaria/" + photo + ".jpg"), TestPhotos.jpeg(photo, 40, 30));
    }
    collect("import", photos.toString());
    TestPhotos.write(photos.resolve("boletus_edulis/9.jpg"), TestPhotos.jpeg(9, 40, 30));
    collect("import", photos.toString());
  }

  @Test
  void statsCountTheLatestVersionOrTheOneThatIsNamed() {
    assertThat(collect("stats")).isZero();
    assertThat(out.toString())
        .contains("mushrooms version 2", "made of version 1", "boletus_edulis", "unknown")
        .contains("2 labels");
    assertThat(collect("stats", "1")).isZero();
    assertThat(out.toString()).contains("no version before").doesNotContain("boletus_edulis");
  }

  @Test
  void diffTellsWhatCame() {
    assertThat(collect("diff", "1")).isZero();
    assertThat(out.toString())
        .contains("from version 1 to version 2", "boletus_edulis", "+1")
        .contains("1 photos added, 0 removed, 0 with other words.");
    assertThat(collect("diff", "2", "1")).isZero();
    assertThat(out.toString()).contains("-1", "0 photos added, 1 removed");
  }

  @Test
  void verifyFailsWhereAnImageIsDamaged() throws Exception {
    assertThat(collect("verify")).isZero();
    assertThat(out.toString()).contains("4 of 4 images are as the manifest says");
    try (Stream<Path> images = Files.list(temp.resolve("store/datasets/mushrooms/images"))) {
      Files.write(images.findFirst().orElseThrow(), new byte[] {1});
    }
    assertThat(collect("verify")).isEqualTo(1);
    assertThat(out.toString()).contains("3 of 4 images");
  }

  @Test
  void exportsInEveryFormAndOnlyWhereNothingIs() {
    for (String form : List.of("folder", "csv", "imagefolder")) {
      Path target = temp.resolve(form);
      assertThat(collect("export", "--as", form, target.toString())).as(form).isZero();
      assertThat(target).exists();
      assertThat(collect("export", "--as", form, target.toString())).as(form).isEqualTo(2);
      assertThat(err.toString()).contains("Expected nothing at", "Name another place");
    }
  }

  @Test
  void whatIsExportedCanBeImportedAgain() {
    Path target = temp.resolve("out");
    collect("export", target.toString());
    assertThat(collect("import", target.resolve("photos.csv").toString(), "--dataset", "again"))
        .as(out.toString() + err)
        .isZero();
    assertThat(collect("stats", "--dataset", "again")).isZero();
    assertThat(out.toString()).contains("again version 1", "2 labels");
  }

  @Test
  void namesWhatIsThereWhereAVersionIsNot() {
    assertThat(collect("stats", "7")).isEqualTo(1);
    assertThat(err.toString()).contains("Expected version 7", "[1, 2]");
    assertThat(collect("stats", "--dataset", "other")).isEqualTo(1);
    assertThat(err.toString()).contains("Expected a version of dataset other", "found none");
  }

  @Test
  void freezeSaysThatNothingIsNew() {
    assertThat(collect("freeze")).isZero();
    assertThat(out.toString()).contains("Nothing new: version 2");
    assertThat(collect("freeze", "--dataset", "other")).isEqualTo(1);
    assertThat(err.toString()).contains("mushroom collect search");
    assertThat(collect("freeze", "--splits", "1/2/3")).isEqualTo(2);
  }

  @Test
  void statsTellWhatThePhotosAreWorth() {
    assertThat(collect("stats")).isZero();
    assertThat(out.toString())
        .contains("4 finds; 1 to 3 photos a label", "shorter sides of 30 to 30 pixels")
        .contains(
            "2 labels without a photo in test: amanita_muscaria, boletus_edulis.",
            "4 photos without an author.");
  }

  @Test
  void statsListWhatToLookAtForAScript() throws Exception {
    DatasetPhoto photo;
    try (ObjectStore store = ObjectStores.open(temp.resolve("store").toString());
        RecordLog<PhotoRecord> log =
            new RecordLog<>(
                store, "datasets/mushrooms/records/search/", PhotoRecord.class, 9, record -> {})) {
      photo = new DatasetRepository(store).latest("mushrooms").orElseThrow().photos().get(3);
      log.add(
          new PhotoRecord(
              photo.label(),
              "Boletus edulis",
              "species",
              "a",
              "1",
              "https://a.example/1.jpg",
              null,
              null,
              null,
              "CC0-1.0",
              "cc0",
              null,
              "Boletus edulis",
              Instant.EPOCH,
              new PhotoRecord.Taken(
                  photo.sha256(), photo.sha256(), 40, 30, 9, null, List.of("collage", "drawing")),
              null));
    }

    assertThat(collect("stats", "--review")).isZero();
    assertThat(out.toString().lines())
        .contains(
            String.join("\t", photo.sha256(), "boletus_edulis", "collage,drawing", photo.source()));
  }

  @Test
  void reportIsWrittenWhereThereIsNoneAndNeverReplaced() throws Exception {
    Path beside = temp.resolve("store/datasets/mushrooms/versions/1/report.html");
    assertThat(collect("report", "1")).isEqualTo(2);
    assertThat(err.toString()).contains("has its report already", "-o FILE");

    Files.delete(beside);
    assertThat(collect("report", "1")).isZero();
    assertThat(out.toString()).contains("/versions/1/report.html");
    assertThat(beside).content().contains("mushrooms, version 1", "data:image/jpeg");

    Path elsewhere = temp.resolve("page.html");
    assertThat(collect("report", "-o", elsewhere.toString())).isZero();
    assertThat(elsewhere).content().contains("mushrooms, version 2", "1 photo added");
    assertThat(collect("report", "-o", temp.resolve("no/where.html").toString())).isEqualTo(2);
  }

  @Test
  void freezeReportsOnALatestVersionOnlyIfAsked() {
    assertThat(collect("freeze")).isZero();
    assertThat(out.toString()).doesNotContain("Report:");
    Path page = temp.resolve("page.html");
    assertThat(collect("freeze", "--report", page.toString())).isZero();
    assertThat(page).content().contains("mushrooms, version 2");
    assertThat(collect("freeze", "--dry-run", "--report", page.toString())).isEqualTo(2);
  }

  private int collect(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--store=" + temp.resolve("store"));
    CommandLine command = CollectorApplication.commandLine();
    return command
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }
}
