package app.mushroom.trainer.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpSourceTest {

  private static final int LIMIT = 100_000;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path folder;

  private HttpServer server;
  private Path target;

  @BeforeEach
  void start() throws Exception {
    target = folder.resolve("backbone.pt");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/exact", exchange -> answer(exchange, LIMIT, LIMIT));
    server.createContext("/announced-too-long", exchange -> answer(exchange, LIMIT + 1, LIMIT + 1));
    server.createContext("/too-long", exchange -> answer(exchange, 0, LIMIT + 1));
    server.createContext("/empty", exchange -> answer(exchange, -1, 0));
    server.createContext("/moved", exchange -> redirect(exchange, "/exact"));
    server.createContext("/round", exchange -> redirect(exchange, "/round"));
    server.createContext("/absent", exchange -> status(exchange, 404));
    server.createContext("/forbidden", exchange -> status(exchange, 403));
    server.createContext("/broken", exchange -> status(exchange, 500));
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void fetchesUpToTheLimitAndFollowsRedirects() throws Exception {
    fetch(address("/exact"), PATIENCE);
    assertThat(target).hasSize(LIMIT);
    Files.delete(target);
    fetch(address("/moved"), PATIENCE);
    assertThat(target).hasSize(LIMIT);
  }

  @Test
  void refusesWhatIsTooLongAnnouncedOrNot() {
    refused(address("/announced-too-long"))
        .hasMessageContaining("at most " + LIMIT)
        .hasMessageContaining("found " + (LIMIT + 1));
    refused(address("/too-long")).hasMessageContaining("found more");
  }

  @Test
  void refusesOtherAnswers() {
    refused(address("/absent")).hasMessageContaining("HTTP status 404");
    refused(address("/broken")).hasMessageContaining("HTTP status 500");
    refused(address("/round")).hasMessageContaining("/round");
    refused(address("/empty")).hasMessageContaining("empty file");
  }

  @Test
  void noMessageShowsASignature() {
    for (String path : new String[] {"/absent", "/broken", "/empty", "/too-long", "/forbidden"}) {
      refused(URI.create(address(path) + "?signature=secret")).hasMessageNotContaining("secret");
    }
    refused(address("/forbidden"))
        .hasMessageContaining("HTTP status 403")
        .hasMessageContaining("--backbone");
  }

  @Test
  void nothingIsKeptOfABodyThatBreaksOff() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread breaking = new Thread(() -> sendHalf(socket, false));
      breaking.start();
      refused(URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/net.pt"))
          .hasMessageContaining("broke off after 50 bytes")
          .hasMessageContaining("try again");
      breaking.join();
    }
  }

  @Test
  void givesUpOnABodyThatStallsAndKeepsNothing() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread stalling = new Thread(() -> sendHalf(socket, true));
      stalling.setDaemon(true);
      stalling.start();
      refused(
              URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/net.pt"),
              Duration.ofSeconds(1))
          .hasMessageContainingAll("broke off after", "nothing came for 1 s");
    }
  }

  @Test
  void saysThatNobodyAnswers() {
    server.stop(0);
    refused(address("/exact"))
        .hasMessageContaining("127.0.0.1 does not answer")
        .hasMessageContaining("--backbone");
  }

  private void fetch(URI address, Duration partsWithin) throws Exception {
    Download.to(target, new HttpSource(address, LIMIT, PATIENCE, partsWithin));
  }

  private AbstractThrowableAssert<?, ? extends Throwable> refused(URI address) {
    return refused(address, PATIENCE);
  }

  private AbstractThrowableAssert<?, ? extends Throwable> refused(
      URI address, Duration partsWithin) {
    var refusal =
        assertThatThrownBy(() -> fetch(address, partsWithin))
            .isInstanceOf(IOException.class)
            .hasMessageContaining(address.getPath());
    assertThat(folder).as("nothing is left").isEmptyDirectory();
    return refusal;
  }

  private URI address(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private static void answer(HttpExchange exchange, int announced, int bytes) throws IOException {
    exchange.sendResponseHeaders(200, announced);
    if (bytes > 0) {
      try (var out = exchange.getResponseBody()) {
        out.write(new byte[bytes]);
      }
    }
    exchange.close();
  }

  private static void redirect(HttpExchange exchange, String to) throws IOException {
    exchange.getResponseHeaders().add("Location", to);
    status(exchange, 302);
  }

  private static void status(HttpExchange exchange, int status) throws IOException {
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private static void sendHalf(ServerSocket server, boolean thenStall) {
    try (Socket socket = server.accept()) {
      byte[] request = new byte[4096];
      assertThat(socket.getInputStream().read(request)).isPositive();
      socket
          .getOutputStream()
          .write(
              ("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n" + "x".repeat(50))
                  .getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      if (thenStall) {
        assertThat(socket.getInputStream().read()).as("until the client gives up").isNegative();
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
