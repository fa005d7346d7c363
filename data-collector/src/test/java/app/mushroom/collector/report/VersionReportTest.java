package app.mushroom.collector.report;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.collector.TestPhotos;
import app.mushroom.collector.dataset.LikePair;
import app.mushroom.collector.dataset.QualityFindings;
import app.mushroom.collector.dataset.QualityFindings.Conflicting;
import app.mushroom.collector.dataset.Refusal;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStores;
import app.mushroom.storage.Sha256;
import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.storage.dataset.DatasetVersion;
import app.mushroom.storage.dataset.LabelRank;
import app.mushroom.storage.dataset.Split;
import app.mushroom.vision.species.SpeciesCatalogue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionReportTest {
  private static final String PAYLOAD =
      "\"'><script>alert(1)</script><img src=x onerror=alert(1)>{{title}}&\u202e";

  private static final QualityFindings NONE = QualityFindings.NONE;

  @TempDir Path folder;
  private ObjectStore store;
  private VersionReport report;

  @BeforeEach
  void open() throws Exception {
    store = ObjectStores.open(folder.resolve("store").toString());
    report = new VersionReport(store, SpeciesCatalogue.load());
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void liesBesideTheVersionAndShowsItsPhotos() throws Exception {
    DatasetVersion version = publish(photo(1, "amanita_muscaria", Split.TRAIN));

    String where = write(version, NONE, List.of());

    assertThat(where).endsWith("/versions/1/report.html");
    assertThat(report.find("mushrooms", 1)).contains(where);
    Document page = parsed(where);
    assertThat(page.title()).isEqualTo("mushrooms, version 1");
    assertThat(page.text())
        .contains("1 photo of 1 label: 1 to train on", "This is the first version", "CC-BY-4.0")
        .contains("No photos of this version were found to look alike", "every photo could stay");
    assertThat(page.select(".sheet img")).hasSize(1);
  }

  @Test
  void theNextVersionTellsWhatIsNew() throws Exception {
    DatasetPhoto first = photo(1, "amanita_muscaria", Split.TRAIN);
    DatasetPhoto gone = photo(2, "lactarius_deliciosus", Split.TRAIN);
    publish(first, gone);
    DatasetVersion second =
        publish(
            first,
            photo(3, "amanita_muscaria", Split.TEST),
            photo(4, "boletus_edulis", Split.TRAIN));

    Document page = parsed(write(second, NONE, List.of()));

    assertThat(page.select("#new").text())
        .contains("Since version 1: 2 photos added, 1 removed.")
        .contains("A new label: boletus_edulis.")
        .contains("Labels without a photo now: lactarius_deliciosus.");
    assertThat(page.select("#new img")).hasSize(2);
  }

  @Test
  void countsEveryLabelInATableTheLargestFirst() throws Exception {
    Document page =
        parsed(
            write(
                publish(
                    photo(1, "amanita_muscaria", Split.TRAIN),
                    photo(2, "boletus_edulis", Split.TRAIN),
                    photo(3, "boletus_edulis", Split.VAL),
                    photo(4, "agaricus_imaginarius", Split.TEST)),
                NONE,
                List.of()));

    assertThat(page.select(".balance tbody tr").eachText())
        .containsExactly(
            "boletus_edulis not known to be poisonous 2 1 1 0",
            "agaricus_imaginarius not in the species catalogue 1 0 0 1",
            "amanita_muscaria poisonous; few photos 1 1 0 0");
    assertThat(page.select(".caution").text()).contains("No photo in test", "amanita_muscaria");
  }

  @Test
  void putsPhotosThatLookAlikeSideBySideThoseAcrossSplitsFirst() throws Exception {
    DatasetPhoto one = photo(1, "amanita_muscaria", Split.TRAIN);
    DatasetPhoto other = photo(2, "amanita_muscaria", Split.TRAIN);
    DatasetPhoto across = photo(3, "amanita", Split.TEST);
    QualityFindings findings =
        new QualityFindings(
            List.of(
                new LikePair(one.sha256(), other.sha256(), 0, false),
                new LikePair(one.sha256(), across.sha256(), 9, true)),
            List.of(),
            Map.of(other.sha256(), List.of("drawing")));

    Document page = parsed(write(publish(one, other, across), findings, List.of()));

    assertThat(page.select("#alike .pair > p").eachText())
        .containsExactly(
            "9 of 64 bits differ, one being mirrored. In different splits. Under different labels.",
            "No difference between their hashes.");
    assertThat(page.select("#alike img")).hasSize(4);
    assertThat(page.select(".caution").text()).contains("1 pair that look alike lie in different");
    assertThat(page.select("#review figcaption").text()).startsWith("drawing amanita_muscaria");
  }

  @Test
  void namesBothLabelsAndBothSourcesOfAConflict() throws Exception {
    byte[] left = TestPhotos.jpeg(7, 300, 200);
    String leftOut = Sha256.of(left);
    new DatasetRepository(store).putImage("mushrooms", leftOut, left);
    DatasetPhoto stays = photo(1, "amanita_muscaria", Split.TRAIN);
    QualityFindings findings =
        new QualityFindings(
            List.of(),
            List.of(
                new Conflicting(
                    new LikePair(leftOut, stays.sha256(), 4, false),
                    "boletus_edulis",
                    "gbif 12 (https://example.org/12)",
                    "amanita_muscaria",
                    "version 1 (https://example.org/1)"),
                new Conflicting(
                    new LikePair(stays.sha256(), leftOut, 4, false),
                    "amanita_muscaria",
                    "version 1 (https://example.org/1)",
                    "boletus_edulis",
                    "gbif 12 (https://example.org/12)"),
                new Conflicting(
                    new LikePair(leftOut, leftOut, 0, false),
                    "boletus_edulis",
                    "gbif 12 (https://example.org/12)",
                    "boletus",
                    "commons 5")),
            Map.of());

    Document page = parsed(write(publish(stays), findings, List.of()));

    assertThat(page.select("#conflicts .pair").eachText())
        .containsExactly(
            "boletus_edulis gbif 12 (https://example.org/12) boletus commons 5 The very same photo.",
            "boletus_edulis gbif 12 (https://example.org/12)"
                + " amanita_muscaria version 1 (https://example.org/1) CC-BY-4.0, Jane Doe"
                + " 4 of 64 bits differ.");
    assertThat(page.select("#conflicts img")).hasSize(3);
  }

  @Test
  void listsWhatWasLeftOutByReasonAndNotWithoutEnd() throws Exception {
    List<Refusal> refusals = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      refusals.add(new Refusal("too_small", "gbif " + i, "Expected 200 pixels."));
    }
    refusals.add(new Refusal("blank", "gbif x", "Nothing to see."));

    Document page =
        parsed(write(publish(photo(1, "amanita_muscaria", Split.TRAIN)), NONE, refusals));

    assertThat(page.select("#left-out tbody tr").eachText())
        .containsExactly("too_small 500", "blank 1");
    assertThat(page.select("#left-out dt")).hasSize(101);
    assertThat(page.select("#left-out").text()).contains("Not listed here: 400", "Nothing to see");
  }

  @Test
  void fallsBackOnTheCountsOfTheCard() throws Exception {
    DatasetVersion version =
        new DatasetRepository(store)
            .publish(
                "mushrooms",
                List.of(photo(1, "amanita_muscaria", Split.TRAIN)),
                Map.of("blank", 3),
                Instant.EPOCH);

    assertThat(parsed(write(version, NONE, List.of())).select("#left-out").text())
        .contains("blank 3", "not known any more");
  }

  @Test
  void obeysNoTextFromOutsideAnywhere() throws Exception {
    DatasetPhoto plain = photo(1, "amanita_muscaria", Split.TRAIN);
    DatasetPhoto hostile = hostile(2);
    DatasetPhoto later = hostile(3);
    publish(plain);
    QualityFindings findings =
        new QualityFindings(
            List.of(new LikePair(plain.sha256(), hostile.sha256(), 1, false)),
            List.of(
                new Conflicting(
                    new LikePair(hostile.sha256(), "f".repeat(64), 1, false),
                    PAYLOAD,
                    PAYLOAD,
                    PAYLOAD,
                    PAYLOAD)),
            Map.of(later.sha256(), List.of(PAYLOAD)));
    String where =
        report.write(
            publish(plain, hostile, later),
            findings,
            List.of(new Refusal(PAYLOAD, PAYLOAD, PAYLOAD)),
            List.of(PAYLOAD),
            null);

    String html = Files.readString(Path.of(where));
    Document page = parsed(where);

    assertThat(html)
        .doesNotContain("<script", "<img src=x", "onerror=alert(1)>{{", "\u202e")
        .contains("&quot;&#39;&gt;&lt;script&gt;alert(1)&lt;/script&gt;");
    // Every place that shows text from outside showed it, as text.
    for (String place :
        List.of(
            "#new li",
            "#alike",
            "#conflicts",
            "#review",
            ".sheet li",
            "#left-out dt",
            "#left-out dd",
            "#left-out th",
            "#licences th")) {
      assertThat(page.select(place).text()).as(place).contains("<script>alert(1)</script>");
    }
    assertThat(page.select("script, iframe, object, link, form, [href^=http]")).isEmpty();
    for (Element element : page.getAllElements()) {
      assertThat(element.attributes().asList())
          .as(element.tagName())
          .allSatisfy(attribute -> assertThat(attribute.getKey()).doesNotStartWith("on"));
    }
  }

  @Test
  void isCompleteInItselfWithHeadingsInOrderAndTablesThatAreRead() throws Exception {
    DatasetPhoto one = photo(1, "amanita_muscaria", Split.TRAIN);
    DatasetPhoto other = photo(2, "boletus_edulis", Split.TEST);
    QualityFindings findings =
        new QualityFindings(
            List.of(new LikePair(one.sha256(), other.sha256(), 3, false)),
            List.of(),
            Map.of(one.sha256(), List.of("collage")));
    Document page =
        parsed(
            write(
                publish(one, other),
                findings,
                List.of(new Refusal("blank", "somewhere", "Nothing to see."))));

    assertThat(page.select("meta[http-equiv]").attr("content"))
        .startsWith("default-src 'none'; img-src data:; style-src 'unsafe-inline'");
    assertThat(page.select("img")).isNotEmpty();
    assertThat(page.select("img").eachAttr("src")).allMatch(src -> src.startsWith("data:image/"));
    assertThat(page.select("img").eachAttr("alt")).hasSize(page.select("img").size());
    assertThat(page.select("a").eachAttr("href"))
        .allSatisfy(link -> assertThat(page.select(link)).hasSize(1));
    assertThat(page.select("th:not([scope])")).isEmpty();
    assertThat(page.select("table:not(:has(caption))")).isEmpty();
    int level = 0;
    for (Element heading : page.select("h1, h2, h3, h4")) {
      int now = heading.tagName().charAt(1) - '0';
      assertThat(now).as(heading.text()).isLessThanOrEqualTo(level + 1);
      level = now;
    }
  }

  @Test
  void staysLightHoweverManyLabelsThereAre() throws Exception {
    List<DatasetPhoto> photos = new ArrayList<>();
    byte[] jpeg = TestPhotos.jpeg(1, 300, 200);
    // All but one picture are not stored: thousands would take long.
    for (int label = 0; label < 300; label++) {
      for (int i = 0; i < 8; i++) {
        photos.add(
            described(
                Sha256.of((label + "." + i).getBytes(StandardCharsets.UTF_8)), "label_" + label));
      }
    }
    DatasetRepository datasets = new DatasetRepository(store);
    String stored = Sha256.of(jpeg);
    datasets.putImage("mushrooms", stored, jpeg);
    photos.add(described(stored, "label_300"));
    Path file = folder.resolve("draft.html");

    report.writeDraft("mushrooms", photos, NONE, List.of(), List.of(), file);

    Document page = Jsoup.parse(Files.readString(file));
    assertThat(page.select(".sheet")).hasSize(301);
    // Pictures have a limit of their own; this is everything else.
    assertThat(Files.size(file)).isLessThan(301 * 3000);
    assertThat(page.select(".wishes li").size()).isLessThanOrEqualTo(24);
  }

  @Test
  void leavesOutPicturesThatItHasNoRoomForAndSaysHowMany() throws Exception {
    List<DatasetPhoto> photos = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      photos.add(photo(i, "amanita_muscaria", Split.TRAIN));
    }
    Pictures pictures = new Pictures(new DatasetRepository(store), "mushrooms", 1);
    LabelBalance balance = LabelBalance.of(photos, SpeciesCatalogue.load(), 50);

    ContactSheets sheets = ContactSheets.of(photos, balance, pictures);

    assertThat(sheets.sheets().get(0).pictures()).hasSize(1);
    assertThat(sheets.leftOut()).contains("0 labels", "5 pictures");
  }

  @Test
  void saysWhereAStoredPhotoIsDamaged() throws Exception {
    DatasetPhoto photo = photo(1, "amanita_muscaria", Split.TRAIN);
    DatasetVersion version = publish(photo);
    Path image = folder.resolve("store/datasets/mushrooms/images/" + photo.sha256() + ".jpg");
    byte[] bytes = Files.readAllBytes(image);
    bytes[bytes.length / 2] ^= 1;
    Files.write(image, bytes);

    assertThat(parsed(write(version, NONE, List.of())).select(".caution").text())
        .contains("Stored photos are damaged: " + photo.sha256());
  }

  @Test
  void aDraftDoesWithoutPicturesThatAreNotStored() throws Exception {
    DatasetPhoto photo = photo(1, "amanita_muscaria", Split.TRAIN);
    Path file = folder.resolve("draft.html");
    try (ObjectStore empty = ObjectStores.open(folder.resolve("empty").toString())) {
      new VersionReport(empty, SpeciesCatalogue.load())
          .writeDraft("mushrooms", List.of(photo), NONE, List.of(), List.of(), file);
    }

    assertThat(file)
        .content()
        .contains("No version was made of these photos", "amanita_muscaria")
        .doesNotContain("data:image/jpeg");
  }

  @Test
  void aDraftWithoutASinglePhotoIsAPageToo() throws Exception {
    Path file = folder.resolve("draft.html");
    report.writeDraft(
        "mushrooms",
        List.of(),
        NONE,
        Collections.nCopies(2, new Refusal("truncated", "a.jpg", "Half a file.")),
        List.of(),
        file);

    assertThat(file).content().contains("0 photos of 0 labels", "truncated", "Half a file.");
  }

  private String write(DatasetVersion version, QualityFindings findings, List<Refusal> refusals)
      throws IOException {
    return report.write(version, findings, refusals, List.of(), null);
  }

  private static Document parsed(String where) throws IOException {
    return Jsoup.parse(Files.readString(Path.of(where)));
  }

  private DatasetVersion publish(DatasetPhoto... photos) throws IOException {
    return new DatasetRepository(store)
        .publish("mushrooms", List.of(photos), Map.of(), Instant.parse("2026-05-01T08:00:00Z"));
  }

  private DatasetPhoto photo(int seed, String label, Split split) throws IOException {
    return photo(seed, label, split, "https://example.org/" + seed, "CC-BY-4.0", "Jane Doe");
  }

  private DatasetPhoto hostile(int seed) throws IOException {
    return photo(seed, "boletus_edulis", Split.TEST, PAYLOAD + seed, PAYLOAD, PAYLOAD);
  }

  private static DatasetPhoto described(String sha256, String label) {
    return new DatasetPhoto(
        sha256,
        label,
        LabelRank.SPECIES,
        null,
        null,
        Split.TRAIN,
        sha256,
        null,
        300,
        200,
        1000,
        "https://example.org/" + sha256,
        null,
        "CC-BY-4.0",
        "Jane Doe");
  }

  private DatasetPhoto photo(
      int seed,
      String label,
      Split split,
      String source,
      String licence,
      @Nullable String attribution)
      throws IOException {
    byte[] jpeg = TestPhotos.jpeg(seed, 300, 200);
    String sha256 = Sha256.of(jpeg);
    new DatasetRepository(store).putImage("mushrooms", sha256, jpeg);
    return new DatasetPhoto(
        sha256,
        label,
        LabelRank.SPECIES,
        "Amanita muscaria",
        "amanita",
        split,
        "group" + seed,
        null,
        300,
        200,
        jpeg.length,
        source,
        null,
        licence,
        attribution);
  }
}
