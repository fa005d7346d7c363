package app.mushroom.api.model;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A stand-in for Pub/Sub that speaks its REST protocol: pull waits for a message, and so on. */
final class FakePubSub implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private final String subscription;
  private final LinkedBlockingQueue<Map<String, Object>> messages = new LinkedBlockingQueue<>();
  final AtomicInteger pulls = new AtomicInteger();
  final AtomicInteger published = new AtomicInteger();
  final Map<String, Boolean> acknowledged = new ConcurrentHashMap<>();
  volatile int status = 200;
  volatile String answer = "";

  FakePubSub(String subscription) throws IOException {
    this.subscription = subscription;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/v1/", this::handle);
    server.start();
  }

  /** What PUBSUB_EMULATOR_HOST would say. */
  String host() {
    return "localhost:" + server.getAddress().getPort();
  }

  /** A message as Cloud Storage sends it. */
  void publish(String eventType, String bucket, String object) {
    String id = "" + published.incrementAndGet();
    messages.add(
        Map.of(
            "ackId",
            "ack-" + id,
            "message",
            Map.of(
                "messageId",
                id,
                "publishTime",
                "2026-11-21T10:15:00Z",
                "data",
                "e30=",
                "attributes",
                Map.of(
                    "eventType",
                    eventType,
                    "bucketId",
                    bucket,
                    "objectId",
                    object,
                    "payloadFormat",
                    "JSON_API_V1"))));
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
      String path = exchange.getRequestURI().getPath();
      if (path.equals("/v1/" + subscription + ":acknowledge")) {
        body.path("ackIds").forEach(id -> acknowledged.put(id.asString(), true));
        answer(exchange, status, "{}");
      } else if (path.equals("/v1/" + subscription + ":pull")) {
        pulls.incrementAndGet();
        answer(exchange, status, answer.isEmpty() ? pull(body) : answer);
      } else {
        answer(exchange, 404, "{\"error\":{\"code\":404}}");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String pull(JsonNode body) throws InterruptedException {
    List<Map<String, Object>> taken = new ArrayList<>();
    Map<String, Object> first = messages.poll(status == 200 ? 1 : 0, TimeUnit.SECONDS);
    if (first != null) {
      taken.add(first);
      messages.drainTo(taken, body.path("maxMessages").asInt() - 1);
    }
    Map<String, Object> response = new LinkedHashMap<>();
    if (!taken.isEmpty()) {
      response.put("receivedMessages", taken);
    }
    return JSON.writeValueAsString(response);
  }

  private static void answer(HttpExchange exchange, int status, String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
