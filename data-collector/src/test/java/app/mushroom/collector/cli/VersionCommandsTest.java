package app.mushroom.collector.cli;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.collector.TestPhotos;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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
