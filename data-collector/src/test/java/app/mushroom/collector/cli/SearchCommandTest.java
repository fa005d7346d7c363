package app.mushroom.collector.cli;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStores;
import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.DatasetRepository;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SearchCommandTest {
  @TempDir Path temp;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private StandInWeb web;
  private String store = "store";

  @BeforeEach
  void start() throws Exception {
    web = new StandInWeb(40);
  }

  @AfterEach
  void stop() {
    web.close();
  }

  @Test
  void collectsWhatIsWantedAndFreezesItWithLicenceAuthorAndFind() throws Exception {
    assertThat(search("--labels=amanita_muscaria,boletus_edulis", "--per-label=5"))
        .as(out.toString() + err)
        .isZero();
    assertThat(out.toString())
        .contains("amanita_muscaria", "5 of 5 photos, 5 new", "10 new photos", "collect freeze");
    assertThat(err.toString()).contains("boletus_edulis: 5 of 5 photos, 0 refused");
    assertThat(collect("freeze")).isZero();
    assertThat(out.toString()).contains("Published version 1", "/versions/1/report.html");
    assertThat(temp.resolve("store/datasets/mushrooms/versions/1/report.html"))
        .content()
        .contains("amanita_muscaria", "data:image/jpeg");
    try (ObjectStore store = ObjectStores.open(temp.resolve("store").toString())) {
      List<DatasetPhoto> photos =
          new DatasetRepository(store).latest("mushrooms").orElseThrow().photos();
      assertThat(photos).hasSize(10);
      assertThat(photos)
          .allSatisfy(
              photo -> {
                assertThat(photo.licence())
                    .as("the photo's, not the find's")
                    .startsWith("CC-BY-NC");
                assertThat(photo.attribution()).contains("(c) observer", "\"quoted\"");
                assertThat(photo.group()).contains("inaturalist");
                assertThat(photo.source()).startsWith("https://www.inaturalist.org/observations/");
              });
      assertThat(photos.stream().map(DatasetPhoto::attribution).distinct())
          .as("observers take turns")
          .hasSize(3);
    }
  }

  @Test
  void asksOnlyForNamesOnceThereIsEnough() {
    search("--labels=amanita_muscaria", "--per-label=5");
    web.asked.clear();
    assertThat(search("--labels=amanita_muscaria", "--per-label=5")).isZero();
    assertThat(web.asked).isNotEmpty().allMatch(path -> path.startsWith("/v1/species/"));
    assertThat(out.toString()).contains("5 of 5 photos, 0 new");
  }

  @Test
  void explainsAShortfall() {
    assertThat(search("--labels=amanita_muscaria", "--per-label=50")).isZero();
    assertThat(out.toString())
        .contains("40 of 50 photos", "inaturalist has no more than the 40 photos it listed.");
  }

  @Test
  void endsAndSaysWhenToGoOnWhenTheHostOfThePhotosAsksToBeLeftAlone() throws Exception {
    web.photosLeft.set(0);
    assertThat(search("--labels=amanita_muscaria", "--per-label=30")).isEqualTo(1);
    assertThat(out.toString())
        .contains(
            "0 of 30 photos",
            "static.inaturalist.org asks to be left alone until ",
            "run the same command again after ");
    assertThat(web.photosAsked()).as("what was under way").hasSizeLessThanOrEqualTo(8);
    assertThat(temp.resolve("store/datasets")).as("nothing is on record").doesNotExist();

    web.photosLeft.set(Integer.MAX_VALUE);
    assertThat(search("--labels=amanita_muscaria", "--per-label=30")).isZero();
    assertThat(out.toString()).contains("30 of 30 photos, 30 new");
  }

  @Test
  void aSearchThatHostsBrokeOffComesToThePhotosOfOneThatTheyDidNot() throws Exception {
    String[] wanted = {"--labels=amanita_muscaria,boletus_edulis", "--per-label=20"};
    assertThat(search(wanted)).isZero();
    assertThat(collect("freeze")).isZero();
    List<DatasetPhoto> calm = photos();

    store = "broken-off";
    for (int photos : List.of(3, 0, 11)) {
      web.photosLeft.set(photos);
      assertThat(search(wanted)).isEqualTo(1);
    }
    web.photosLeft.set(Integer.MAX_VALUE);
    assertThat(search(wanted)).isZero();
    assertThat(collect("freeze")).isZero();
    assertThat(photos()).isEqualTo(calm);
  }

  private List<DatasetPhoto> photos() throws Exception {
    try (ObjectStore opened = ObjectStores.open(temp.resolve(store).toString())) {
      return new DatasetRepository(opened).latest("mushrooms").orElseThrow().photos();
    }
  }

  @Test
  void aNameThatIsNoneIsNotSearchedAndFails() {
    assertThat(search("--labels=amanita_unknown,boletus_edulis", "--per-label=2")).isEqualTo(1);
    assertThat(out.toString())
        .contains("Not searched: amanita_unknown", "Check the spelling", "2 of 2 photos");
  }

  @Test
  void aDryRunSaysWhatWouldComeAndFetchesNothing() {
    assertThat(search("--labels=amanita_muscaria", "--per-label=7", "--dry-run")).isZero();
    assertThat(out.toString()).contains("7 would be fetched", "nothing is on record.");
    assertThat(web.photosAsked()).isEmpty();
    assertThat(temp.resolve("store/datasets")).doesNotExist();
  }

  @Test
  void wrongUsageSaysWhatIsExpected() {
    assertThat(search()).isEqualTo(2);
    assertThat(err.toString()).contains("Expected --labels");
    assertThat(search("--labels=amanita_muscaria", "--sources=google")).isEqualTo(2);
    assertThat(err.toString()).contains("inaturalist, gbif, commons, bing", "google");
    assertThat(search("--labels=amanita_muscaria", "--licences=mine")).isEqualTo(2);
    assertThat(search("--labels=Amanita muscaria")).isEqualTo(2);
    assertThat(collect("search", "--labels=amanita_muscaria")).isEqualTo(2);
    assertThat(err.toString())
        .contains("--contact you@example.org", "MUSHROOM_CONTACT=you@example.org");
    assertThat(temp.resolve("store")).doesNotExist();
    assertThat(collect("search", "--labels=amanita_muscaria", "--contact=me")).isEqualTo(2);
    assertThat(err.toString()).contains("Expected a mail address or a page", "me");
  }

  @Test
  void showsAnExampleOfPages() {
    assertThat(collect("search", "--example-pages")).isZero();
    assertThat(out.toString()).contains("sources:");
  }

  private int search(String... arguments) {
    List<String> all = new ArrayList<>(List.of("search", "--sources=inaturalist"));
    all.addAll(web.options());
    all.addAll(List.of(arguments));
    return collect(all.toArray(String[]::new));
  }

  private int collect(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--store=" + temp.resolve(store));
    CommandLine command = CollectorApplication.commandLine();
    return command
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }
}
