package app.mushroom.collector.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import app.mushroom.collector.fetch.FetchException.Reason;
import app.mushroom.collector.fetch.HostRules.Quota;
import app.mushroom.collector.fetch.LocalHost.Asked;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a host sees of us, in time that passes only while we wait or it takes its time. */
class PolitenessTest {
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
  @CsvSource({
    "example.org, 1, 1000, 1",
    "api.inaturalist.org, 1, 1000, 1",
    "api.inaturalist.org, 60, 60000, 1",
    "api.gbif.org, 2, 1000, 1",
    "commons.wikimedia.org, 1, 1000, 1",
    "upload.wikimedia.org, 1, 1000, 1",
    "static.inaturalist.org, 2, 1000, 2",
    "inaturalist-open-data.s3.amazonaws.com, 2, 1000, 2"
  })
  void noStretchOfTimeHoldsMoreRequestsThanAHostAllows(
      String name, int atMost, long millis, int atOnce) throws Exception {
    Random random = new Random(7);
    Runnable slow =
        () -> time.pass(Duration.ofMillis(random.nextInt(2) == 0 ? 0 : random.nextInt(700)));
    host.onTheWay = slow;
    host.asking(
        "/",
        asked -> {
          slow.run();
          return LocalHost.text(200, "", "x");
        });

    together(8, 80, i -> () -> web.get(WebRequest.api(host.on(name, "/"))));

    assertThat(host.asked).hasSize(80);
    assertThat(mostWithin(times(), millis * 1_000_000)).isLessThanOrEqualTo(atMost);
    assertThat(host.mostAtOnce.get()).isLessThanOrEqualTo(atOnce);
  }

  @Test
  void aHostThatAnswersAtOnceIsAskedAsOftenAsItAllows() throws Exception {
    host.page("/", LocalHost.text(200, "", "x"));

    for (int i = 0; i < 10; i++) {
      web.get(WebRequest.api(host.on("example.org", "/")));
    }

    assertThat(times())
        .containsExactly(
            0L,
            SECOND,
            2 * SECOND,
            3 * SECOND,
            4 * SECOND,
            5 * SECOND,
            6 * SECOND,
            7 * SECOND,
            8 * SECOND,
            9 * SECOND);
  }

  @Test
  void hostsOfOneOperatorShareAnAllowanceAndOthersDoNotWait() throws Exception {
    host.page("/", LocalHost.text(200, "", "x"));

    web.get(WebRequest.api(host.on("commons.wikimedia.org", "/")));
    web.get(WebRequest.api(host.on("upload.wikimedia.org", "/")));
    web.get(WebRequest.api(host.on("example.org", "/")));
    web.get(WebRequest.api(host.on("EXAMPLE.com", "/")));

    assertThat(times()).containsExactly(0L, SECOND, SECOND, SECOND);
  }

  @Test
  void redirectsWaitForTheirTurnToo() throws Exception {
    host.page("/a", LocalHost.text(302, "Location: /b\r\n", ""));
    host.page("/b", LocalHost.text(200, "", "x"));

    web.get(WebRequest.api(host.on("example.org", "/a")));

    assertThat(times()).containsExactly(0L, SECOND);
  }

  @Test
  void inaturalistIsAskedTenThousandTimesADayAndNoMore() throws Exception {
    HostGate gate = new HostGate(HostRules.of("api.inaturalist.org"), time);
    List<Long> times = new ArrayList<>();

    for (int i = 0; i < 25_000; i++) {
      try (Turn turn = gate.enter(1)) {
        times.add(time.nanos());
        turn.answered();
      }
    }

    assertThat(mostWithin(times, SECOND)).isEqualTo(1);
    assertThat(mostWithin(times, 60 * SECOND)).isEqualTo(60);
    assertThat(mostWithin(times, 86_400 * SECOND)).isBetween(9_990, 10_000);
  }

  @Test
  void inaturalistsMediaStayUnderFiveGigabytesAnHourAndTwentyFourADay() throws Exception {
    HostGate gate = new HostGate(HostRules.of("static.inaturalist.org"), time);
    long photo = 3_000_000;
    List<Long> times = new ArrayList<>();

    for (int i = 0; i < 20_000; i++) {
      try (Turn turn = gate.enter(20_000_000)) {
        times.add(time.nanos());
        turn.answered();
        turn.brought(photo);
      }
    }

    assertThat(mostWithin(times, 3_600 * SECOND) * photo).isLessThanOrEqualTo(5_000_000_000L);
    assertThat(mostWithin(times, 86_400 * SECOND) * photo)
        .isBetween(20_000_000_000L, 24_000_000_000L);
  }

