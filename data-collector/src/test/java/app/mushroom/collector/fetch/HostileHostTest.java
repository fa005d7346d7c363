package app.mushroom.collector.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.collector.fetch.FetchException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileHostTest {
  private static final int MAX_BYTES = 100_000;

  private final LocalHost host = new LocalHost(null);
  private final HttpWeb web = Webs.small(host, MAX_BYTES, Duration.ofSeconds(20));
  private final HttpWeb hurried = Webs.small(host, MAX_BYTES, Duration.ofMillis(250));

  @AfterEach
  void close() throws IOException {
    web.close();
    hurried.close();
    host.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 99_999, MAX_BYTES})
  void whatFitsComesWhole(int bytes) throws Exception {
    byte[] body = new byte[bytes];
    new Random(bytes).nextBytes(body);
    host.page("/", LocalHost.bytes(200, "Content-Type: Image/JPEG; q=1\r\n", body));
    host.page("/chunked", chunked(body));
    host.page("/open", out -> writeAll(out, LocalHost.head(200, ""), body));
    host.page("/gzip", LocalHost.bytes(200, "Content-Encoding: gzip\r\n", gzip(body)));

    assertThat(get("/").body()).isEqualTo(body);
    assertThat(get("/").contentType()).isEqualTo("image/jpeg");
    assertThat(get("/chunked").body()).isEqualTo(body);
    assertThat(get("/open").body()).isEqualTo(body);
    if (bytes < 99_999) {
      assertThat(get("/gzip").body()).isEqualTo(body);
    }
  }

  @Test
  void oneByteMoreThanFitsIsTooLarge() throws Exception {
    byte[] body = new byte[MAX_BYTES + 1];
    host.page("/open", out -> writeAll(out, LocalHost.head(200, ""), body));
    host.page("/chunked", chunked(body));
    host.page("/gzip", LocalHost.bytes(200, "Content-Encoding: gzip\r\n", gzip(body)));

    assertThat(reason("/open")).isEqualTo(Reason.TOO_LARGE);
    assertThat(reason("/chunked")).isEqualTo(Reason.TOO_LARGE);
    assertThat(reason("/gzip")).isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void anEndlessBodyIsCutOff() {
    host.page("/", out -> endless(out, LocalHost.head(200, ""), new byte[8192]));
    host.page(
        "/chunked",
        out ->
            endless(
                out,
                LocalHost.head(200, "Transfer-Encoding: chunked\r\n"),
                ("2000\r\n" + "x".repeat(0x2000) + "\r\n").getBytes(StandardCharsets.US_ASCII)));

    assertThat(reason("/")).isEqualTo(Reason.TOO_LARGE);
    assertThat(reason("/chunked")).isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void theStandardCapIsTwentyMegabytes() throws Exception {
    byte[] most = new byte[20_000_000];
    host.page("/most", LocalHost.bytes(200, "", most));
    host.page("/endless", out -> endless(out, LocalHost.head(200, ""), new byte[65_536]));
    try (HttpWeb standard =
        Webs.of(host, new VirtualTime(), HostRules::unlimited, WebLimits.STANDARD)) {
      assertThat(standard.get(WebRequest.api(host.at("/most"))).body()).hasSize(20_000_000);
      assertThat(Webs.failure(standard, host.at("/endless")).reason()).isEqualTo(Reason.TOO_LARGE);
    }
  }

  @Test
  void aGzipBombStopsAtTheCap() throws IOException {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 80; i++) {
        gzip.write(zeros);
      }
    }
    assertThat(bomb.size()).isLessThan(MAX_BYTES);
    host.page("/", LocalHost.bytes(200, "Content-Encoding: gzip\r\n", bomb.toByteArray()));

    assertThat(reason("/")).isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void manyPackedBytesThatUnpackToNothingAreTooLarge() throws IOException {
    byte[] nothing = gzip(new byte[0]);
    host.page("/", out -> endless(out, LocalHost.head(200, "Content-Encoding: gzip\r\n"), nothing));
    byte[] endlessName = {0x1f, (byte) 0x8b, 8, 8, 0, 0, 0, 0, 0, 0};
    host.page(
        "/name",
        out ->
            endless(
                out,
                new String(
                        LocalHost.head(200, "Content-Encoding: gzip\r\n"),
                        StandardCharsets.ISO_8859_1)
                    .concat(new String(endlessName, StandardCharsets.ISO_8859_1))
                    .getBytes(StandardCharsets.ISO_8859_1),
                "x".repeat(8192).getBytes(StandardCharsets.US_ASCII)));

    assertThat(reason("/")).isEqualTo(Reason.TOO_LARGE);
    assertThat(reason("/name")).isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void brokenOrUnaskedPackingIsNoAnswer() throws IOException {
    byte[] packed = gzip(new byte[50_000]);
    byte[] half = java.util.Arrays.copyOf(packed, packed.length / 2);
    host.page("/half", LocalHost.bytes(200, "Content-Encoding: gzip\r\n", half));
    host.page("/none", LocalHost.text(200, "Content-Encoding: gzip\r\n", "plain"));
    host.page("/br", LocalHost.text(200, "Content-Encoding: br\r\n", "x"));
    host.page("/twice", LocalHost.bytes(200, "Content-Encoding: gzip, gzip\r\n", packed));

    for (String path : new String[] {"/half", "/none", "/br", "/twice"}) {
      assertThat(reason(path)).as(path).isEqualTo(Reason.BROKE_OFF);
    }
  }

  @Test
  void aBodyShorterThanAnnouncedBrokeOffAndIsTriedOnceMore() {
    host.page(
        "/", out -> writeAll(out, LocalHost.head(200, "Content-Length: 10\r\n"), new byte[9]));

    assertThat(reason("/")).isEqualTo(Reason.BROKE_OFF);
    assertThat(host.paths()).hasSize(2);
  }

  @Test
  void tooMuchAnnouncedIsNotRead() {
    CountDownLatch never = new CountDownLatch(1);
    host.page(
        "/",
        out -> {
          out.write(LocalHost.head(200, "Content-Length: " + (MAX_BYTES + 1) + "\r\n"));
          out.flush();
          await(never);
        });

    FetchException failure = Webs.failure(web, host.at("/"));

    assertThat(failure.reason()).isEqualTo(Reason.TOO_LARGE);
    assertThat(failure).hasMessageContaining("100,001 announced");
    never.countDown();
  }

  @Test
  void whatComesBeyondTheAnnouncedLengthIsNeverTheNextAnswer() throws Exception {
    byte[] smuggled = "HTTP/1.1 200 x\r\nContent-Length: 3\r\n\r\nbad".getBytes();
    host.page(
        "/",
        out ->
            writeAll(out, LocalHost.head(200, "Content-Length: 2\r\n"), "ok".getBytes(), smuggled));
    host.page("/next", LocalHost.text(200, "", "good"));

    assertThat(get("/").body()).asString().isEqualTo("ok");
    assertThat(get("/next").body()).asString().isEqualTo("good");
  }

  @ParameterizedTest
  @ValueSource(strings = {"silence", "status", "headers", "body", "interim"})
  void whoeverDripsIsLeft(String what) {
    CountDownLatch never = new CountDownLatch(1);
    host.page(
        "/",
        out -> {
          switch (what) {
            case "silence" -> await(never);
            case "status" -> drip(out, "", "H");
            case "headers" -> drip(out, "HTTP/1.1 200 x\r\nA: ", "x");
            case "interim" -> drip(out, "", "HTTP/1.1 103 x\r\n\r\n");
            default -> drip(out, "HTTP/1.1 200 x\r\nContent-Length: 1000\r\n\r\n", "x");
          }
        });

    assertThat(Webs.failure(hurried, host.at("/")).reason()).isEqualTo(Reason.TOO_SLOW);
    assertThat(host.paths()).hasSize(1);
    never.countDown();
  }

  @Test
  void redirectsAndTriesShareTheTime() {
    host.asking(
        "/a",
        asked ->
            out -> {
              drip(out, "", "", 3);
              out.write(LocalHost.head(302, "Location: /b\r\nContent-Length: 0\r\n"));
            });
    host.page("/b", out -> drip(out, "", "x"));

    assertThat(Webs.failure(hurried, host.at("/a")).reason()).isEqualTo(Reason.TOO_SLOW);
    assertThat(host.paths()).containsExactly("/a", "/b");
  }

  @Test
  void aLookupThatHangsIsNotWaitedFor() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (HttpWeb lost =
        new HttpWeb(
            Webs.AGENT,
            AddressGuard.publicOnly(),
            HostRules::unlimited,
            new Random(4),
            QuotaMemory.NONE,
            new WebLimits(MAX_BYTES, Duration.ofMillis(100)),
            new VirtualTime(),
            name -> {
              await(never);
              return new java.net.InetAddress[0];
            })) {
      assertThat(Webs.failure(lost, URI.create("http://example.org/")).reason())
          .isEqualTo(Reason.TOO_SLOW);
    }
  }

  @Test
  void endlessHeadsAreTooLarge() {
    host.page(
        "/line",
        out -> endless(out, "HTTP/1.1 200 x\r\nA: ".getBytes(), "x".repeat(8192).getBytes()));
    host.page(
        "/lines", out -> endless(out, "HTTP/1.1 200 x\r\n".getBytes(), "A: b\r\n".getBytes()));

    assertThat(reason("/line")).isEqualTo(Reason.TOO_LARGE);
    assertThat(reason("/lines")).isEqualTo(Reason.TOO_LARGE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\r\n", "SSH-2.0-x\r\n", "HTTP/1.1 2000 x\r\n\r\n", "HTTP/1.1 200 x\r\nA"})
  void whatIsNoHttpBrokeOffAndIsTriedOnceMore(String said) {
    host.page("/", out -> out.write(said.getBytes(StandardCharsets.US_ASCII)));

    assertThat(reason("/")).isEqualTo(Reason.BROKE_OFF);
    assertThat(host.paths()).hasSize(2);
  }

  @Test
  void messagesHoldNothingThatATerminalObeys() {
    host.page("/line", out -> out.write("\u001b[2J\u0007 x\r\n\r\n".getBytes()));
    host.page("/to", LocalHost.text(302, "Location: \u001b[2J://\r\n", ""));

    for (String path : new String[] {"/line", "/to"}) {
      assertThat(Webs.failure(web, host.at(path)).getMessage()).doesNotContainPattern("\\p{Cntrl}");
    }
  }

  @Test
  void nobodyListeningBrokeOff() throws IOException {
    host.close();

    assertThat(reason("/")).isEqualTo(Reason.BROKE_OFF);
  }

  @Test
  void whatBrokeOffOnceComesTheSecondTime() throws Exception {
    host.asking(
        "/",
        asked -> host.asked.size() == 1 ? out -> out.write('x') : LocalHost.text(200, "", "there"));

    assertThat(get("/").body()).asString().isEqualTo("there");
  }

  @ParameterizedTest
  @CsvSource({
    "200,",
    "201,",
    "204,",
    "400,REFUSED",
    "401,REFUSED",
    "403,REFUSED",
    "404,NOT_FOUND",
    "405,REFUSED",
    "410,NOT_FOUND",
    "418,REFUSED",
    "451,REFUSED",
    "429,TOO_MANY_REQUESTS",
    "500,HOST_FAILED",
    "502,HOST_FAILED",
    "503,HOST_FAILED",
    "504,HOST_FAILED",
    "599,HOST_FAILED",
    "600,HOST_FAILED",
    "300,REDIRECTS",
    "302,REDIRECTS",
    "304,REDIRECTS",
    "305,REDIRECTS",
    "308,REDIRECTS"
  })
  void everyStatusMeansOneThing(int status, Reason reason) throws Exception {
    host.page("/", out -> out.write(LocalHost.head(status, "Content-Length: 0\r\n")));

    if (reason == null) {
      assertThat(get("/").status()).isEqualTo(status);
    } else {
      assertThat(Webs.failure(web, host.at("/"))).hasMessageContaining(String.valueOf(status));
      assertThat(reason("/")).isEqualTo(reason);
    }
    boolean again = status == 429 || (status >= 500 && status <= 599);
    assertThat(host.paths()).hasSize((again ? 4 : 1) * (reason == null ? 1 : 2));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void followsFiveRedirectsAndNotSix(int status) throws Exception {
    for (int i = 0; i < 6; i++) {
      host.page("/" + i, LocalHost.text(status, "Location: /" + (i + 1) + "\r\n", "moved"));
    }
    host.page("/6", LocalHost.text(200, "", "there"));

    WebAnswer answer = get("/1");
    assertThat(answer.body()).asString().isEqualTo("there");
    assertThat(answer.address()).isEqualTo(host.at("/6"));
    host.asked.clear();
    assertThat(reason("/0")).isEqualTo(Reason.REDIRECTS);
    assertThat(host.paths()).containsExactly("/0", "/1", "/2", "/3", "/4", "/5");
  }

  @Test
  void leavesRoundabouts() {
    host.page("/a", LocalHost.text(302, "Location: /b\r\n", ""));
    host.page("/b", LocalHost.text(302, "Location: a\r\n", ""));
    host.page("/self", LocalHost.text(302, "Location: #here\r\n", ""));

    assertThat(reason("/a")).isEqualTo(Reason.REDIRECTS);
    assertThat(reason("/self")).isEqualTo(Reason.REDIRECTS);
    assertThat(host.paths()).containsExactly("/a", "/b", "/self");
  }

  @ParameterizedTest
  @CsvSource({
    "/d/next, /d/next",
    "next, /d/next",
    "?q=1, /d/page?q=1",
    "../up, /up",
    "//127.0.0.1:PORT/full, /full",
    "a b, /d/a%20b",
    "ä, /d/%C3%A4",
    "/x%20y#part, /x%20y"
  })
  void understandsLocationsAsTheyAreWritten(String location, String path) throws Exception {
    String here = location.replace("PORT", String.valueOf(host.port()));
    host.page(
        "/d/page",
        out ->
            out.write(
                ("HTTP/1.1 302 x\r\nLocation: " + here + "\r\nContent-Length: 0\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8)));
    host.page(path, LocalHost.text(200, "", "there"));

    assertThat(get("/d/page").body()).asString().isEqualTo("there");
  }

  @Test
  void aCrawlGoesOnAfterAllOfThat() throws Exception {
    host.page("/endless", out -> endless(out, LocalHost.head(200, ""), new byte[8192]));
    host.page("/drip", out -> drip(out, "HTTP/1.1 200 x\r\n\r\n", "x"));
    host.page("/loop", LocalHost.text(302, "Location: /loop\r\n", ""));
    host.page("/short", out -> out.write(LocalHost.head(200, "Content-Length: 10\r\n")));
    host.page("/good", LocalHost.text(200, "", "good"));

    for (int i = 0; i < 3; i++) {
      for (String path : new String[] {"/endless", "/drip", "/loop", "/short", "/none"}) {
        assertThat(Webs.failure(hurried, host.at(path))).as(path).isNotNull();
        assertThat(hurried.get(WebRequest.api(host.at("/good"))).body())
            .asString()
            .isEqualTo("good");
      }
    }
  }

  @Test
  void closingLeavesNoThreadAndStopsWhatIsUnderWay() throws Exception {
    CountDownLatch there = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    host.page(
        "/",
        out -> {
          there.countDown();
          await(never);
        });
    HttpWeb closed = Webs.small(host, MAX_BYTES, Duration.ofSeconds(20));
    FetchException[] failure = new FetchException[1];
    Thread fetching = new Thread(() -> failure[0] = Webs.failure(closed, host.at("/")));
    fetching.start();
    there.await();
    closed.close();
    fetching.join();
    web.close();
    hurried.close();

    assertThat(failure[0].reason()).isEqualTo(Reason.BROKE_OFF);
    assertThat(Webs.failure(closed, host.at("/")).reason()).isEqualTo(Reason.BROKE_OFF);
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().startsWith("mushroom-fetch"));
    never.countDown();
  }

  private WebAnswer get(String path) throws Exception {
    return web.get(WebRequest.api(host.at(path)));
  }

  private Reason reason(String path) {
    return Webs.failure(web, host.at(path)).reason();
  }

  private static void writeAll(OutputStream out, byte[]... parts) throws IOException {
    for (byte[] part : parts) {
      out.write(part);
    }
  }

  private static LocalHost.Answer chunked(byte[] body) {
    return out -> {
      out.write(LocalHost.head(200, "Transfer-Encoding: chunked\r\n"));
      if (body.length > 0) {
        out.write((Integer.toHexString(body.length) + "\r\n").getBytes());
        out.write(body);
        out.write("\r\n".getBytes());
      }
      out.write("0\r\n\r\n".getBytes());
    };
  }

  private static void endless(OutputStream out, byte[] head, byte[] rest) throws IOException {
    out.write(head);
    while (true) {
      out.write(rest);
    }
  }

  private static void drip(OutputStream out, String head, String drop) throws IOException {
    drip(out, head, drop, Integer.MAX_VALUE);
  }

  /** A drop every 20 ms, until the other side is gone. */
  private static void drip(OutputStream out, String head, String drop, int drops)
      throws IOException {
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    CountDownLatch never = new CountDownLatch(1);
    for (int i = 0; i < drops; i++) {
      out.write(drop.getBytes(StandardCharsets.US_ASCII));
      out.flush();
      try {
        never.await(20, java.util.concurrent.TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    }
    return packed.toByteArray();
  }
}
