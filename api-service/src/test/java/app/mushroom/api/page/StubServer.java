package app.mushroom.api.page;

import app.mushroom.api.fixture.NginxHeaders;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Serves the page with its real security headers, and plays whatever API the test asks for. */
final class StubServer implements AutoCloseable {

  private static final Map<String, String> HEADERS = NginxHeaders.all();

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "png", "image/png",
          "json", "application/json");

  /** What the API answers: cut off after {@code cutAfter} bytes where that is not negative. */
  record Reply(
      int status, String contentType, byte[] body, Map<String, String> headers, int cutAfter) {

    static Reply json(int status, String json) {
      String type = status < 400 ? "application/json" : "application/problem+json";
      return new Reply(status, type, json.getBytes(StandardCharsets.UTF_8), Map.of(), -1);
    }

    static Reply text(int status, String contentType, String body) {
      return new Reply(status, contentType, body.getBytes(StandardCharsets.UTF_8), Map.of(), -1);
    }

    Reply with(String header, String value) {
      return new Reply(status, contentType, body, Map.of(header, value), cutAfter);
    }

    Reply cutAfter(int bytes) {
      return new Reply(status, contentType, body, headers, bytes);
    }
  }

  record Received(
      String method,
      String path,
      @Nullable String contentType,
      @Nullable String repeatKey,
      byte[] body) {

    String text() {
      return new String(body, StandardCharsets.ISO_8859_1);
    }
  }

  private final Path page;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, byte[]> replaced = new ConcurrentHashMap<>();
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private volatile Reply identification = Reply.json(200, "{}");
  private volatile Reply heatmap = Reply.text(404, "text/plain", "");
  private volatile Reply feedback = Reply.json(200, "{}");
  private volatile Reply species = Reply.json(200, "{\"species\": []}");
  private final Map<String, Reply> others = new ConcurrentHashMap<>();
  private volatile boolean unplugged;
  private volatile CountDownLatch gate = new CountDownLatch(0);

  StubServer(Path page) throws IOException {
    this.page = page.toRealPath();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  void identificationsAnswer(Reply reply) {
    identification = reply;
  }

  void heatmapAnswers(Reply reply) {
    heatmap = reply;
  }

  void feedbackAnswers(Reply reply) {
    feedback = reply;
  }

  void speciesAnswer(Reply reply) {
    species = reply;
  }

  /** What the API answers to this path, such as {@code models/3}, whatever the method. */
  void answers(String path, Reply reply) {
    others.put("/api/v1/" + path, reply);
  }

  /** Holds back every identification from now on until {@link #letGo}. */
  void hold() {
    gate = new CountDownLatch(1);
  }

  void letGo() {
    gate.countDown();
  }

  /** From now on every connection breaks without an answer, or no longer. */
  void unplug(boolean now) {
    unplugged = now;
  }

  /** Gives this file other bytes; null gives it its own back. */
  void replace(String name, @Nullable String text) {
    if (text == null) {
      replaced.remove(name);
    } else {
      replaced.put(name, text.getBytes(StandardCharsets.UTF_8));
    }
  }

  List<Received> received(String pathEnd) {
    return received.stream().filter(request -> request.path().endsWith(pathEnd)).toList();
  }

  void forget() {
    received.clear();
    replaced.clear();
    others.clear();
    unplugged = false;
    letGo();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      if (unplugged) {
        return; // the connection is closed with nothing said
      }
      HEADERS.forEach(exchange.getResponseHeaders()::set);
      if (path.startsWith("/api/")) {
        api(exchange, path);
      } else {
        file(exchange, path.equals("/") ? "index.html" : path.substring(1));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void api(HttpExchange exchange, String path) throws IOException, InterruptedException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
    received.add(new Received(exchange.getRequestMethod(), path, type, key, body));
    Reply other = others.get(path);
    if (other != null) {
      send(exchange, other);
    } else if (path.endsWith("/heatmap")) {
      send(exchange, heatmap);
    } else if (path.endsWith("/feedback")) {
      send(exchange, feedback);
    } else if (path.endsWith("/species")) {
      send(exchange, species);
    } else {
      gate.await();
      send(exchange, identification);
    }
  }

  private void file(HttpExchange exchange, String name) throws IOException {
    Path file = page.resolve(name).normalize();
    if (!file.startsWith(page) || !Files.isRegularFile(file)) {
      send(exchange, Reply.text(404, "text/plain", "no such file: " + name));
      return;
    }
    String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "text/plain");
    byte[] bytes = replaced.getOrDefault(name, Files.readAllBytes(file));
    send(exchange, new Reply(200, type, bytes, Map.of(), -1));
  }

  private static void send(HttpExchange exchange, Reply reply) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", reply.contentType());
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    byte[] body = reply.body();
    exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
    int length = reply.cutAfter() < 0 ? body.length : Math.min(reply.cutAfter(), body.length);
    exchange.getResponseBody().write(body, 0, length);
    exchange.getResponseBody().flush();
  }

  @Override
  public void close() {
    letGo();
    server.stop(0);
    threads.shutdownNow();
  }
}