  @Test
  void quotasAreWholeNumbersOfSomething() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Quota(1, Duration.ofDays(1), 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Quota(1, Duration.ofDays(1), 2));
    assertThatIllegalArgumentException().isThrownBy(() -> new Quota(1, Duration.ZERO, 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "Sat, 21 Nov 2026 12:00:07 GMT", "Saturday, 21-Nov-26 12:00:07 GMT"})
  void retryAfterIsObeyed(String retryAfter) throws Exception {
    host.asking("/", asked -> firstThen(1, 429, retryAfter));

    assertThat(web.get(WebRequest.api(host.on("example.org", "/"))).status()).isEqualTo(200);
    assertThat(times()).containsExactly(0L, 7 * SECOND);
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503})
  void retryAfterHoldsTheWholeHostAndNoOther(int status) throws Exception {
    host.asking("/", asked -> firstThen(4, status, "5"));
    host.page("/else", LocalHost.text(200, "", "x"));

    assertThat(Webs.failure(web, host.on("example.org", "/"))).isNotNull();
    assertThat(times()).containsExactly(0L, 5 * SECOND, 10 * SECOND, 15 * SECOND);
    web.get(WebRequest.api(host.on("example.com", "/else")));
    web.get(WebRequest.api(host.on("example.org", "/else")));

    assertThat(times().subList(4, 6)).containsExactly(15 * SECOND, 20 * SECOND);
  }

  @Test
  void whoAsksForMoreThanTenMinutesIsLeftUntilThen() throws Exception {
    host.asking("/", asked -> firstThen(1, 429, "3600"));

    FetchException failure = Webs.failure(web, host.on("example.org", "/"));
    assertThat(failure.reason()).isEqualTo(Reason.TOO_MANY_REQUESTS);
    assertThat(failure).hasMessageContaining("2026-11-21T13:00:00Z");
    assertThat(failure.leftAloneUntil()).isEqualTo("2026-11-21T13:00:00Z");

    time.pass(Duration.ofMinutes(30));
    failure = Webs.failure(web, host.on("example.org", "/"));
    assertThat(failure.reason()).isEqualTo(Reason.TOO_MANY_REQUESTS);
    assertThat(failure).hasMessageContaining("2026-11-21T13:00:00Z");
    assertThat(failure.leftAloneUntil()).isEqualTo("2026-11-21T13:00:00Z");
    assertThat(host.asked).hasSize(1);

    time.pass(Duration.ofMinutes(25));
    assertThat(web.get(WebRequest.api(host.on("example.org", "/"))).status()).isEqualTo(200);
    assertThat(times()).containsExactly(0L, 3_600 * SECOND);
  }

  @Test
  void whoAnswersNothingButThatItIsTooMuchIsLeftAloneForAnHour() throws Exception {
    host.page("/", LocalHost.text(429, "", "too much"));
    host.page("/good", LocalHost.text(200, "", "x"));
    URI asked = host.on("example.org", "/");

    assertThat(Webs.failure(web, asked).leftAloneUntil()).isNull();
    assertThat(Webs.failure(web, asked).leftAloneUntil()).isNull();
    host.page("/gone", LocalHost.text(404, "", "x"));
    assertThat(Webs.failure(web, host.on("example.org", "/gone")).leftAloneUntil()).isNull();
    assertThat(Webs.failure(web, asked).leftAloneUntil()).as("something else came").isNull();
    assertThat(Webs.failure(web, asked).leftAloneUntil()).isNull();
    assertThat(Webs.failure(web, asked).leftAloneUntil()).isEqualTo(time.now().plusSeconds(3_600));

    int requests = host.asked.size();
    assertThat(requests).isEqualTo(5 * 4 + 1);
    assertThat(Webs.failure(web, host.on("example.org", "/good")).leftAloneUntil()).isNotNull();
    assertThat(host.asked).hasSize(requests);
    time.pass(Duration.ofHours(1));
    assertThat(web.get(WebRequest.api(host.on("example.org", "/good"))).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 503})
  void aHostThatOnlyFailsIsNotLeftAlone(int status) {
    host.page("/", LocalHost.text(status, "", "x"));
    for (int i = 0; i < 5; i++) {
      assertThat(Webs.failure(web, host.on("example.org", "/")).leftAloneUntil()).isNull();
    }
  }

  @Test
  void whereRobotsTxtAsksToWaitThePhotosWaitAsLong() throws Exception {
    host.asking("/robots.txt", asked -> firstThen(1, 503, "3600"));
    WebRequest photo = WebRequest.photo(host.on("example.org", "/p.jpg"), null);

    FetchException failure = Webs.failure(web, photo);
    assertThat(failure.leftAloneUntil()).isEqualTo("2026-11-21T13:00:00Z");
    assertThat(failure.reason()).isEqualTo(Reason.HOST_FAILED);
    assertThat(host.paths()).containsExactly("/robots.txt");
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "-5", "", "1.5"})
  void whatIsNoRetryAfterIsNone(String retryAfter) throws Exception {
    host.asking("/", asked -> firstThen(1, 429, retryAfter));

    assertThat(web.get(WebRequest.api(host.on("example.org", "/"))).status()).isEqualTo(200);
    assertThat(host.asked).hasSize(2);
  }

  @Test
  void absurdRetryAfterIsADay() {
    assertThat(RetryAfter.parse("99999999999999999999", VirtualTime.START))
        .isEqualTo(Duration.ofDays(1));
    assertThat(RetryAfter.parse("Sat, 21 Nov 2099 12:00:07 GMT", VirtualTime.START))
        .isEqualTo(Duration.ofDays(1));
    assertThat(RetryAfter.parse("Sat, 21 Nov 2020 12:00:07 GMT", VirtualTime.START))
        .isEqualTo(Duration.ZERO);
  }

  @Test
  void pausesAreRandomUpToABoundThatDoubles() {
    host.page("/", LocalHost.text(500, "", "x"));
    long[] longest = new long[3];
    for (int i = 0; i < 60; i++) {
      host.asked.clear();
      Webs.failure(web, host.on("h" + i + ".example.org", "/"));
      List<Long> times = times();
      for (int k = 0; k < 3; k++) {
        long pause = times.get(k + 1) - times.get(k);
        // The host's own gap is a second, whatever the dice say.
        assertThat(pause).isBetween(SECOND, 2 * SECOND << k);
        longest[k] = Math.max(longest[k], pause);
      }
    }

    assertThat(longest[1]).isGreaterThan(2 * SECOND);
    assertThat(longest[2]).isGreaterThan(4 * SECOND);
  }

  @Test
  void aCrawlGoesOnAfterA429() throws Exception {
    host.asking("/", asked -> firstThen(3, 429, "2"));
    host.page("/more", LocalHost.text(200, "", "more"));

    assertThat(web.get(WebRequest.api(host.on("example.org", "/"))).status()).isEqualTo(200);
    assertThat(web.get(WebRequest.api(host.on("example.org", "/more"))).body())
        .asString()
        .isEqualTo("more");
    assertThat(times()).containsExactly(0L, 2 * SECOND, 4 * SECOND, 6 * SECOND, 7 * SECOND);
  }

  @Test
  void saysWhoAsksAndNothingElse() throws Exception {
    host.page("/", LocalHost.text(200, "Set-Cookie: a=b\r\n", "x"));

    web.get(WebRequest.api(host.on("example.org", "/")));
    web.get(
        WebRequest.photo(
            host.on("example.org", "/"), URI.create("http://me@example.com/find?id=1#top")));

    Asked first = host.asked.get(0);
    Asked second = host.asked.get(host.asked.size() - 1);
    assertThat(first.header("User-Agent"))
        .isEqualTo("MushroomApp-Collector/0.1.0 (+https://example.org/collector)");
    assertThat(first.header("Referer")).isNull();
    assertThat(first.headers().keySet())
        .containsExactlyInAnyOrder("host", "user-agent", "accept", "accept-encoding", "connection");
    assertThat(first.header("Host")).isEqualTo("example.org:" + host.port());
    assertThat(second.header("Referer")).isEqualTo("http://example.com/find?id=1");
    assertThat(second.header("Cookie")).isNull();
  }

  @Test
  void aSecurePageIsNotToldToAnOpenHost() throws Exception {
    host.page("/", LocalHost.text(200, "", "x"));

    web.get(WebRequest.photo(host.on("example.org", "/"), URI.create("https://example.com/find")));

    assertThat(host.asked.get(host.asked.size() - 1).header("Referer")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"me@example.org", "https://example.org", "http://example.org/~me?x=1"})
  void contactsAreAddressesOrPages(String contact) {
    assertThat(new UserAgent("1.2", contact).header())
        .isEqualTo("MushroomApp-Collector/1.2 (+" + contact + ")");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "me", "example.org", "ftp://x", "https://", "a@b)c", "a@b\r\nX: y", "@"})
  void withoutAContactNobodyIsAsked(String contact) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new UserAgent("1.2", contact))
        .withMessageContaining("write to you before they lock you out");
  }

  /** The first so many answers are of that status, those after it are 200. */
  private LocalHost.Answer firstThen(int count, int status, String retryAfter) {
    return host.asked.size() <= count
        ? LocalHost.text(status, "Retry-After: " + retryAfter + "\r\n", "wait")
        : LocalHost.text(200, "", "x");
  }

  private List<Long> times() {
    return host.asked.stream().map(Asked::nanos).toList();
  }

  /** Most of the times that lie in one stretch of that length. */
  private static int mostWithin(List<Long> unsorted, long nanos) {
    List<Long> times = unsorted.stream().sorted().toList();
    int most = 0;
    int first = 0;
    for (int last = 0; last < times.size(); last++) {
      while (times.get(last) - times.get(first) >= nanos) {
        first++;
      }
      most = Math.max(most, last - first + 1);
    }
    return most;
  }

  private static void together(int threads, int count, IntFunction<Callable<?>> task)
      throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        running.add(pool.submit(task.apply(i)));
      }
      for (Future<?> future : running) {
        future.get();
      }
    } finally {
      pool.shutdownNow();
    }
  }
}
