package app.mushroom.collector.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.collector.fetch.FetchException.Reason;
import app.mushroom.collector.fetch.LocalHost.Asked;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RobotsTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final VirtualTime time = new VirtualTime();
  private final LocalHost host = new LocalHost(time);
  private final HttpWeb web = Webs.of(host, time);

  @AfterEach
  void close() throws IOException {
    web.close();
    host.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                                                   | /a   | true",
        "User-agent: *;Disallow:                                              | /a   | true",
        "User-agent: *;Disallow: /                                            | /a   | false",
        "User-agent: *;Disallow: /a                                           | /a/b | false",
        "User-agent: *;Disallow: /a                                           | /b   | true",
        "User-agent: *;Disallow: /;Allow: /a                                  | /a   | true",
        "User-agent: *;Disallow: /*.jpg$                                      | /x.jpg | false",
        "User-agent: *;Disallow: /*.jpg$                                      | /x.jpg?1 | true",
        "User-agent: MushroomApp-Collector;Disallow: /                        | /a   | false",
        "User-agent: mushroomapp-collector;Disallow: /                        | /a   | false",
        "User-agent: *;Disallow: /;;User-agent: MushroomApp-Collector;Allow: / | /a  | true",
        "User-agent: GPTBot;Disallow: /                                       | /a   | true",
        "User-agent: GPTBot;User-agent: *;Disallow: /                         | /a   | false",
        "disallow: /                                                          | /a   | true",
        "<html><body>Welcome</body></html>                                    | /a   | true"
      })
  void doesWhatRobotsTxtSays(String robotsTxt, String path, boolean allowed) throws Exception {
    host.page("/robots.txt", LocalHost.text(200, "", robotsTxt.replace(';', '\n') + "\n"));
    host.page(path, LocalHost.text(200, "", "x"));

    for (WebRequest request :
        List.of(
            WebRequest.page(host.on("example.org", path)),
            WebRequest.photo(host.on("example.org", path), null))) {
      if (allowed) {
        assertThat(web.get(request).status()).isEqualTo(200);
      } else {
        assertThat(Webs.failure(web, request).reason()).isEqualTo(Reason.ROBOTS);
      }
    }
    assertThat(host.paths()).hasSize(allowed ? 3 : 1).startsWith("/robots.txt");
    assertThat(web.get(WebRequest.api(host.on("example.org", path))).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 410, 451})
  void whereThereIsNoneEverythingMayBeFetched(int status) throws Exception {
    host.page("/robots.txt", LocalHost.text(status, "", "User-agent: *\nDisallow: /\n"));
    host.page("/a", LocalHost.text(200, "", "x"));

    assertThat(web.get(page("/a")).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"500,HOST_FAILED,4", "503,HOST_FAILED,4", "429,TOO_MANY_REQUESTS,4", "0,BROKE_OFF,2"})
  void whileItCannotBeHadNothingIsFetched(int status, Reason reason, int tries) throws Exception {
    boolean[] well = {false};
    host.asking(
        "/robots.txt",
        asked ->
            well[0]
                ? LocalHost.text(200, "", "User-agent: *\nDisallow: /b\n")
                : status == 0 ? out -> {} : LocalHost.text(status, "", ""));
    host.page("/a", LocalHost.text(200, "", "x"));

    FetchException failure = Webs.failure(web, page("/a"));
    assertThat(failure.reason()).isEqualTo(reason);
    assertThat(failure.reason().isPassing()).isTrue();
    assertThat(failure).hasMessageContaining("/robots.txt cannot be had");
    assertThat(Webs.failure(web, page("/b")).reason()).isEqualTo(reason);
    assertThat(host.paths()).hasSize(tries).containsOnly("/robots.txt");

    well[0] = true;
    time.pass(Duration.ofHours(1));
    assertThat(web.get(page("/a")).status()).isEqualTo(200);
    assertThat(Webs.failure(web, page("/b")).reason()).isEqualTo(Reason.ROBOTS);
  }

  @Test
  void isAskedOnceADay() throws Exception {
    String[] says = {""};
    host.asking("/robots.txt", asked -> LocalHost.text(200, "", says[0]));
    host.page("/a", LocalHost.text(200, "", "x"));

    web.get(page("/a"));
    says[0] = "User-agent: *\nDisallow: /\n";
    time.pass(Duration.ofHours(23));
    web.get(page("/a"));
    time.pass(Duration.ofHours(1));
    assertThat(Webs.failure(web, page("/a")).reason()).isEqualTo(Reason.ROBOTS);

    assertThat(host.paths()).containsExactly("/robots.txt", "/a", "/a", "/robots.txt");
  }

  @Test
  void isAskedOfEveryHostThatARedirectLeadsTo() {
    host.asking(
        "/robots.txt",
        asked ->
            LocalHost.text(
                200,
                "",
                String.valueOf(asked.header("Host")).startsWith("closed")
                    ? "User-agent: *\nDisallow: /\n"
                    : ""));
    host.page(
        "/a", LocalHost.text(302, "Location: " + host.on("closed.example.org", "/b") + "\r\n", ""));

    assertThat(Webs.failure(web, page("/a")).reason()).isEqualTo(Reason.ROBOTS);
    assertThat(host.paths()).containsExactly("/robots.txt", "/a", "/robots.txt");
  }

  @Test
  void mayBeSomewhereElse() {
    host.page("/robots.txt", LocalHost.text(301, "Location: /other.txt\r\n", ""));
    host.page("/other.txt", LocalHost.text(200, "", "User-agent: *\nDisallow: /\n"));

    assertThat(Webs.failure(web, page("/a")).reason()).isEqualTo(Reason.ROBOTS);
  }

  @Test
  void leadsNowhereForbidden() {
    host.page(
        "/robots.txt", LocalHost.text(301, "Location: http://169.254.169.254/robots.txt\r\n", ""));

    assertThat(Webs.failure(web, page("/a")).reason()).isEqualTo(Reason.FORBIDDEN_ADDRESS);
  }

  @Test
  void onlyItsFirst500KibibytesCount() throws Exception {
    String rule = "User-agent: *\nDisallow: /early\n";
    String filler = "#" + "x".repeat(Robots.MAX_BYTES - rule.length() - 2) + "\n";
    host.page("/robots.txt", LocalHost.text(200, "", rule + filler + "Disallow: /late\n"));
    host.page("/late", LocalHost.text(200, "", "x"));

    assertThat(Webs.failure(web, page("/early")).reason()).isEqualTo(Reason.ROBOTS);
    assertThat(web.get(page("/late")).status()).isEqualTo(200);
  }

  @Test
  void crawlDelayMakesUsSlower() throws Exception {
    host.page("/robots.txt", LocalHost.text(200, "", "User-agent: *\nCrawl-delay: 5\n"));
    host.page("/a", LocalHost.text(200, "", "x"));

    for (int i = 0; i < 3; i++) {
      web.get(page("/a"));
    }

    assertThat(times()).containsExactly(0L, 5 * SECOND, 10 * SECOND, 15 * SECOND);
  }

  @Test
  void crawlDelayHoldsForAllLanesTogether() throws Exception {
    host.page("/robots.txt", LocalHost.text(200, "", "User-agent: *\nCrawl-delay: 5\n"));
    host.page("/a", LocalHost.text(200, "", "x"));

    for (int i = 0; i < 4; i++) {
      web.get(WebRequest.photo(host.on("static.inaturalist.org", "/a"), null));
    }

    assertThat(times()).containsExactly(0L, 5 * SECOND, 10 * SECOND, 15 * SECOND, 20 * SECOND);
  }

  @Test
  void shorterCrawlDelaysMakeUsNoFasterAndEndlessOnesKeepUsOut() throws Exception {
    host.page("/robots.txt", LocalHost.text(200, "", "User-agent: *\nCrawl-delay: 0.1\n"));
    host.page("/a", LocalHost.text(200, "", "x"));
    web.get(page("/a"));
    assertThat(times()).containsExactly(0L, SECOND);

    host.page("/robots.txt", LocalHost.text(200, "", "User-agent: *\nCrawl-delay: 86400\n"));
    URI other = host.on("example.com", "/a");
    assertThat(Webs.failure(web, WebRequest.page(other)).reason()).isEqualTo(Reason.ROBOTS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "noindex                                       | true",
        "NoIndex                                       | true",
        "noimageindex                                  | true",
        "noai                                          | true",
        "noimageai                                     | true",
        "none                                          | true",
        "nofollow, noai                                | true",
        "  nofollow ,noimageai,  noarchive             | true",
        "mushroomapp-collector: noindex                | true",
        "MushroomApp-Collector: nofollow, noai         | true",
        "*: noindex                                    | true",
        "googlebot: nofollow, *: none                  | true",
        "unavailable_after: 25 Jun 2099 15:00:00 PST, noai | true",
        "max-snippet: 5, noindex                       | true",
        "nofollow ; noindex                            | true",
        "googlebot: nofollow ; noai                    | true",
        "all                                           | false",
        "nofollow                                      | false",
        "noarchive, nosnippet                          | false",
        "googlebot: noindex                            | false",
        "googlebot: nofollow, noindex                  | false",
        "googlebot: noindex, mushroomapp-collector: all | false",
        "unavailable_after: 25 Jun 2099 15:00:00 PST   | false",
        "noindexing                                    | false",
        "''                                            | false"
      })
  void xRobotsTagKeepsPagesAndPhotosFromUs(String headers, boolean out) throws Exception {
    StringBuilder head = new StringBuilder();
    for (String header : headers.split(";")) {
      head.append("X-Robots-Tag: ").append(header).append("\r\n");
    }
    host.page("/a", LocalHost.text(200, head.toString(), "x"));

    for (WebRequest request :
        List.of(page("/a"), WebRequest.photo(host.on("example.org", "/a"), null))) {
      if (out) {
        assertThat(Webs.failure(web, request).reason()).isEqualTo(Reason.ROBOTS);
      } else {
        assertThat(web.get(request).status()).isEqualTo(200);
      }
    }
    assertThat(web.get(WebRequest.api(host.on("example.org", "/a"))).status()).isEqualTo(200);
  }

  private WebRequest page(String path) {
    return WebRequest.page(host.on("example.org", path));
  }

  private List<Long> times() {
    return host.asked.stream().map(Asked::nanos).toList();
  }
}
