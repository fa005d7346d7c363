package app.mushroom.collector.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import app.mushroom.collector.TestPhotos;
import app.mushroom.collector.dataset.Refusal;
import app.mushroom.storage.dataset.LabelRank;
import app.mushroom.storage.dataset.Split;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.commons.csv.CSVFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvListTest {
  @TempDir Path folder;

  @Test
  void needsNoMoreThanFileAndLabel() throws Exception {
    SourcePhoto photo = read("file,label\na/1.jpg,amanita_muscaria\n").photos().get(0);

    assertThat(photo.file()).isEqualTo("a/1.jpg");
    assertThat(photo.where()).isEqualTo("list.csv line 2 (a/1.jpg)");
    assertThat(photo.licence()).isEqualTo("unknown");
    assertThat(photo.source()).isEqualTo("file://imported/a/1.jpg");
    assertThat(photo.split()).isNull();
    assertThat(photo.group()).isNull();
    assertThat(photo.attribution()).isNull();
  }

  @Test
  void readsEveryColumnUnderEitherName() throws Exception {
    String hash = "AB".repeat(32);
    SourcePhoto photo =
        read("\uFEFFlabel,FILE,level,genus,taxon,split,cluster,tier,source_repo,source_path,source_commit,source_sha256,licence,attribution,unheard_of\r\n"
                + "amanita_muscaria,1.jpg,species,amanita,Amanita muscaria,val,g1,A,o/n,p q/1.jpg,abc,"
                + hash
                + ",CC0,Jane,x\r\n")
            .photos()
            .get(0);

    assertThat(photo.rank()).isEqualTo(LabelRank.SPECIES);
    assertThat(photo.genus()).isEqualTo("amanita");
    assertThat(photo.taxon()).isEqualTo("Amanita muscaria");
    assertThat(photo.split()).isEqualTo(Split.VAL);
    assertThat(photo.group()).isEqualTo("g1");
    assertThat(photo.tier()).isEqualTo("A");
    assertThat(photo.source()).isEqualTo("https://github.com/o/n/blob/abc/p%20q/1.jpg");
    assertThat(photo.sourceSha256()).isEqualTo("ab".repeat(32));
    assertThat(photo.licence()).isEqualTo("CC0");
    assertThat(photo.attribution()).isEqualTo("Jane");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=cmd|' /C calc'!A0",
        "+1+1",
        "@SUM(1)",
        "a, b",
        "said \"hi\"",
        "two\nlines",
        "two\r\nlines",
        "Ünïcödé 毒キノコ 🍄",
        " spaces ",
        "tab\there",
        "<script>alert(1)</script>"
      })
  void keepsTextExactly(String text) throws Exception {
    String row = CSVFormat.RFC4180.format("1.jpg", "amanita_muscaria", text, text, text);

    SourcePhoto photo =
        read("file,label,attribution,licence,source\n" + row + "\n").photos().get(0);

    assertThat(photo.attribution()).isEqualTo(text);
    assertThat(photo.licence()).isEqualTo(text);
    assertThat(photo.source()).isEqualTo(text);
  }

  @Test
  void namesTheLineInWhichARowEnds() throws Exception {
    Offers offers = read("file,label,attribution\n1.jpg,a,\"two\nlines\"\n\n2.jpg,b,\n");

    assertThat(offers.photos())
        .extracting(SourcePhoto::where)
        .containsExactly("list.csv line 3 (1.jpg)", "list.csv line 5 (2.jpg)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ",amanita,train|a file and a label",
        "1.jpg,,train|a file and a label",
        "1.jpg|a file and a label",
        "1.jpg,amanita,valid|train, val or test",
      })
  void refusesRowsThatMakeNoSense(String row, String expected) throws Exception {
    Offers offers = read("file,label,split\n" + row + "\n");

    assertThat(offers.photos()).isEmpty();
    assertThat(offers.refusals()).extracting(Refusal::reason).containsExactly("invalid_row");
    assertThat(offers.refusals().get(0).detail()).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rank", "level", "source_sha256"})
  void refusesCellsThatMakeNoSense(String column) throws Exception {
    Offers offers = read("file,label," + column + "\n1.jpg,amanita,nonsense\n");

    assertThat(offers.refusals()).hasSize(1);
    assertThat(offers.refusals().get(0).detail()).contains("nonsense");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "photo,label|at least file,label",
        "hello world|hello world",
        "file,label,file|file twice",
      })
  void refusesAnotherHeader(String header, String expected) {
    assertThatExceptionOfType(ImportFailedException.class)
        .isThrownBy(() -> read(header + "\n1.jpg,a,b\n"))
        .withMessageContaining(expected)
        .withMessageContaining("list.csv");
  }

  @Test
  void refusesAnEmptyFile() {
    assertThatExceptionOfType(ImportFailedException.class)
        .isThrownBy(() -> read(""))
        .withMessageContaining("empty file");
  }

  @Test
  void refusesWhatIsNotText() {
    assertThatExceptionOfType(ImportFailedException.class)
        .isThrownBy(() -> read(TestPhotos.jpeg(1, 40, 40)))
        .withMessageContaining("list.csv");
  }

  @Test
  void refusesZeroesWithoutReadingThemAll() {
    assertThatExceptionOfType(ImportFailedException.class)
        .isThrownBy(() -> read(new byte[50_000_000]))
        .withMessageContaining("no text");
  }

  @Test
  void refusesOtherEncodings() {
    assertThatExceptionOfType(ImportFailedException.class)
        .isThrownBy(
            () -> read("file,label\nmühle.jpg,amanita\n".getBytes(StandardCharsets.ISO_8859_1)))
        .withMessageContaining("UTF-8");
  }

  @Test
  void refusesAQuoteThatNeverEnds() {
    assertThatExceptionOfType(ImportFailedException.class)
        .isThrownBy(() -> read("file,label\n1.jpg,\"amanita\n2.jpg,amanita\n"))
        .withMessageContaining("list.csv");
  }

  private Offers read(String text) throws Exception {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  private Offers read(byte[] bytes) throws Exception {
    Offers offers = new Offers();
    new CsvList(TestPhotos.write(folder.resolve("list.csv"), bytes)).read(offers);
    return offers;
  }
}
