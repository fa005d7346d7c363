package app.mushroom.storage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** The network between a client and a server on a bad day. */
final class FaultyProxy implements AutoCloseable {
  private static final Set<String> HOP_BY_HOP =
      Set.of("connection", "content-length", "host", "transfer-encoding", "upgrade", "expect");

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final HttpServer server;
  private final URI target;
  private final AtomicInteger requests = new AtomicInteger();
  private volatile Fault fault = Fault.NONE;
  private volatile Predicate<HttpExchange> when = exchange -> true;
  private final AtomicInteger times = new AtomicInteger();

  /** What goes wrong. */
  enum Fault {
    NONE,
    /** One bit of the answer's body flips. */
    FLIP_DOWN,
    /** One bit of the request's body flips, three bytes before its end or in its middle. */
    FLIP_UP,
    /** The request is carried out, and its answer lost. */
    LOSE_ANSWER,
    /** 503 instead of the server. */
    UNAVAILABLE,
    /** Half of the answer's body, then the end. */
    CUT
  }

  FaultyProxy(URI target) throws IOException {
    this.target = target;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  URI url() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  int requests() {
    return requests.get();
  }

  /** From now on this goes wrong with the next so many requests of the kind. */
  void arm(Fault next, int count, Predicate<HttpExchange> kind) {
    times.set(count);
    when = kind;
    fault = next;
  }

  static boolean isDownload(HttpExchange exchange) {
    String query = String.valueOf(exchange.getRequestURI().getQuery());
    return exchange.getRequestMethod().equals("GET")
        && (query.contains("alt=media")
            || exchange.getRequestURI().getPath().contains("/download/"));
  }

  static boolean isUpload(HttpExchange exchange) {
    return exchange.getRequestURI().getPath().contains("/upload/")
        || String.valueOf(exchange.getRequestURI().getQuery()).contains("upload_id");
  }

  private Fault next(HttpExchange exchange) {
    return when.test(exchange) && times.getAndUpdate(n -> Math.max(0, n - 1)) > 0
        ? fault
        : Fault.NONE;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      requests.incrementAndGet();
      Fault now = next(exchange);
      byte[] request = exchange.getRequestBody().readAllBytes();
      if (now == Fault.UNAVAILABLE) {
        exchange.sendResponseHeaders(503, -1);
        return;
      }
      if (now == Fault.FLIP_UP && request.length > 0) {
        request[request.length / 2] ^= 1;
      }
      HttpResponse<byte[]> response = forward(exchange, request);
      if (now == Fault.LOSE_ANSWER) {
        return;
      }
      answer(exchange, response, now);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body)
      throws IOException, InterruptedException {
    URI uri = exchange.getRequestURI();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create(
                    target
                        + uri.getRawPath()
                        + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery())))
            .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
    for (Map.Entry<String, List<String>> header : exchange.getRequestHeaders().entrySet()) {
      if (!HOP_BY_HOP.contains(header.getKey().toLowerCase(java.util.Locale.ROOT))) {
        header.getValue().forEach(value -> request.header(header.getKey(), value));
      }
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private void answer(HttpExchange exchange, HttpResponse<byte[]> response, Fault now)
      throws IOException {
    byte[] body = response.body();
    response
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              if (!HOP_BY_HOP.contains(name) && !name.startsWith(":")) {
                values.forEach(
                    value ->
                        exchange
                            .getResponseHeaders()
                            .add(name, value.replace(target.toString(), url().toString())));
              }
            });
    if (now == Fault.FLIP_DOWN && body.length > 0) {
      body[body.length / 2] ^= 1;
    }
    exchange.sendResponseHeaders(response.statusCode(), body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      OutputStream out = exchange.getResponseBody();
      out.write(body, 0, now == Fault.CUT ? body.length / 2 : body.length);
      out.flush();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
