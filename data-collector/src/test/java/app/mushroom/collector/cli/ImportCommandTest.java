package app.mushroom.collector.cli;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.collector.TestPhotos;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ImportCommandTest {
  @TempDir Path temp;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void importsAndSaysSo() {
    int exit = collect("import", photos(3).toString());

    assertThat(exit).isZero();
    assertThat(out.toString())
        .contains("amanita_muscaria", "3 photos offered: 3 in the dataset", "Published version 1")
        .contains("Report: ");
    assertThat(err.toString()).contains("3 of 3 photos, 0 refused");
    assertThat(temp.resolve("store/datasets/mushrooms/versions/1/report.html")).exists();
  }

  @Test
  void saysThatThereIsNothingNew() {
    Path photos = photos(2);
    collect("import", photos.toString());

    assertThat(collect("import", photos.toString())).isZero();
    assertThat(out.toString()).contains("Nothing new: version 1");
  }

  @Test
  void failsWhenTooMuchIsRefusedUnlessToldOtherwise() {
    Path photos = photos(3);
    TestPhotos.write(photos.resolve("amanita_muscaria/bad.jpg"), "no photo");

    assertThat(collect("import", photos.toString())).isEqualTo(1);
    assertThat(out.toString()).contains("1 of 4 photos were refused", "--keep-going", "bad.jpg");
    assertThat(collect("import", "--keep-going", photos.toString())).isZero();
  }

  @Test
  void strictForgivesNothing() {
    Path photos = photos(30);
    TestPhotos.write(photos.resolve("amanita_muscaria/bad.jpg"), "no photo");

    assertThat(collect("import", "--strict", photos.toString())).isEqualTo(1);
    assertThat(collect("import", photos.toString())).isZero();
  }

  @Test
  void namesTheUnknownLabel() {
    Path photos = temp.resolve("photos");
    TestPhotos.write(photos.resolve("agaricus_imaginarius/1.jpg"), TestPhotos.jpeg(1, 40, 40));

    assertThat(collect("import", photos.toString())).isEqualTo(1);
    assertThat(out.toString())
        .contains("does not know the label agaricus_imaginarius", "--allow-unknown-labels");
    assertThat(collect("import", "--allow-unknown-labels", photos.toString())).isZero();
    assertThat(out.toString()).contains("toxicity is unknown");
  }

  @Test
  void aDryRunWritesNothing() {
    assertThat(collect("import", "--dry-run", photos(2).toString())).isZero();
    assertThat(out.toString()).contains("Dry run");
    assertThat(temp.resolve("store")).doesNotExist();
  }

  @Test
  void writesTheReportWhereAsked() {
    Path report = temp.resolve("here.html");

    assertThat(collect("import", "--report", report.toString(), photos(2).toString())).isZero();
    assertThat(report).content().contains("amanita_muscaria");
  }

  @Test
  void failsInASentence() throws Exception {
    Path list = TestPhotos.write(temp.resolve("list.csv"), "hello\n");

    assertThat(collect("import", list.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("at least file,label", "hello").doesNotContain("\tat ");
    assertThat(collect("import", Files.createDirectories(temp.resolve("empty")).toString()))
        .isEqualTo(1);
    assertThat(err.toString()).contains("one sub-folder per label");
  }

  @Test
  void failsInASentenceWhenTheStoreFails() {
    TestPhotos.write(temp.resolve("store"), "a file where the store should be");

    assertThat(collect("import", photos(1).toString())).isEqualTo(1);
    assertThat(err.toString()).contains("run the command again").doesNotContain("\tat ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "import",
        "import nowhere.csv",
        "import --splits=90/10/10 PHOTOS",
        "import --max-side=4000 PHOTOS",
        "import --max-side=ten PHOTOS",
        "import --threads=0 PHOTOS",
        "import --strict --keep-going PHOTOS",
        "import --dataset=../x PHOTOS",
        "import --report=/nowhere/at/all.html PHOTOS",
        "import --sideways PHOTOS",
        "sell",
        ""
      })
  void tellsWrongUsage(String arguments) {
    String photos = photos(1).toString();
    String[] words = arguments.isEmpty() ? new String[0] : arguments.split(" ");
    for (int i = 0; i < words.length; i++) {
      words[i] = words[i].replace("PHOTOS", photos);
    }

    assertThat(collect(words)).isEqualTo(2);
    assertThat(err.toString()).isNotBlank().doesNotContain("\tat ");
    assertThat(temp.resolve("store/datasets")).doesNotExist();
  }

  @Test
  void helps() {
    assertThat(collect("import", "--help")).isZero();
    assertThat(out.toString()).contains("--keep-going", "mushroom collect import photos.csv");
    assertThat(collect("--help")).isZero();
    assertThat(collect("--version")).isZero();
  }

  private Path photos(int count) {
    Path photos = temp.resolve("photos");
    for (int i = 0; i < count; i++) {
      TestPhotos.write(
          photos.resolve("amanita_muscaria/" + i + ".jpg"), TestPhotos.jpeg(i, 40, 30));
    }
    return photos;
  }

  private int collect(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    if (arguments.length > 0 && arguments[0].equals("import")) {
      all.add(1, "--store=" + temp.resolve("store"));
    }
    CommandLine command = CollectorApplication.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(all.toArray(String[]::new));
  }
}
