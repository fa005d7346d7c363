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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BingImagesTest {
  private static final String SHELL = "<html><body><div id=\"mmComponent\"></div></body></html>";

  /** Answers as Bing does: what lies beyond the last page is a shell, or the last page again. */
  private static Reply answer(Ask ask, int results, boolean repeats) {
    int first = (int) ask.number("first", 1);
    int count = (int) ask.number("count", 35);
    if (repeats && first > results) {
      first = (results - 1) / count * count + 1;
    }
    String entries =
        IntStream.range(first, Math.min(results + 1, first + count))
            .mapToObj(i -> entry("https://host.example/" + i + ".jpg"))
            .collect(Collectors.joining());
    return Reply.html(entries.isEmpty() ? SHELL : page(entries));
  }

  private static String page(String entries) {
    return "<ul class=\"dgControl_list\">" + entries + "</ul>";
  }

  private static String entry(String address) {
    return anchor(
        """
        {"sid":"","cid":"Ebdz7mQw","purl":"https://page.example/fly","murl":"%s",
         "turl":"https://ts1.mm.bing.net/th?id=OIP.x&pid=15.1","md5":"0",
         "t":"Title with \\"quotes\\" or <b>tags</b>"}
        """
            .formatted(address));
  }

  private static String anchor(String details) {
    return """
    <li><div class="iuscp"><div class="imgpt">
     <a class="iusc" style="height:180px" m="%s" href="/images/search?view=detailV2&amp;mediaurl=x">
      <img class="mimg" src="https://th.bing.com/th?id=OIP.x&amp;w=269"></a></div></div></li>
    """
        .formatted(details.replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;"));
  }

  private static PhotoPage read(String... entries) throws Exception {
    return new BingImages(LocalServer.always(Reply.html(page(String.join("", entries)))))
        .photos(MUSCARIA, null);
  }

  private static BingImages source(LocalServer server) {
    return new BingImages(LocalServer.web(), server.address());
  }

  @ParameterizedTest
  @CsvSource({
    "0,false,1",
    "1,false,2",
    "34,false,2",
    "35,false,2",
    "36,false,3",
    "105,false,4",
    "1,true,2",
    "35,true,2",
    "36,true,3",
    "105,true,4"
  })
  void listsUntilNothingNewComes(int results, boolean repeats, int requests) throws Exception {
    try (LocalServer server = new LocalServer(ask -> answer(ask, results, repeats))) {
      assertThat(ids(pages(source(server), MUSCARIA))).hasSize(results).doesNotHaveDuplicates();
      assertThat(server.asked).hasSize(requests);
    }
  }

  @Test
  void aListThatGoesOnForEverEnds() throws Exception {
    try (LocalServer server = new LocalServer(ask -> answer(ask, 1_000_000, false))) {
      assertThat(pages(source(server), MUSCARIA)).hasSize(BingImages.MAX_PAGES);
    }
  }

  @Test
  void asksStrictlyForPhotographsByTheNameInQuotes() throws Exception {
    try (LocalServer server = new LocalServer(ask -> answer(ask, 36, false))) {
      pages(source(server), MUSCARIA);
      Ask first = server.asked.get(0);
      assertThat(first.path()).isEqualTo("/images/async");
      assertThat(first.get("q")).isEqualTo("\"Amanita muscaria\"");
      assertThat(first.get("adlt")).isEqualTo("strict");
      assertThat(first.get("mmasync")).isEqualTo("1");
      assertThat(first.get("qft")).isEqualTo(" filterui:photo-photo filterui:license-L2_L3_L4");
      assertThat(server.asked).extracting(ask -> ask.get("first")).containsExactly("1", "36", "71");
    }
  }

  @Test
  void isReadAsAPageSoThatRobotsAreAsked() throws Exception {
    new BingImages(
            request -> {
              assertThat(request.use()).isEqualTo(app.mushroom.collector.fetch.WebRequest.Use.PAGE);
              return LocalServer.always(Reply.html(SHELL)).get(request);
            })
        .photos(MUSCARIA, null);
  }

  @Test
  void aNewInstanceGoesOnFromACursor() throws Exception {
    try (LocalServer server = new LocalServer(ask -> answer(ask, 100, true))) {
      List<PhotoPage> all = pages(source(server), MUSCARIA);
      assertThat(pages(source(server), MUSCARIA, all.get(0).next()))
          .isEqualTo(all.subList(1, all.size()));
    }
  }

  @Test
  void readsAPhotoWhoseLicenceNobodyKnows() throws Exception {
    assertThat(only(read(entry("https://host.example/full.jpg?a=1&b=2"))))
        .isEqualTo(
            new OfferedPhoto(
                "bing",
                "https://host.example/full.jpg?a=1&b=2",
                URI.create("https://host.example/full.jpg?a=1&b=2"),
                URI.create("https://page.example/fly"),
                null,
                null,
                new Licence("unknown", ""),
                null,
                "Amanita muscaria"));
  }

  @Test
  void skipsBadEntriesOneByOne() throws Exception {
    PhotoPage page =
        read(
            anchor(""),
            anchor("{not json}"),
            anchor("[]"),
            anchor("{\"purl\":\"https://page.example\"}"),
            anchor("{\"murl\":\"\"}"),
            entry("data:image/png;base64,AAAA"),
            entry("ftp://host.example/1.jpg"),
            entry("javascript:alert(1)"),
            "<a class=\"iusc\" href=\"x\">without details</a>",
            entry("https://host.example/1.jpg"),
            entry("https://host.example/1.jpg"));
    assertThat(only(page).address()).hasToString("https://host.example/1.jpg");
    assertThat(reasons(page))
        .containsExactly(
            "no_details",
            "bad_details",
            "bad_details",
            "no_address",
            "no_address",
            "bad_address",
            "bad_address",
            "bad_address",
            "duplicate");
    assertThat(page.skipped().get(1).where()).isEqualTo("result 2");
  }

  @Test
  void theOrderOfAttributesDoesNotMatter() throws Exception {
    assertThat(
            read("<a m='{\"murl\":\"https://h.example/1\"}' href=x class='x iusc'></a>").photos())
        .hasSize(1);
  }

  @Test
  void aPageOfBadEntriesIsNotTheEnd() throws Exception {
    assertThat(read(anchor("")).next()).isNotNull();
  }

  @Test
  void pageThatIsNoWebAddressIsLeftOut() throws Exception {
    PhotoPage page =
        read(anchor("{\"murl\":\"https://h.example/1\",\"purl\":\"javascript:void(0)\"}"));
    assertThat(only(page).page()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", SHELL, "no html at all"})
  void anEmptyPageEndsTheList(String body) throws Exception {
    PhotoPage page = new BingImages(LocalServer.always(Reply.html(body))).photos(MUSCARIA, "2 abc");
    assertThat(page).isEqualTo(new PhotoPage(List.of(), List.of(), null));
  }

  @Test
  void aCaptchaIsNoEmptyPage() {
    Reply captcha = Reply.html("<form action=\"/turing/captcha/challenge\"></form>");
    assertThatThrownBy(() -> new BingImages(LocalServer.always(captcha)).photos(MUSCARIA, null))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("captcha");
  }

  @Test
  void anotherTypeIsNoPage() {
    assertThatThrownBy(
            () -> new BingImages(LocalServer.always(Reply.json("{}"))).photos(MUSCARIA, null))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("found application/json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2", "0 abc", "1000 abc", "2 xyz", "category 1"})
  void aForeignCursorIsRefused(String cursor) {
    assertThatThrownBy(
            () -> new BingImages(LocalServer.always(Reply.html(SHELL))).photos(MUSCARIA, cursor))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("found \"" + cursor + "\"");
  }
}
