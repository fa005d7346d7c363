package app.mushroom.api.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** Clients that send a byte now and then. */
@DirtiesContext
@TestPropertySource(
    properties = {
      "spring.datasource.url=jdbc:h2:mem:slow;DB_CLOSE_DELAY=-1",
      "mushroom.clients.patience=2s",
      "mushroom.clients.uploads=4MB",
      "server.tomcat.threads.max=64"
    })
class SlowClientTest extends ServiceTest {
  /** Of one caller each. */
  private static String head(int caller) {
    return HEAD.replace("Host", "X-Forwarded-For: 203.0.113." + caller + "\r\nHost");
  }

  private static final String HEAD =
      "POST /api/v1/identifications HTTP/1.1\r\nHost: localhost\r\n"
          + "Content-Type: multipart/form-data; boundary="
          + Multipart.BOUNDARY
          + "\r\nContent-Length: 3000000\r\n\r\n--"
          + Multipart.BOUNDARY
          + "\r\n";

  @Autowired MeterRegistry meters;

  @Test
  void twoHundredSlowConnectionsAreClosedWhileOthersAreAnswered() throws Exception {
    List<SocketChannel> slow = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      slow.add(open(i % 2 == 0 ? head(i) : HEAD.substring(0, 40)));
    }
    int answered = 0;
    long start = System.nanoTime();
    AtomicInteger closed = new AtomicInteger();
    while (!slow.isEmpty()) {
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
      closed.addAndGet(dripAndCountClosed(slow));
      assertThat(identify(app.mushroom.api.fixture.TestPhotos.red()).statusCode()).isEqualTo(200);
      answered++;
    }
    assertThat(closed).hasValue(200);
    assertThat(answered).isPositive();
    assertThat(meters.get("mushroom.uploads.cut").tag("reason", "slow").counter().count())
        .isGreaterThanOrEqualTo(200);
  }

  @Test
  void aBodyThatComesTooSlowlyIsToldSo() throws Exception {
    RawHttp.Answer answer = RawHttp.send(port, HEAD, out -> {});
    assertThat(answer.status()).as(answer.toString()).isEqualTo(408);
    assertThat(answer.body()).contains("/problems/too-slow");
  }

  @Test
  void aSecondRequestOnAConnectionIsWatchedAsTheFirst() throws Exception {
    byte[] whole = Multipart.photo(app.mushroom.api.fixture.TestPhotos.red()).end();
    String first = HEAD.substring(0, HEAD.indexOf("3000000")) + whole.length + "\r\n\r\n";
    try (Socket socket = new Socket("localhost", port)) {
      socket.setSoTimeout(30_000);
      ByteArrayOutputStream both = new ByteArrayOutputStream();
      both.writeBytes(first.getBytes(StandardCharsets.US_ASCII));
      both.writeBytes(whole);
      both.writeBytes(HEAD.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(both.toByteArray());
      String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answers).startsWith("HTTP/1.1 200").contains("HTTP/1.1 408");
    }
  }

  @Test
  void oneCallerHoldsAShareOfTheThreadsOnlyHoweverPatientlyItSends() throws Exception {
    List<Socket> sending = new ArrayList<>();
    for (int i = 0; i < 8; i++) { // of 64 threads
      sending.add(sendSteadily(head(7)));
      int under = i + 1;
      await(() -> meters.get("mushroom.uploads.bytes").gauge().value() >= under * 100_000);
    }
    double before = refusedForTheCaller();
    for (int i = 0; i < 70; i++) {
      Socket oneMore = sendSteadily(head(7));
      sending.add(oneMore);
      String answer = firstBytes(oneMore);
      assertThat(answer).startsWith("HTTP/1.1 503").containsIgnoringCase("\r\nRetry-After: ");
      assertThat(answer).containsIgnoringCase("application/problem+json");
    }
    assertThat(refusedForTheCaller() - before).isEqualTo(70);
    RawHttp.Answer json =
        RawHttp.send(
            port,
            "POST /api/v1/nothing HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "X-Forwarded-For: 203.0.113.7\r\nContent-Type: application/json\r\n"
                + "Content-Length: 1000\r\n\r\n",
            out -> {});
    assertThat(json.status()).as("whatever it sends").isEqualTo(503);
    assertThat(get("/status", "X-Forwarded-For", "203.0.113.7").statusCode())
        .as("what has no body")
        .isEqualTo(200);
    assertThat(identify(app.mushroom.api.fixture.TestPhotos.red()).statusCode())
        .as("another caller")
        .isEqualTo(200);
    for (Socket socket : sending.subList(0, 8)) {
      assertThat(socket.getInputStream().available()).as("goes on").isZero();
    }
    for (Socket socket : sending) {
      socket.close();
    }
    await(() -> meters.get("mushroom.uploads.bytes").gauge().value() == 0);
    try (Socket again = sendSteadily(head(7))) {
      await(() -> meters.get("mushroom.uploads.bytes").gauge().value() >= 100_000);
      assertThat(again.getInputStream().available()).isZero();
    }
  }

  private double refusedForTheCaller() {
    return meters
        .get("mushroom.inference.refused")
        .tag("reason", "caller_uploads")
        .counter()
        .count();
  }

  /** As much at once as keeps it fast enough for 25 seconds. */
  private Socket sendSteadily(String head) throws IOException {
    Socket socket = new Socket("localhost", port);
    socket.setSoTimeout(10_000);
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    try {
      socket.getOutputStream().write(new byte[100_000]);
    } catch (IOException e) {
      // refused already
    }
    return socket;
  }

  private static String firstBytes(Socket socket) throws IOException {
    byte[] buffer = new byte[2000];
    int read = socket.getInputStream().read(buffer);
    return new String(buffer, 0, Math.max(0, read), StandardCharsets.UTF_8);
  }

  @Test
  void uploadsTogetherHaveOnlySoMuchRoom() throws Exception {
    List<SocketChannel> large = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      SocketChannel channel =
          open(HEAD + "Content-Disposition: form-data; name=\"images\"; filename=\"a\"\r\n\r\n");
      large.add(channel);
      int begun = 50 * (i + 1);
      await(() -> meters.get("mushroom.uploads.bytes").gauge().value() > begun); // it was let in
    }
    for (SocketChannel channel : large) {
      CompletableFuture.runAsync(() -> writeWhatIsTaken(channel, new byte[2_500_000]));
    }
    await(() -> meters.get("mushroom.uploads.cut").tag("reason", "room").counter().count() >= 1);
    await(() -> meters.get("mushroom.uploads.bytes").gauge().value() <= 4_000_000);
    for (SocketChannel channel : large) {
      channel.close();
    }
    await(() -> meters.get("mushroom.uploads.bytes").gauge().value() == 0);
  }

  private SocketChannel open(String start) throws IOException {
    SocketChannel channel = SocketChannel.open(new InetSocketAddress("localhost", port));
    write(channel, start.getBytes(StandardCharsets.US_ASCII));
    return channel;
  }

  private static void write(SocketChannel channel, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  private static void writeWhatIsTaken(SocketChannel channel, byte[] bytes) {
    try {
      write(channel, bytes);
    } catch (IOException e) {
      // cut off, as it should be
    }
  }

  private static int dripAndCountClosed(List<SocketChannel> channels) throws IOException {
    int closed = 0;
    for (Iterator<SocketChannel> each = channels.iterator(); each.hasNext(); ) {
      SocketChannel channel = each.next();
      if (!drip(channel)) {
        channel.close();
        each.remove();
        closed++;
      }
    }
    return closed;
  }

  /**
   * @return whether the connection is still open
   */
  private static boolean drip(SocketChannel channel) {
    try {
      channel.configureBlocking(false);
      channel.write(ByteBuffer.wrap(new byte[] {'x'}));
      ByteBuffer buffer = ByteBuffer.allocate(2000);
      int read = channel.read(buffer);
      while (read > 0) {
        buffer.clear();
        read = channel.read(buffer);
      }
      return read == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
