package app.mushroom.collector.source;

import static app.mushroom.collector.source.Lists.MUSCARIA;
import static app.mushroom.collector.source.Lists.ids;
import static app.mushroom.collector.source.Lists.only;
import static app.mushroom.collector.source.Lists.pages;
import static app.mushroom.collector.source.Lists.reasons;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mushroom.collector.fetch.FetchException;
import app.mushroom.collector.source.LocalServer.Ask;
import app.mushroom.collector.source.LocalServer.Reply;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WikimediaCommonsTest {
  private static final Set<String> WIDTHS =
      Set.of("20", "40", "60", "120", "250", "330", "500", "960", "1280", "1920", "3840");
  private static final String NOTHING = "{\"batchcomplete\":\"\"}";

  /** Answers as the API does: that many files in the category, that many found by a search. */
  private static Reply answer(Ask ask, int inCategory, int found) {
    if (!WIDTHS.contains(ask.get("iiurlwidth"))) {
      return new Reply(429, "text/plain", "Use thumbnail steps listed on https://w.wiki/GHai");
    }
    boolean search = "search".equals(ask.get("generator"));
    int count = search ? found : inCategory;
    int limit = (int) ask.number(search ? "gsrlimit" : "gcmlimit", 10);
    String token = ask.get("gcmcontinue");
    int offset =
        search
            ? (int) ask.number("gsroffset", 0)
            : token == null ? 0 : Integer.parseInt(token.replaceAll(".*\\|", ""));
    if (count == 0) {
      return Reply.json(NOTHING);
    }
    int end = Math.min(count, offset + limit);
    String pages =
        IntStream.range(offset, end)
            .mapToObj(i -> '"' + id(search, i) + "\":" + file(id(search, i)))
            .collect(Collectors.joining(","));
    String more =
        end == count
            ? ""
            : search
                ? "\"continue\":{\"gsroffset\":%d,\"continue\":\"gsroffset||\"},".formatted(end)
                : "\"continue\":{\"gcmcontinue\":\"file|4d 4f+&=%%|%d\",\"continue\":\"gcmcontinue||\"},"
                    .formatted(end);
    return Reply.json("{\"batchcomplete\":\"\"," + more + "\"query\":{\"pages\":{" + pages + "}}}");
  }

  private static String id(boolean search, int position) {
    return Integer.toString((search ? 900_000 : 100_000) + position);
  }

  private static String file(String id) {
    return file(id, 2048, "image/jpeg", "960px-");
  }

  private static String file(String id, int width, String mime, String size) {
    return """
    {"pageid":%s,"ns":6,"title":"File:Amanita muscaria %s.jpg","imagerepository":"local",
     "imageinfo":[{"user":"Uploader","size":345678,"width":%d,"height":1536,
      "thumburl":"https://upload.example/thumb/a/ab/%s.jpg/%s%s.jpg","thumbwidth":960,
      "url":"https://upload.example/a/ab/%s.jpg","mime":"%s","mediatype":"BITMAP","sha1":"0",
      "descriptionurl":"https://commons.example/wiki/File:%s.jpg",
      "extmetadata":{
       "LicenseShortName":{"value":"CC BY-SA 4.0","hidden":""},
       "License":{"value":"cc-by-sa-4.0"},
       "LicenseUrl":{"value":"https://creativecommons.org/licenses/by-sa/4.0"},
       "Artist":{"value":"<a href=\\"//commons.example/wiki/User:S\\">Some &amp; one</a>"},
       "Credit":{"value":"<span class=\\"int-own-work\\">Own work</span>"},
       "Categories":{"value":"Amanita muscaria|Forests"}}}]}
    """
        .formatted(id, id, width, id, size, id, id, mime, id);
  }

  private static Reply map(String... files) {
    return Reply.json(
        "{\"batchcomplete\":\"\",\"query\":{\"pages\":{"
            + IntStream.range(0, files.length)
                .mapToObj(i -> "\"" + (i - 1) + "\":" + files[i])
                .collect(Collectors.joining(","))
            + "}}}");
  }

  private static PhotoPage page(Reply reply) throws Exception {
    return source(reply).photos(MUSCARIA, null);
  }

  private static WikimediaCommons source(Reply reply) {
    return new WikimediaCommons(
        LocalServer.always(reply), URI.create("https://commons.example/w/api.php"));
  }

  private static WikimediaCommons source(LocalServer server) {
    return new WikimediaCommons(LocalServer.web(), server.address().resolve("/w/api.php"));
  }

  @ParameterizedTest
  @CsvSource({
    "0,0,2", "1,0,2", "49,0,2", "50,0,2", "51,0,3", "150,0,4", "0,1,2", "0,50,2", "0,51,3",
    "51,51,4"
  })
  void listsTheCategoryThenTheSearchAndEnds(int inCategory, int found, int requests)
      throws Exception {
    try (LocalServer server = new LocalServer(ask -> answer(ask, inCategory, found))) {
      assertThat(ids(pages(source(server), MUSCARIA)))
          .hasSize(inCategory + found)
          .doesNotHaveDuplicates();
      assertThat(server.asked).hasSize(requests);
    }
  }

  @Test
  void asksForFilesOfTheCategoryAndThenForTheNameInQuotes() throws Exception {
    try (LocalServer server = new LocalServer(ask -> answer(ask, 0, 0))) {
      pages(source(server), MUSCARIA);
      Ask category = server.asked.get(0);
      assertThat(category.path()).isEqualTo("/w/api.php");
      assertThat(category.get("gcmtitle")).isEqualTo("Category:Amanita muscaria");
      assertThat(category.get("gcmtype")).isEqualTo("file");
      assertThat(category.get("iiurlwidth")).isEqualTo("960");
      assertThat(category.get("maxlag")).isEqualTo("5");
      Ask search = server.asked.get(1);
      assertThat(search.get("gsrsearch")).isEqualTo("\"Amanita muscaria\"");
      assertThat(search.get("gsrnamespace")).isEqualTo("6");
    }
  }

  @Test
  void aNewInstanceGoesOnFromEveryCursor() throws Exception {
    try (LocalServer server = new LocalServer(ask -> answer(ask, 120, 120))) {
      List<PhotoPage> all = pages(source(server), MUSCARIA);
      assertThat(all).hasSize(6);
      for (int i = 0; i < all.size() - 1; i++) {
        assertThat(pages(source(server), MUSCARIA, all.get(i).next()))
            .isEqualTo(all.subList(i + 1, all.size()));
      }
    }
  }

  @Test
  void readsAPhoto() throws Exception {
    assertThat(only(page(map(file("12345")))))
        .isEqualTo(
            new OfferedPhoto(
                "commons",
                "12345",
                URI.create("https://upload.example/thumb/a/ab/12345.jpg/960px-12345.jpg"),
                URI.create("https://commons.example/wiki/File:12345.jpg"),
                null,
                "Some & one",
                new Licence("CC-BY-SA-4.0", "cc-by-sa-4.0"),
                "Some & one; Own work",
                "Amanita muscaria"));
  }

  @ParameterizedTest
  @CsvSource({
    "959, 960px-, a/ab/1.jpg",
    "960, 960px-, a/ab/1.jpg",
    "961, 960px-, thumb/a/ab/1.jpg/960px-1.jpg",
    "961, lossy-page1-960px-, thumb/a/ab/1.jpg/lossy-page1-960px-1.jpg",
    "4000, 1000px-, a/ab/1.jpg",
    "4000, x-, a/ab/1.jpg",
  })
  void takesAThumbnailOnlyOfAWidthThatIsMade(int width, String size, String wanted)
      throws Exception {
    PhotoPage page = page(map(file("1", width, "image/jpeg", size)));
    assertThat(only(page).address()).hasToString("https://upload.example/" + wanted);
  }

  @Test
  void takesTheOriginalWhereThereIsNoThumbnail() throws Exception {
    PhotoPage page = page(map(file("1").replace("thumburl", "responsiveUrls")));
    assertThat(only(page).address()).hasToString("https://upload.example/a/ab/1.jpg");
  }

  @Test
  void aWidthThatIsNotMadeWouldBeRefused() throws Exception {
    try (LocalServer server = new LocalServer(ask -> answer(ask, 1, 0))) {
      URI wrong = server.address().resolve("/w/api.php?iiurlwidth=500px");
      assertThatThrownBy(
              () -> LocalServer.web().get(app.mushroom.collector.fetch.WebRequest.api(wrong)))
          .isInstanceOf(FetchException.class);
      assertThat(only(source(server).photos(MUSCARIA, null)).id()).isEqualTo("100000");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"image/jpeg", "image/png", "image/webp"})
  void takesPhotoTypes(String mime) throws Exception {
    assertThat(page(map(file("1", 2000, mime, "960px-"))).photos()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"image/svg+xml", "image/gif", "image/tiff", "video/webm", "application/pdf", ""})
  void skipsOtherTypes(String mime) throws Exception {
    assertThat(reasons(page(map(file("1", 2000, mime, "960px-")))))
        .containsExactly("no_photo_type");
  }

  @Test
  void pagesMayBeAList() throws Exception {
    PhotoPage page =
        page(
            Reply.json(
                "{\"batchcomplete\":true,\"query\":{\"pages\":["
                    + file("1")
                    + ","
                    + file("2")
                    + "]}}"));
    assertThat(page.photos()).extracting(OfferedPhoto::id).containsExactly("1", "2");
  }

  @Test
  void skipsWhatIsMissingOrNoFile() throws Exception {
    PhotoPage page =
        page(
            map(
                "{\"ns\":6,\"title\":\"File:Gone.jpg\",\"missing\":\"\"}",
                "{\"pageid\":5,\"ns\":14,\"title\":\"Category:Amanita\"}",
                "{\"pageid\":6,\"ns\":6,\"title\":\"File:Bare.jpg\"}",
                file("7").replace("\"pageid\":7,", ""),
                file("8").replace("https://upload.example", "x:"),
                "null",
                file("9")));
    assertThat(only(page).id()).isEqualTo("9");
    assertThat(reasons(page))
        .containsExactly("missing", "no_file", "no_image", "no_id", "no_address", "no_id");
  }

  @Test
  void aFileWhosePartComesLaterIsNotGivenUp() throws Exception {
    String bare = "{\"pageid\":6,\"ns\":6,\"title\":\"File:Later.jpg\"}";
    PhotoPage page =
        page(
            Reply.json(
                "{\"continue\":{\"iistart\":\"2020-01-01T00:00:00Z\",\"continue\":\"||\"},"
                    + "\"query\":{\"pages\":{\"6\":"
                    + bare
                    + "}}}"));
    assertThat(page.photos()).isEmpty();
    assertThat(page.skipped()).isEmpty();
    assertThat(page.next()).startsWith("category 2 ").contains("iistart=2020");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"License\":{\"value\":\"cc0\"} | CC0-1.0",
        "\"License\":{\"value\":\"pd\"} | public-domain",
        "\"LicenseShortName\":{\"value\":\"Public domain\"} | public-domain",
        "\"License\":{\"value\":\"gfdl\"},\"LicenseShortName\":{\"value\":\"GFDL\"} | unknown",
        "\"LicenseUrl\":{\"value\":\"http://creativecommons.org/licenses/by/2.0/de/\"} | CC-BY-2.0",
        "\"UsageTerms\":{\"value\":\"<b>Creative Commons</b> Attribution 3.0\"} | CC-BY-3.0",
        "\"Artist\":{\"value\":\"x\"} | unknown",
      })
  void readsTheLicenceFromWhereverItStands(String metadata, String id) throws Exception {
    String file =
        file("1").replaceAll("(?s)\"extmetadata\":\\{.*\\}\\}\\]", "\"extmetadata\":{@@}}]");
    assertThat(only(page(map(file.replace("@@", metadata)))).licence().id()).isEqualTo(id);
  }

  @Test
  void nothingSaidOfTheAuthorIsNothing() throws Exception {
    PhotoPage page = page(map(file("1").replace("Artist", "A").replace("Credit", "C")));
    assertThat(only(page).observer()).isNull();
    assertThat(only(page).attribution()).isNull();
  }

  @Test
  void whatASearchFindsMustStateTheName() throws Exception {
    Reply found =
        map(
            file("1").replace("Amanita muscaria", "Amanita pantherina"),
            file("2").replace("File:Amanita muscaria", "File:Walk"),
            file("3")
                .replace("File:Amanita muscaria", "File:Agaricus_muscarius")
                .replace("Amanita muscaria|", ""));
    PhotoPage page = source(found).photos(MUSCARIA, "search 1");
    assertThat(page.photos()).extracting(OfferedPhoto::id).containsExactly("2", "3");
    assertThat(reasons(page)).containsExactly("name_not_stated");
    assertThat(source(found).photos(MUSCARIA, "category 1").photos()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"maxlag", "readonly", "ratelimited"})
  void anErrorWithStatus200SaysToTryLater(String code) {
    String body =
        "{\"error\":{\"code\":\"%s\",\"info\":\"Waiting for db1: 7 seconds lagged.\"}}"
            .formatted(code);
    assertThatThrownBy(() -> page(Reply.json(body)))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("commons.example")
        .hasMessageContaining("error " + code)
        .hasMessageContaining("7 seconds lagged")
        .hasMessageContaining("Try later");
  }

  @Test
  void anErrorThatStaysDoesNot() {
    assertThatThrownBy(
            () -> page(Reply.json("{\"error\":{\"code\":\"badvalue\",\"info\":\"No.\"}}")))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("badvalue: No.")
        .hasMessageNotContaining("Try later");
  }

  /** A genus's category without files, whose subcategories come in two pages. */
  private static Reply genus(Ask ask) {
    if ("categorymembers".equals(ask.get("list"))) {
      boolean first = ask.get("cmcontinue") == null;
      String members =
          first
              ? subcategory(1, "Amanita by country") + "," + subcategory(2, "Amanita caesarea")
              : subcategory(3, "Amanita muscaria")
                  + ","
                  + subcategory(4, "Amanita muscaria in art")
                  + ","
                  + subcategory(5, "Agaricus campestris");
      String more = "\"continue\":{\"cmcontinue\":\"subcat|4d 4f+&=%|7\",\"continue\":\"-||\"},";
      return Reply.json(
          "{\"batchcomplete\":\"\",%s\"query\":{\"categorymembers\":[%s]}}"
              .formatted(first ? more : "", members));
    }
    return switch (String.valueOf(ask.get("gcmtitle"))) {
      case "Category:Amanita caesarea" -> map(file("21"), file("22"));
      case "Category:Amanita muscaria" -> map(file("31"));
      default -> Reply.json(NOTHING);
    };
  }

  private static String subcategory(int id, String name) {
    return "{\"pageid\":%d,\"ns\":14,\"title\":\"Category:%s\"}".formatted(id, name);
  }

  @Test
  void theFilesOfAGenusAreThoseOfItsSpeciesToo() throws Exception {
    try (LocalServer server = new LocalServer(WikimediaCommonsTest::genus)) {
      List<PhotoPage> pages = pages(source(server), Lists.AMANITA);
      assertThat(ids(pages)).containsExactly("21", "22", "31");
      assertThat(pages.stream().flatMap(page -> page.photos().stream()))
          .extracting(OfferedPhoto::taxonName)
          .as("what the source calls them")
          .containsExactly("Amanita caesarea", "Amanita caesarea", "Amanita muscaria");
      assertThat(server.asked)
          .extracting(
              ask -> ask.get("list") + " " + ask.get("gcmtitle") + " " + ask.get("gsrsearch"))
          .containsExactly(
              "null Category:Amanita null",
              "categorymembers null null",
              "null Category:Amanita caesarea null",
              "categorymembers null null",
              "null Category:Amanita muscaria null",
              "null null \"Amanita\"");
      assertThat(server.asked.get(1).get("cmtitle")).isEqualTo("Category:Amanita");
      assertThat(server.asked.get(1).get("cmtype")).isEqualTo("subcat");
      assertThat(server.asked.get(2).get("gcmlimit")).isEqualTo("10");
      assertThat(server.asked.get(3).get("cmcontinue")).isEqualTo("subcat|4d 4f+&=%|7");
    }
  }

  @Test
  void aNewInstanceGoesOnFromEveryCursorOfAGenus() throws Exception {
    try (LocalServer server = new LocalServer(WikimediaCommonsTest::genus)) {
      List<PhotoPage> all = pages(source(server), Lists.AMANITA);
      for (int from = 1; from < all.size(); from++) {
        assertThat(pages(source(server), Lists.AMANITA, all.get(from - 1).next()))
            .isEqualTo(all.subList(from, all.size()));
      }
    }
  }

  @Test
  void aGenusWithSpeciesWithoutEndEnds() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    WikimediaCommons endless =
        new WikimediaCommons(
            request ->
                LocalServer.always(
                        Reply.json(
                            request.address().getQuery().contains("cmtype=subcat")
                                ? "{\"continue\":{\"cmcontinue\":\"%d\"},\"query\":{\"categorymembers\":[%s]}}"
                                    .formatted(
                                        asked.incrementAndGet(), subcategory(1, "Amanita vaginata"))
                                : NOTHING))
                    .get(request));
    assertThat(pages(endless, Lists.AMANITA))
        .hasSize(1 + 2 * CommonsPlace.MAX_SUBCATEGORY_PAGES + 1);
  }

  @Test
  void aListThatDoesNotMoveOnIsAnError() {
    String body =
        "{\"continue\":{\"gcmcontinue\":\"a|b\",\"continue\":\"gcmcontinue||\"},\"query\":{}}";
    assertThatThrownBy(() -> pages(source(Reply.json(body)), MUSCARIA))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("a page after");
  }

  @Test
  void aListThatGoesOnForEverEnds() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    WikimediaCommons endless =
        new WikimediaCommons(
            request ->
                LocalServer.always(
                        Reply.json(
                            "{\"continue\":{\"gcmcontinue\":%d},\"query\":{}}"
                                .formatted(asked.incrementAndGet())))
                    .get(request));
    assertThat(pages(endless, MUSCARIA)).hasSize(2 * CommonsPlace.MAX_PAGES);
  }

  @Test
  void anAnswerSetsNothingButWhereToGoOn() throws Exception {
    PhotoPage page =
        page(
            Reply.json(
                "{\"continue\":{\"gcmcontinue\":\"1\",\"iiurlwidth\":77,\"action\":\"edit\"},"
                    + "\"query\":{}}"));
    assertThat(page.next()).isEqualTo("category 2 gcmcontinue=1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "{\"batch\":1}", "<!DOCTYPE html><html></html>"})
  void anotherShapeSaysWhatWasExpectedAndFound(String body) {
    assertThatThrownBy(() -> page(Reply.json(body)))
        .isInstanceOf(SourceException.class)
        .hasMessageStartingWith("Expected a page of files")
        .hasMessageContaining(body.isEmpty() ? "found nothing" : "found " + body);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "7",
        "category",
        "category 0",
        "others 1",
        "search 1 a b",
        "species 1",
        "species 1 open=x"
      })
  void aForeignCursorIsRefused(String cursor) {
    assertThatThrownBy(() -> source(map()).photos(MUSCARIA, cursor))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("found \"" + cursor + "\"");
  }
}
