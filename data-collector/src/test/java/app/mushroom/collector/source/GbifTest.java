package app.mushroom.collector.source;

import static app.mushroom.collector.source.Lists.MUSCARIA;
import static app.mushroom.collector.source.Lists.ids;
import static app.mushroom.collector.source.Lists.only;
import static app.mushroom.collector.source.Lists.pages;
import static app.mushroom.collector.source.Lists.reasons;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mushroom.collector.source.LocalServer.Ask;
import app.mushroom.collector.source.LocalServer.Reply;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GbifTest {
  private static final String BY = "http://creativecommons.org/licenses/by/4.0/";

  /** Answers as the API does, with that many occurrences of one medium each. */
  private static Reply answer(Ask ask, long occurrences) {
    long limit = Math.min(300, ask.number("limit", 20));
    long offset = ask.number("offset", 0);
    if (offset + limit > 100_000) {
      return new Reply(
          400, "text/plain", "Max offset of 100001 exceeded: " + offset + " + " + limit);
    }
    String results =
        LongStream.range(offset, Math.min(occurrences, offset + limit))
            .mapToObj(key -> occurrence(Long.toString(key), medium("https://m.example/" + key)))
            .collect(Collectors.joining(","));
    return Reply.json(
        """
        {"offset":%d,"limit":%d,"endOfRecords":%s,"count":%d,"results":[%s],"facets":[]}
        """
            .formatted(offset, limit, offset + limit >= occurrences, occurrences, results));
  }

  private static String occurrence(String key, String... media) {
    return """
    {"key":%s,"datasetKey":"963a6b96-4d22-4428-86e4-afee52cf4a8e","taxonKey":3329049,
     "basisOfRecord":"HUMAN_OBSERVATION","occurrenceStatus":"PRESENT",
     "speciesKey":8168319,"genusKey":6005964,"acceptedTaxonKey":8168319,
     "scientificName":"Amanita muscaria (L.) Hook.","recordedBy":"Karina Nielsen",
     "license":"http://creativecommons.org/publicdomain/zero/1.0/legalcode",
     "occurrenceID":"https://arter.dk/observation/record-details/78b9e897",
     "media":[%s]}
    """
        .formatted(key, String.join(",", media));
  }

  private static String medium(String identifier) {
    return medium(identifier, "\"type\":\"StillImage\",\"license\":\"" + BY + "\"");
  }

  private static String medium(String identifier, String more) {
    return "{\"identifier\":\"" + identifier + "\"," + more + "}";
  }

  private static PhotoPage page(String... occurrences) throws Exception {
    String body = "{\"endOfRecords\":true,\"results\":[" + String.join(",", occurrences) + "]}";
    return new Gbif(
            LocalServer.always(Reply.json(body)),
            LicencePolicy.DEFAULT,
            URI.create("http://127.0.0.1/v1"))
        .photos(MUSCARIA, null);
  }

  private static Gbif source(LocalServer server) {
    return new Gbif(LocalServer.web(), LicencePolicy.DEFAULT, server.address().resolve("/v1"));
  }

  @ParameterizedTest
  @CsvSource({"0,1", "1,1", "299,1", "300,1", "301,2", "900,3"})
  void listsEveryOccurrenceOnceAndEnds(int occurrences, int requests) throws Exception {
    try (LocalServer server = new LocalServer(ask -> answer(ask, occurrences))) {
      assertThat(ids(pages(source(server), MUSCARIA))).hasSize(occurrences).doesNotHaveDuplicates();
      assertThat(server.asked).hasSize(requests);
    }
  }

  @ParameterizedTest
  @CsvSource({"99999", "100000", "100001", "5000000"})
  void neverAsksBeyondTheHundredThousandthAndSaysWhatIsLeft(long occurrences) throws Exception {
    try (LocalServer server = new LocalServer(ask -> answer(ask, occurrences))) {
      List<PhotoPage> last = pages(source(server), MUSCARIA, "99600");
      assertThat(ids(last)).hasSize((int) Math.min(400, occurrences - 99_600));
      assertThat(reasons(last.get(last.size() - 1)))
          .isEqualTo(occurrences > 100_000 ? List.of("beyond_limit") : List.of());
      assertThat(server.asked).extracting(ask -> ask.get("limit")).containsExactly("300", "100");
      assertThat(pages(source(server), MUSCARIA, "100000"))
          .containsExactly(new PhotoPage(List.of(), List.of(), null));
    }
  }

  @Test
  void asksByKeyForStillImagesOfThreeLicences() throws Exception {
    try (LocalServer server = new LocalServer(ask -> answer(ask, 1))) {
      source(server).photos(MUSCARIA, null);
      Ask first = server.asked.get(0);
      assertThat(first.path()).isEqualTo("/v1/occurrence/search");
      assertThat(first.get("taxonKey")).isEqualTo("8168319");
      assertThat(first.get("mediaType")).isEqualTo("StillImage");
      assertThat(first.query().get("license"))
          .containsExactly("CC0_1_0", "CC_BY_4_0", "CC_BY_NC_4_0");
    }
  }

  @Test
  void aNewInstanceGoesOnFromACursor() throws Exception {
    try (LocalServer server = new LocalServer(ask -> answer(ask, 700))) {
      List<PhotoPage> all = pages(source(server), MUSCARIA);
      assertThat(pages(source(server), MUSCARIA, all.get(0).next()))
          .isEqualTo(all.subList(1, all.size()));
    }
  }

  @Test
  void aListThatNeverSaysItsEndEndsAtAnEmptyPage() throws Exception {
    try (LocalServer server =
        new LocalServer(
            ask -> {
              Reply reply = answer(ask, 301);
              return Reply.json(reply.body().replace("\"endOfRecords\":true,", ""));
            })) {
      assertThat(ids(pages(source(server), MUSCARIA))).hasSize(301);
      assertThat(server.asked).hasSize(3);
    }
  }

  @Test
  void readsAPhoto() throws Exception {
    assertThat(only(page(occurrence("4909740830", medium("https://arter.dk/media/01.jpg")))))
        .isEqualTo(
            new OfferedPhoto(
                "gbif",
                "4909740830/https://arter.dk/media/01.jpg",
                URI.create("https://arter.dk/media/01.jpg"),
                URI.create("https://www.gbif.org/occurrence/4909740830"),
                "gbif:4909740830",
                "Karina Nielsen",
                new Licence("CC-BY-4.0", BY),
                "Karina Nielsen",
                "Amanita muscaria (L.) Hook."));
  }

  @Test
  void keepsOfAFindTheMonthAndACoarsePlaceOnly() throws Exception {
    String placed =
        "\"decimalLatitude\":56.278502,\"decimalLongitude\":10.697203,\"eventDate\":\"2024-07-19\",";
    assertThat(sighting(placed)).isEqualTo(new Sighting(7, "55,10"));
    assertThat(sighting(placed + "\"coordinateUncertaintyInMeters\":500.0,"))
        .isEqualTo(new Sighting(7, "55,10"));
    assertThat(sighting(placed + "\"coordinateUncertaintyInMeters\":300000,"))
        .isEqualTo(new Sighting(7, null));
    assertThat(sighting(placed.replace("56.278502", "0").replace("10.697203", "0")))
        .isEqualTo(new Sighting(7, null));
    assertThat(sighting(placed.replace("56.278502", "156.2"))).isEqualTo(new Sighting(7, null));
    assertThat(sighting("")).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "2024-07-19,7",
    "2024-07,7",
    "2024-12-01T10:20:30Z,12",
    "2024-07-01/2024-07-31,7",
    "2024-07-01/2024-08-31,",
    "2023-07-01/2024-07-31,",
    "2024,",
    "2024-13-01,",
    "July 2024,"
  })
  void readsTheMonthWhereTheDateTellsOne(String date, Integer month) {
    assertThat(Sighting.month(date)).isEqualTo(month);
  }

  private static Sighting sighting(String fields) throws Exception {
    return only(page(
            occurrence("1", medium("https://m.example/1"))
                .replace("\"basisOfRecord\"", fields + "\"basisOfRecord\"")))
        .sighting();
  }

  @Test
  void asksNothingOfARecordWhoseLicenceForbidsIt() throws Exception {
    String closed =
        occurrence("1", medium("https://m.example/1"))
            .replace("\"basisOfRecord\"", "\"eventDate\":\"2024-07-19\",\"basisOfRecord\"")
            .replace("http://creativecommons.org/publicdomain/zero/1.0/legalcode", "unspecified");
    assertThat(only(page(closed)).sighting()).isNull();
  }

  @Test
  void theLicenceIsTheMediumsNeverTheRecords() throws Exception {
    // The record says CC0.
    PhotoPage page =
        page(
            occurrence(
                "1",
                medium("https://m.example/1", "\"license\":\"All rights reserved\""),
                medium("https://m.example/2", "\"license\":\"CC BY-NC\""),
                medium("https://m.example/3", "\"license\":\"ask me\""),
                medium("https://m.example/4", "\"license\":null"),
                medium("https://m.example/5", "\"type\":\"StillImage\"")));
    assertThat(page.photos())
        .extracting(photo -> photo.licence().id())
        .containsExactly("all-rights-reserved", "CC-BY-NC", "unknown", "unknown", "unknown");
  }

  @Test
  void mediaOfOneOccurrenceShareItsId() throws Exception {
    PhotoPage page =
        page(occurrence("7", medium("https://m.example/1"), medium("https://m.example/2")));
    assertThat(page.photos()).extracting(OfferedPhoto::observation).containsOnly("gbif:7");
    assertThat(page.photos()).extracting(OfferedPhoto::id).doesNotHaveDuplicates();
  }

  @Test
  void emptyMediaAreSkipped() throws Exception {
    PhotoPage page =
        page(
            occurrence("1"),
            occurrence("2").replace("\"media\":[]", "\"media\":null"),
            occurrence("3").replace("\"media\":[]", "\"facets\":[]"),
            occurrence("4", medium("https://m.example/4")));
    assertThat(only(page).observation()).isEqualTo("gbif:4");
    assertThat(reasons(page)).containsExactly("no_media", "no_media", "no_media");
  }

  @Test
  void whatIsNoImageIsSkipped() throws Exception {
    PhotoPage page =
        page(
            occurrence(
                "1",
                medium("https://m.example/1", "\"type\":\"Sound\""),
                medium("https://m.example/2", "\"type\":\"MovingImage\""),
                medium("https://m.example/3", "\"format\":\"text/html\""),
                medium("https://m.example/4", "\"format\":\"video/mp4\""),
                medium("https://m.example/5", "\"format\":\"IMAGE/JPEG\""),
                medium("https://m.example/6", "\"format\":\"JPG\"")));
    assertThat(page.photos())
        .extracting(photo -> photo.address().getPath())
        .containsExactly("/5", "/6");
    assertThat(reasons(page)).containsOnly("no_image").hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "urn:uuid:1",
        "ftp://m.example/1.jpg",
        "file:///etc/passwd",
        "1.jpg",
        "http://",
        "",
        "//"
      })
  void identifiersThatAreNoWebAddressAreSkipped(String identifier) throws Exception {
    assertThat(reasons(page(occurrence("1", medium(identifier))))).containsExactly("no_address");
  }

  @Test
  void anIdentifierWithBlanksIsEscaped() throws Exception {
    PhotoPage page = page(occurrence("1", medium("https://m.example/a b [1] ü.jpg?x=1|2")));
    assertThat(only(page).address())
        .hasToString("https://m.example/a%20b%20%5B1%5D%20%C3%BC.jpg?x=1%7C2");
  }

  @Test
  void theSameMediumTwiceIsOne() throws Exception {
    PhotoPage page =
        page(occurrence("1", medium("https://m.example/1"), medium("https://m.example/1")));
    assertThat(page.photos()).hasSize(1);
    assertThat(reasons(page)).containsExactly("duplicate");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"references\":\"https://www.inaturalist.org/observations/57754375\"",
        "\"occurrenceID\":\"https://www.inaturalist.org/observations/57754375\"",
        "\"references\":\"http://inaturalist.org/observations/57754375?locale=de\"",
        "\"references\":\"https://example.org/\",\"occurrenceID\":\"https://www.inaturalist.org/observations/57754375\"",
      })
  void aFindOfINaturalistHasTheIdThatItHasThere(String where) throws Exception {
    String found =
        """
        {"key":12,"datasetKey":"50c9509d-22c7-4a22-a47d-8c48425ef4a7",%s,
         "media":[{"identifier":
           "https://inaturalist-open-data.s3.amazonaws.com/photos/9/original.jpeg"}]}
        """
            .formatted(where);
    OfferedPhoto photo = only(page(found));
    assertThat(photo.observation()).isEqualTo(INaturalist.observation(57754375));
    assertThat(photo.address())
        .hasToString("https://inaturalist-open-data.s3.amazonaws.com/photos/9/large.jpeg");
  }

  @Test
  void aFindOfINaturalistWithoutItsAddressAndOneOfOthersKeepGbifsId() throws Exception {
    String found =
        """
        {"key":12,"datasetKey":"%s","references":"%s","media":[{"identifier":"https://m.example/1"}]}
        """;
    assertThat(
            only(page(found.formatted("50c9509d-22c7-4a22-a47d-8c48425ef4a7", "elsewhere")))
                .observation())
        .isEqualTo("gbif:12");
    assertThat(
            only(page(found.formatted("other", "https://www.inaturalist.org/observations/5")))
                .observation())
        .isEqualTo("gbif:12");
  }

  @Test
  void attributionNamesCreatorAndHolderOnce() throws Exception {
    PhotoPage page =
        page(
            occurrence(
                "1",
                medium("https://m.example/1", "\"creator\":\"A\",\"rightsHolder\":\"B\""),
                medium("https://m.example/2", "\"creator\":\"A\",\"rightsHolder\":\"A\""),
                medium("https://m.example/3", "\"rightsHolder\":\" B \"")));
    assertThat(page.photos())
        .extracting(OfferedPhoto::attribution)
        .containsExactly("A; B", "A", "B");
  }

  @Test
  void otherTaxaSpecimensAndAbsencesAreSkipped() throws Exception {
    String good = occurrence("1", medium("https://m.example/1"));
    PhotoPage page =
        page(
            good.replace("8168319", "7").replace("3329049", "8"),
            good.replace("HUMAN_OBSERVATION", "PRESERVED_SPECIMEN"),
            good.replace("PRESENT", "ABSENT"),
            good.replace("\"key\":1,", ""));
    assertThat(reasons(page)).containsExactly("other_taxon", "specimen", "absent", "no_id");
  }

  @Test
  void aTaxonWithoutANumberIsNotAskedFor() {
    AcceptedTaxon unresolved =
        new AcceptedTaxon("amanita_muscaria", "Amanita muscaria", "species", null, List.of());
    assertThatThrownBy(
            () -> new Gbif(LocalServer.web(), LicencePolicy.DEFAULT).photos(unresolved, null))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("Resolve the name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "{\"results\":7}", "Max offset of 100001 exceeded"})
  void anotherShapeSaysWhatWasExpectedAndFound(String body) {
    Gbif source = new Gbif(LocalServer.always(Reply.json(body)), LicencePolicy.DEFAULT);
    assertThatThrownBy(() -> source.photos(MUSCARIA, null))
        .isInstanceOf(SourceException.class)
        .hasMessageStartingWith("Expected a page of occurrences")
        .hasMessageContaining(body.isEmpty() ? "found nothing" : "found " + body);
  }
}
