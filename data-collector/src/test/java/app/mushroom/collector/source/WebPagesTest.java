package app.mushroom.collector.source;

import static app.mushroom.collector.source.Lists.AMANITA;
import static app.mushroom.collector.source.Lists.MUSCARIA;
import static app.mushroom.collector.source.Lists.ids;
import static app.mushroom.collector.source.Lists.only;
import static app.mushroom.collector.source.Lists.pages;
import static app.mushroom.collector.source.Lists.reasons;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mushroom.collector.fetch.WebRequest;
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

class WebPagesTest {
  private static final int PER_PAGE = 10;
  private static final String SETTINGS =
      """
      sources:
        - name: atlas
          start: 'https://atlas.example/species/{name}'
          photo: figure.photo
          image: img
          next: 'a[rel=next]'
          licence: 'a[rel=license], .licence'
          author: .author
          max-pages: 5
      """;

  private static WebPages source(String settings, Reply reply) throws Exception {
    return new WebPages(
        LocalServer.always(reply), PageSettingsFile.read("pages.yaml", settings).get(0));
  }

  private static PhotoPage page(String html) throws Exception {
    return source(SETTINGS, Reply.html(html)).photos(MUSCARIA, null);
  }

  private static WebPages source(LocalServer server) throws Exception {
    String settings = SETTINGS.replace("https://atlas.example", server.address().toString());
    return new WebPages(LocalServer.web(), PageSettingsFile.read("pages.yaml", settings).get(0));
  }

  private static Reply answer(Ask ask, int photos) {
    int from = (int) ask.number("page", 0) * PER_PAGE;
    String figures =
        IntStream.range(from, Math.min(photos, from + PER_PAGE))
            .mapToObj(i -> "<figure class=photo><img src=/photos/" + i + ".jpg></figure>")
            .collect(Collectors.joining());
    String next =
        from + PER_PAGE < photos
            ? "<a rel=next href='?page=" + (from / PER_PAGE + 1) + "'>next</a>"
            : "";
    return Reply.html(figures + next);
  }

  @ParameterizedTest
  @CsvSource({"0,1", "1,1", "10,1", "11,2", "40,4"})
  void listsAllPagesAndEnds(int photos, int requests) throws Exception {
    try (LocalServer server = new LocalServer(ask -> answer(ask, photos))) {
      assertThat(ids(pages(source(server), MUSCARIA))).hasSize(photos).doesNotHaveDuplicates();
      assertThat(server.asked).hasSize(requests);
      assertThat(server.asked.get(0).path()).isEqualTo("/species/Amanita muscaria");
    }
  }

  @Test
  void pagesInACircleEnd() throws Exception {
    try (LocalServer server =
        new LocalServer(
            ask ->
                Reply.html(
                    "<a rel=next href=" + (ask.path().equals("/a") ? "/b" : "/a") + ">next</a>"))) {
      assertThat(pages(source(server), MUSCARIA)).hasSize(5);
    }
  }

  @Test
  void aNewInstanceGoesOnFromACursor() throws Exception {
    try (LocalServer server = new LocalServer(ask -> answer(ask, 35))) {
      List<PhotoPage> all = pages(source(server), MUSCARIA);
      assertThat(pages(source(server), MUSCARIA, all.get(0).next()))
          .isEqualTo(all.subList(1, all.size()));
    }
  }

