package app.mushroom.collector.source;

import static app.mushroom.collector.source.Lists.AMANITA;
import static app.mushroom.collector.source.Lists.MUSCARIA;
import static app.mushroom.collector.source.Lists.ids;
import static app.mushroom.collector.source.Lists.only;
import static app.mushroom.collector.source.Lists.pages;
import static app.mushroom.collector.source.Lists.reasons;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mushroom.collector.fetch.FetchException;
import app.mushroom.collector.fetch.Web;
import app.mushroom.collector.source.LocalServer.Ask;
import app.mushroom.collector.source.LocalServer.Reply;
import java.net.URI;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class INaturalistTest {

  /** Answers as the API does, with observations 1001, 1002, … of one photo each. */
  private static Reply answer(Ask ask, int observations) {
    long perPage = Math.min(200, ask.number("per_page", 30));
    if (ask.number("page", 1) * perPage > 10_000) {
      return new Reply(
          403,
          "application/json",
          """
          {"error":"Result window is too large, page x size must be less than or equal to [10000].","status":403}
          """);
    }
    if (!"id".equals(ask.get("order_by")) || !"asc".equals(ask.get("order"))) {
      return new Reply(
          422, "application/json", "{\"error\":\"Unprocessable Entity\",\"status\":422}");
    }
    long above = ask.number("id_above", 0);
    List<String> results =
        LongStream.rangeClosed(1001, 1000 + observations)
            .filter(id -> id > above)
            .limit(perPage)
            .mapToObj(id -> observation(Long.toString(id), photo(Long.toString(id + 5000))))
            .toList();
    long left = LongStream.rangeClosed(1001, 1000 + observations).filter(i -> i > above).count();
    return Reply.json(
        """
        {"total_results":%d,"page":1,"per_page":%d,"results":[%s]}
        """
            .formatted(left, perPage, String.join(",", results)));
  }

  private static String observation(String id, String... photos) {
    return """
    {"id":%s,"quality_grade":"research","license_code":"cc0",
     "uri":"https://www.inaturalist.org/observations/%s","location":"50.09,-104.71","observed_on":"2020-08-27",
     "geojson":{"coordinates":[-104.71,50.09],"type":"Point"},
     "taxon":{"id":48715,"name":"Amanita muscaria","rank":"species","rank_level":10,
       "iconic_taxon_name":"Fungi"},
     "user":{"id":1,"login":"samroom","name":null},
     "photos":[%s]}
    """
        .formatted(id, id.replace("\"", ""), String.join(",", photos));
  }

  private static String photo(String id) {
    return photo(
        id,
        "https://static.inaturalist.org/photos/" + id.replace("\"", "") + "/square.jpg?1598551272",
        "cc-by-nc");
  }

  private static String photo(String id, String address, String licence) {
    return """
    {"id":%s,"license_code":%s,"url":"%s","flags":[],
     "attribution":"(c) samroom, certains droits réservés (CC BY-NC)",
     "original_dimensions":{"width":1188,"height":1188}}
    """
        .formatted(id, licence == null ? "null" : '"' + licence + '"', address);
  }

  private static PhotoPage page(AcceptedTaxon taxon, String... observations) throws Exception {
    String body =
        "{\"total_results\":9,\"page\":1,\"per_page\":200,\"results\":["
            + String.join(",", observations)
            + "]}";
    return source(LocalServer.always(Reply.json(body))).photos(taxon, null);
  }

  private static INaturalist source(Web web) {
    return new INaturalist(web, LicencePolicy.DEFAULT, URI.create("http://127.0.0.1/v1"));
  }

  private static INaturalist source(LocalServer server) {
    return new INaturalist(
        LocalServer.web(), LicencePolicy.DEFAULT, server.address().resolve("/v1/"));
  }

  @ParameterizedTest
  @CsvSource({"0,1", "1,1", "199,1", "200,2", "201,2", "400,3", "10400,53"})
  void listsEveryObservationOnceAndEnds(int observations, int requests) throws Exception {
    try (LocalServer server = new LocalServer(ask -> answer(ask, observations))) {
      List<PhotoPage> pages = pages(source(server), MUSCARIA);
      assertThat(ids(pages)).hasSize(observations).doesNotHaveDuplicates();
      assertThat(server.asked).hasSize(requests);
    }
  }

  @Test
  void asksForResearchGradeWithPhotosByIdAndLicence() throws Exception {
    try (LocalServer server = new LocalServer(ask -> answer(ask, 201))) {
      pages(source(server), MUSCARIA);
      Ask first = server.asked.get(0);
      assertThat(first.path()).isEqualTo("/v1/observations");
      assertThat(first.get("taxon_name")).isEqualTo("Amanita muscaria");
      assertThat(first.get("quality_grade")).isEqualTo("research");
      assertThat(first.get("photos")).isEqualTo("true");
      assertThat(first.get("per_page")).isEqualTo("200");
      assertThat(first.get("photo_license")).isEqualTo("cc-by,cc-by-nc,cc-by-nc-sa,cc-by-sa,cc0");
      assertThat(server.asked)
          .allSatisfy(ask -> assertThat(ask.query()).doesNotContainKey("page"))
          .extracting(ask -> ask.get("id_above"))
          .containsExactly(null, "1200");
    }
  }

  @Test
  void asksForNoLicenceWhereAnyWillDo() throws Exception {
    try (LocalServer server = new LocalServer(ask -> answer(ask, 1))) {
      new INaturalist(LocalServer.web(), LicencePolicy.everything(), server.address())
          .photos(MUSCARIA, null);
      assertThat(server.asked.get(0).query()).doesNotContainKey("photo_license");
    }
  }

  @Test
  void aNewInstanceGoesOnFromACursor() throws Exception {
    try (LocalServer server = new LocalServer(ask -> answer(ask, 450))) {
      List<PhotoPage> all = pages(source(server), MUSCARIA);
      List<PhotoPage> rest = pages(source(server), MUSCARIA, all.get(0).next());
      assertThat(rest).isEqualTo(all.subList(1, all.size()));
    }
  }

  @Test
  void readsAPhoto() throws Exception {
    assertThat(only(page(MUSCARIA, observation("57754375", photo("92152429")))))
        .isEqualTo(
            new OfferedPhoto(
                "inaturalist",
                "92152429",
                URI.create("https://static.inaturalist.org/photos/92152429/large.jpg?1598551272"),
                URI.create("https://www.inaturalist.org/observations/57754375"),
                "inaturalist:57754375",
                "samroom",
                new Licence("CC-BY-NC", "cc-by-nc"),
                "(c) samroom, certains droits réservés (CC BY-NC)",
                "Amanita muscaria",
                new Sighting(8, "50,-105")));
  }

  @Test
  void keepsOfAFindTheMonthAndACoarsePlaceOnly() throws Exception {
    String seen = observation("5", photo("1"));
    assertThat(sighting(seen)).isEqualTo(new Sighting(8, "50,-105"));
    assertThat(sighting(seen.replace("[-104.71,50.09]", "[\"-104.71\",\"50.09\"]")))
        .as("older observations have texts")
        .isEqualTo(new Sighting(8, "50,-105"));
    assertThat(sighting(seen.replace("\"geojson\"", "\"geo\""))).isEqualTo(new Sighting(8, null));
    assertThat(sighting(seen.replace("2020-08-27", "last summer")))
        .isEqualTo(new Sighting(null, "50,-105"));
    assertThat(sighting(seen.replace("\"license_code\":\"cc0\"", "\"license_code\":null")))
        .as("all rights reserved on the observation")
        .isNull();
  }

  private static Sighting sighting(String observation) throws Exception {
    return only(page(MUSCARIA, observation)).sighting();
  }

  @Test
  void photosOfOneObservationShareItsId() throws Exception {
    PhotoPage page = page(MUSCARIA, observation("5", photo("1"), photo("2"), photo("3")));
    assertThat(page.photos())
        .hasSize(3)
        .allSatisfy(photo -> assertThat(photo.observation()).isEqualTo("inaturalist:5"));
  }

  @Test
  void theLicenceIsThePhotosNotTheObservations() throws Exception {
    // The observation says cc0.
    PhotoPage page =
        page(
            MUSCARIA,
            observation(
                "16227955",
                photo("1", "https://h.example/photos/1/square.jpg", "cc-by"),
                photo("2", "https://h.example/photos/2/square.jpg", null)));
    assertThat(page.photos())
        .extracting(photo -> photo.licence().id())
        .containsExactly("CC-BY", "all-rights-reserved");
  }

  @ParameterizedTest
  @CsvSource({
    "https://h.example/photos/1/square.jpg, https://h.example/photos/1/large.jpg",
    "https://h.example/photos/1/square.jpeg?15, https://h.example/photos/1/large.jpeg?15",
    "https://h.example/photos/1/square.JPG?x=/a.b, https://h.example/photos/1/large.JPG?x=/a.b",
    "https://h.example/square.photos/1/medium.png, https://h.example/square.photos/1/large.png",
  })
  void asksForTheLargeSizeWithTheSameEnding(String stated, String wanted) throws Exception {
    PhotoPage page = page(MUSCARIA, observation("5", photo("1", stated, "cc0")));
    assertThat(only(page).address()).hasToString(wanted);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "square.jpg",
        "https://live.staticflickr.com/1/2_s.jpg",
        "ftp://h.example/photos/1/square.jpg"
      })
  void skipsAddressesThatAreNone(String stated) throws Exception {
    PhotoPage page = page(MUSCARIA, observation("5", photo("1", stated, "cc0"), photo("2")));
    assertThat(only(page).id()).isEqualTo("2");
    assertThat(page.skipped())
        .containsExactly(new PhotoPage.Skipped("observation 5, photo 1", "no_address"));
  }

  @Test
  void skipsFlaggedPhotos() throws Exception {
    String flagged = photo("1").replace("\"flags\":[]", "\"flags\":[{\"flag\":\"copyright\"}]");
    PhotoPage page = page(MUSCARIA, observation("5", flagged, photo("2")));
    assertThat(only(page).id()).isEqualTo("2");
    assertThat(reasons(page)).containsExactly("flagged");
  }

  @Test
  void idsMayBeTextAndCoordinatesToo() throws Exception {
    String observation =
        observation("\"57754375\"", photo("\"92152429\""))
            .replace("[-104.71,50.09]", "[\"-104.71\",\"50.09\"]");
    OfferedPhoto photo = only(page(MUSCARIA, observation));
    assertThat(photo.id()).isEqualTo("92152429");
    assertThat(photo.observation()).isEqualTo("inaturalist:57754375");
  }

  @Test
  void toleratesWhatIsMissing() throws Exception {
    PhotoPage page =
        page(
            MUSCARIA,
            "{\"id\":1,\"photos\":[{\"id\":2}]}",
            "{\"id\":2,\"taxon\":null}",
            "{\"id\":3,\"taxon\":{\"name\":\"Amanita muscaria\"}}",
            "{\"id\":4,\"taxon\":{\"name\":\"Amanita muscaria\"},\"photos\":null}",
            "{\"id\":5,\"taxon\":{\"name\":\"Amanita muscaria\"},\"photos\":[]}",
            "{\"id\":6,\"taxon\":{\"name\":\"Amanita muscaria\"},\"photos\":[{}]}",
            "{\"taxon\":{\"name\":\"Amanita muscaria\"}}",
            "null",
            "7",
            "{\"id\":8,\"taxon\":{\"name\":\"Amanita muscaria\"},\"photos\":["
                + "{\"id\":9,\"url\":\"https://h.example/photos/9/square.jpg\"}]}");
    assertThat(reasons(page))
        .containsExactly(
            "no_taxon",
            "no_taxon",
            "no_photos",
            "no_photos",
            "no_photos",
            "no_id",
            "no_id",
            "no_id",
            "no_id");
    OfferedPhoto bare = only(page);
    assertThat(bare.page()).hasToString("https://www.inaturalist.org/observations/8");
    assertThat(bare.licence().id()).isEqualTo("all-rights-reserved");
    assertThat(bare.observer()).isNull();
    assertThat(bare.attribution()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Amanita muscaria", "Agaricus muscarius", "Amanita muscaria flavivolvata"})
  void takesTheNameItsSynonymsAndVarieties(String name) throws Exception {
    String observation = observation("5", photo("1")).replace("Amanita muscaria", name);
    assertThat(only(page(MUSCARIA, observation)).taxonName()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Amanita",
        "Amanita phalloides",
        "Amanita muscarioides",
        "Venenarius",
        "Amanita muscaria × pantherina"
      })
  void skipsOtherTaxa(String name) throws Exception {
    String observation = observation("5", photo("1")).replace("Amanita muscaria", name);
    PhotoPage page = page(MUSCARIA, observation);
    assertThat(page.photos()).isEmpty();
    assertThat(page.skipped())
        .containsExactly(new PhotoPage.Skipped("observation 5 of " + name, "other_taxon"));
  }

  @Test
  void skipsTheComplexNamedLikeTheSpeciesAndWhatIsNoFungus() throws Exception {
    PhotoPage page =
        page(
            MUSCARIA,
            observation("5", photo("1")).replace("\"rank_level\":10", "\"rank_level\":11"),
            observation("6", photo("2")).replace("\"Fungi\"", "\"Insecta\""));
    assertThat(reasons(page)).containsExactly("other_taxon", "other_taxon");
  }

  @Test
  void aGenusTakesItsSpecies() throws Exception {
    PhotoPage page =
        page(
            AMANITA,
            observation("5", photo("1")),
            observation("6", photo("2")).replace("Amanita muscaria", "Venenarius rubens"),
            observation("7", photo("3")).replace("Amanita muscaria", "Amanitopsis vaginata"));
    assertThat(page.photos()).extracting(OfferedPhoto::id).containsExactly("1", "2");
    assertThat(reasons(page)).containsExactly("other_taxon");
  }

  @Test
  void skipsWhatIsNotOfResearchGrade() throws Exception {
    String casual = observation("5", photo("1")).replace("research", "casual");
    assertThat(reasons(page(MUSCARIA, casual))).containsExactly("not_research_grade");
  }

  @Test
  void aListThatDoesNotMoveOnIsAnError() {
    String results = ("1,".repeat(200) + "1").replace("1", observation("7", photo("1")));
    Web stuck = LocalServer.always(Reply.json("{\"per_page\":200,\"results\":[" + results + "]}"));
    assertThatThrownBy(() -> pages(source(stuck), MUSCARIA))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("after number 7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"results\":{}}",
        "{\"error\":\"Error\",\"status\":500}",
        "<html><body>429 Too Many Requests</body></html>",
        "{\"results\":[",
      })
  void anotherShapeSaysWhatWasExpectedAndFound(String body) {
    assertThatThrownBy(() -> source(LocalServer.always(Reply.json(body))).photos(MUSCARIA, null))
        .isInstanceOf(SourceException.class)
        .hasMessageStartingWith("Expected a page of observations")
        .hasMessageContaining(body.isEmpty() ? "found nothing" : "found " + body);
  }

  @Test
  void refusalsOfTheHostPassThrough() throws Exception {
    try (LocalServer server =
        new LocalServer(
            ask -> new Reply(422, "application/json", "{\"error\":\"Too many IDs\"}"))) {
      assertThatThrownBy(() -> source(server).photos(MUSCARIA, null))
          .isInstanceOf(FetchException.class);
    }
  }

  @Test
  void aForeignCursorIsRefused() {
    assertThatThrownBy(() -> source(LocalServer.web()).photos(MUSCARIA, "category 1"))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("\"category 1\"");
  }
}
