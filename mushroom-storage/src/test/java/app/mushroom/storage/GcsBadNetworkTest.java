package app.mushroom.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Google's real client and a bucket that goes away and comes back: a stand-in that has one object
 * and can only be read, so that this runs where no container does.
 */
@Timeout(120)
class GcsBadNetworkTest {
  private static final ObjectKey KEY = ObjectKey.of("models/m/champion.json");
  private static final byte[] CONTENT = "a pointer to a model".getBytes(StandardCharsets.UTF_8);

  /** What the store does in place of an answer. */
  enum Fault {
    NONE,
    /** Nobody listens. */
    DOWN,
    UNAVAILABLE,
    /** Every connection is closed half-way through the object. */
    CUT,
    /** Every connection is closed before an answer. */
    NO_ANSWER,
    /** A gateway's page in place of the answer. */
    PAGE,
    FLIPPED
  }

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;
  private volatile Fault fault = Fault.NONE;
  private ObjectStore store;

  @BeforeEach
  void open() throws IOException {
    listen(0);
    store =
        GcsObjectStore.open(
            "gs://bucket",
            Map.of("STORAGE_EMULATOR_HOST", "http://localhost:" + port()),
            Duration.ofMillis(300));
  }

  @AfterEach
  void close() {
    store.close();
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void readsWhileAllIsWell() throws IOException {
    assertThat(store.readBytes(KEY, 100)).isEqualTo(CONTENT);
    assertThat(store.find(KEY)).contains(new StoredObject(KEY, CONTENT.length, 7));
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"NONE"})
  void failsInTimeWhileItIsAwayAndReadsAtOnceWhenItIsBack(Fault fault) throws IOException {
    assertThat(store.readBytes(KEY, 100)).isEqualTo(CONTENT);
    begin(fault);
    long start = System.nanoTime();
    assertThatThrownBy(() -> store.readBytes(KEY, 100))
        .as("what a look for a new champion expects")
        .isInstanceOf(IOException.class);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
    end(fault);
    assertThat(store.readBytes(KEY, 100)).isEqualTo(CONTENT);
  }

  private void begin(Fault next) {
    fault = next;
    if (next == Fault.DOWN) {
      server.stop(0);
    }
  }

  private void end(Fault last) throws IOException {
    fault = Fault.NONE;
    if (last == Fault.DOWN) {
      listen(port());
    }
  }

  private int port() {
    return server.getAddress().getPort();
  }

  private void listen(int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      switch (fault) {
        case UNAVAILABLE -> exchange.sendResponseHeaders(503, -1);
        case NO_ANSWER -> {}
        case PAGE ->
            send(exchange, "text/html", "<html>Sign in</html>".getBytes(StandardCharsets.UTF_8));
        default -> answerAs(exchange);
      }
    }
  }

  private void answerAs(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (!String.valueOf(exchange.getRequestURI().getQuery()).contains("alt=media")) {
      String object =
          """
          {"kind":"storage#object","bucket":"bucket","name":"%s","size":"%d","generation":"7","crc32c":"%s"}"""
              .formatted(KEY, CONTENT.length, crc32c());
      String json = path.endsWith("/o") ? "{\"items\":[" + object + "]}" : object;
      send(exchange, "application/json", json.getBytes(StandardCharsets.UTF_8));
      return;
    }
    byte[] body = CONTENT.clone();
    if (fault == Fault.FLIPPED) {
      body[3] ^= 1;
    }
    if (fault == Fault.CUT) {
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body, 0, body.length / 2);
      exchange.getResponseBody().flush();
      return;
    }
    send(exchange, "application/octet-stream", body);
  }

  private static void send(HttpExchange exchange, String type, byte[] body) throws IOException {
    exchange.getResponseHeaders().add("Content-Type", type);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
  }

  private static String crc32c() {
    CRC32C crc32c = new CRC32C();
    crc32c.update(CONTENT);
    byte[] bytes = ByteBuffer.allocate(4).putInt((int) crc32c.getValue()).array();
    return Base64.getEncoder().encodeToString(bytes);
  }
}