  @Test
  void readsAPhoto() throws Exception {
    OfferedPhoto photo =
        only(
            page(
                """
                <figure class=photo><img src="../full/1.jpg">
                  <figcaption class=author>Jane &amp; <b>Joe</b></figcaption>
                  <a rel=license href="//creativecommons.org/licenses/by/4.0/">see here</a></figure>
                """));
    assertThat(photo)
        .isEqualTo(
            new OfferedPhoto(
                "atlas",
                "https://atlas.example/full/1.jpg",
                URI.create("https://atlas.example/full/1.jpg"),
                URI.create("https://atlas.example/species/Amanita%20muscaria"),
                null,
                "Jane & Joe",
                new Licence("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
                "Jane & Joe",
                "Amanita muscaria"));
  }

  @Test
  void thePhotosOwnLicenceComesBeforeThePages() throws Exception {
    PhotoPage page =
        page(
            """
            <figure class=photo><img src=/1.jpg><p class=licence>CC BY-NC 4.0</p></figure>
            <figure class=photo><img src=/2.jpg></figure>
            <footer class=licence>All rights reserved</footer>
            """);
    assertThat(page.photos())
        .extracting(photo -> photo.licence().id())
        .containsExactly("CC-BY-NC-4.0", "all-rights-reserved");
  }

  @Test
  void aPhotoDoesNotTakeTheLicenceOrAuthorOfAnother() throws Exception {
    PhotoPage page =
        page(
            """
            <figure class=photo><img src=/1.jpg><p class=licence>CC0</p><p class=author>A</p></figure>
            <figure class=photo><img src=/2.jpg></figure>
            """);
    assertThat(page.photos().get(1).licence().id()).isEqualTo("unknown");
    assertThat(page.photos().get(1).observer()).isNull();
  }

  @Test
  void severalLicencesBesideThePhotosAreNobodys() throws Exception {
    PhotoPage page =
        page(
            """
            <figure class=photo><img src=/1.jpg></figure><p class=licence>CC0</p>
            <figure class=photo><img src=/2.jpg></figure><p class=licence>CC BY 4.0</p>
            """);
    assertThat(page.photos())
        .extracting(photo -> photo.licence().id())
        .containsExactly("unknown", "unknown");
  }

  @Test
  void aPageThatStatesNoLicenceHasNone() throws Exception {
    assertThat(only(page("<figure class=photo><img src=/1.jpg></figure>")).licence().id())
        .isEqualTo("unknown");
  }

  @Test
  void skipsWhatHasNoWebAddress() throws Exception {
    PhotoPage page =
        page(
            """
            <figure class=photo></figure>
            <figure class=photo><img data-src=/1.jpg></figure>
            <figure class=photo><img src="data:image/gif;base64,R0lGOD"></figure>
            <figure class=photo><img src="javascript:void(0)"></figure>
            <figure class=photo><img src="/1.jpg#a"></figure>
            <figure class=photo><img src="/1.jpg#b"></figure>
            """);
    assertThat(only(page).address()).hasToString("https://atlas.example/1.jpg");
    assertThat(reasons(page))
        .containsExactly("no_address", "no_address", "bad_address", "bad_address", "duplicate");
  }

  @Test
  void saysWhereNothingIsSelected() throws Exception {
    assertThat(reasons(page("<p>A new design.</p>"))).containsExactly("nothing_selected");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://elsewhere.example/2",
        "javascript:next()",
        "",
        "#",
        "/species/Amanita%20muscaria",
        "mailto:a@b.example"
      })
  void doesNotTurnToOtherHostsNorToItself(String next) throws Exception {
    PhotoPage page = page("<a rel=next href=\"" + next + "\">next</a>");
    assertThat(page.next()).isNull();
  }

  @Test
  void theMatchItselfMayHoldTheAddress() throws Exception {
    WebPages source =
        source(
            """
            sources:
              - {name: club, start: 'https://club.example/{label}?q={name}', photo: a.full,
                 attribute: href, fixed-licence: CC BY 4.0}
            """,
            Reply.html("<a class=full href=/1.jpg><img src=/small.jpg></a>"));
    OfferedPhoto photo = only(source.photos(MUSCARIA, null));
    assertThat(photo.address()).hasToString("https://club.example/1.jpg");
    assertThat(photo.page())
        .hasToString("https://club.example/amanita_muscaria?q=Amanita%20muscaria");
    assertThat(photo.licence()).isEqualTo(new Licence("CC-BY-4.0", "CC BY 4.0"));
    assertThat(photo.attribution()).isNull();
  }

  @Test
  void aLabelMayHaveAStartOfItsOwnOrNone() throws Exception {
    WebPages source =
        source(
            """
            sources:
              - name: club
                photo: img
                starts:
                  amanita_muscaria: https://club.example/fly-agaric
            """,
            Reply.html("<img src=1.jpg>"));
    assertThat(only(source.photos(MUSCARIA, null)).page())
        .hasToString("https://club.example/fly-agaric");
    PhotoPage none = source.photos(AMANITA, null);
    assertThat(none.photos()).isEmpty();
    assertThat(reasons(none)).containsExactly("no_start_address");
    assertThat(none.next()).isNull();
  }

  @Test
  void isReadAsAPageSoThatRobotsAreAsked() throws Exception {
    WebPages source =
        new WebPages(
            request -> {
              assertThat(request.use()).isEqualTo(WebRequest.Use.PAGE);
              return LocalServer.always(Reply.html("")).get(request);
            },
            PageSettingsFile.read("pages.yaml", SETTINGS).get(0));
    assertThat(source.photos(MUSCARIA, null).photos()).isEmpty();
  }

  @Test
  void aPictureIsNoPage() {
    assertThatThrownBy(
            () -> source(SETTINGS, new Reply(200, "image/jpeg", "x")).photos(MUSCARIA, null))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("found image/jpeg");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2", "https://atlas.example/2", "0 https://atlas.example/2"})
  void aForeignCursorIsRefused(String cursor) {
    assertThatThrownBy(() -> source(SETTINGS, Reply.html("")).photos(MUSCARIA, cursor))
        .isInstanceOf(SourceException.class);
  }
}
