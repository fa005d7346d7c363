package app.mushroom.trainer.tracking;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Answers as MLflow's REST API does, as far as the mirror asks, and misbehaves on demand. */
final class FakeMlflow implements AutoCloseable {

  /** What is wrong with the next answer. */
  enum Trouble {
    /** HTTP status 500. */
    ERROR,
    /** The work is done, but the answer says 500. */
    ERROR_AFTER_THE_WORK,
    /** No answer at all. */
    HANG,
    /** Half an answer. */
    CUT,
    /** HTTP status 401. */
    UNAUTHORISED,
    /** A page of something else. */
    HTML
  }

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closing = new CountDownLatch(1);

  // All guarded by this.
  private final Queue<Trouble> troubles = new ArrayDeque<>();
  final Map<String, String> experiments = new LinkedHashMap<>();
  final List<String> runs = new ArrayList<>();
  final Map<String, String> tags = new TreeMap<>();
  final Map<String, String> parameters = new TreeMap<>();
  final Map<String, String> metrics = new TreeMap<>();
  final Map<String, String> artifacts = new TreeMap<>();
  final List<String> statuses = new ArrayList<>();
  final List<String> modelVersions = new ArrayList<>();
  final List<String> versionTags = new ArrayList<>();
  final Map<String, String> aliases = new TreeMap<>();
  final List<String> authorizations = new ArrayList<>();
  int requests;
  private String lost = "nothing";
  String artifactRoot = "mlflow-artifacts:/7/run-1/artifacts";

  FakeMlflow() throws IOException {
    this(0);
  }

  FakeMlflow(int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + port();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** The next requests go wrong. */
  synchronized void next(Trouble... wrong) {
    troubles.addAll(List.of(wrong));
  }

  /** The next request of this kind is done, but its answer says 500. */
  synchronized void loseAnswer(String endpoint) {
    lost = endpoint;
  }

  /** Waits until the server has seen something. */
  synchronized void await(BooleanSupplier seen) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!seen.getAsBoolean()) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        throw new AssertionError("the server did not see it within 30 s");
      }
      wait(left);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      Trouble trouble;
      synchronized (this) {
        requests++;
        boolean lose = exchange.getRequestURI().getPath().endsWith("/" + lost);
        lost = lose ? "nothing" : lost;
        trouble = lose ? Trouble.ERROR_AFTER_THE_WORK : troubles.poll();
        authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        notifyAll();
      }
      if (trouble == Trouble.HANG) {
        closing.await();
        return;
      }
      if (trouble == Trouble.ERROR) {
        send(exchange, 500, "{\"error_code\": \"INTERNAL_ERROR\", \"message\": \"a bad day\"}");
        return;
      }
      if (trouble == Trouble.UNAUTHORISED) {
        send(exchange, 401, "You are not authenticated.");
        return;
      }
      if (trouble == Trouble.HTML) {
        send(exchange, 200, "<html>Welcome to nginx</html>");
        return;
      }
      String answer;
      int status = 200;
      try {
        synchronized (this) {
          answer = answer(exchange.getRequestMethod(), exchange, body);
          notifyAll();
        }
      } catch (Missing e) {
        status = 404;
        answer = "{\"error_code\": \"RESOURCE_DOES_NOT_EXIST\", \"message\": \"none\"}";
      } catch (ThereAlready e) {
        status = 400;
        answer = "{\"error_code\": \"RESOURCE_ALREADY_EXISTS\", \"message\": \"there\"}";
      }
      if (trouble == Trouble.ERROR_AFTER_THE_WORK) {
        send(exchange, 500, "{}");
      } else if (trouble == Trouble.CUT) {
        exchange.sendResponseHeaders(200, 1000);
        exchange.getResponseBody().write(answer.substring(0, 1).getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
      } else {
        send(exchange, status, answer);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class Missing extends IOException {
    private static final long serialVersionUID = 1;
  }

  private static final class ThereAlready extends IOException {
    private static final long serialVersionUID = 1;
  }

  private String answer(String method, HttpExchange exchange, byte[] body) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String artifact = "/api/2.0/mlflow-artifacts/artifacts/";
    if (path.startsWith(artifact)) {
      artifacts.put(path.substring(artifact.length()), new String(body, StandardCharsets.UTF_8));
      return "{}";
    }
    JsonNode json = body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
    String endpoint = path.replace("/api/2.0/mlflow/", "");
    switch (endpoint) {
      case "experiments/get-by-name" -> {
        String name = exchange.getRequestURI().getQuery().replace("experiment_name=", "");
        if (!experiments.containsKey(name)) {
          throw new Missing();
        }
        return "{\"experiment\": {\"experiment_id\": \"" + experiments.get(name) + "\"}}";
      }
      case "experiments/create" -> {
        String name = json.path("name").asString();
        if (experiments.putIfAbsent(name, "7") != null) {
          throw new ThereAlready();
        }
        return "{\"experiment_id\": \"7\"}";
      }
      case "runs/search" -> {
        String wanted = json.path("filter").asString();
        boolean found = wanted.equals("tags.`mushroom.run` = '" + tags.get("mushroom.run") + "'");
        return found ? "{\"runs\": [" + run() + "]}" : "{}";
      }
      case "runs/create" -> {
        runs.add("run-" + (runs.size() + 1));
        json.path("tags")
            .forEach(tag -> tags.put(tag.path("key").asString(), tag.path("value").asString()));
        return "{\"run\": " + run() + "}";
      }
      case "runs/get" -> {
        if (runs.isEmpty()) {
          throw new Missing();
        }
        return "{\"run\": " + run() + "}";
      }
      case "runs/log-batch" -> {
        json.path("params")
            .forEach(
                each -> parameters.put(each.path("key").asString(), each.path("value").asString()));
        json.path("metrics")
            .forEach(
                each ->
                    metrics.put(
                        each.path("key").asString() + "@" + each.path("step"),
                        each.path("value").toString()));
        return "{}";
      }
      case "runs/update" -> {
        statuses.add(json.path("status").asString());
        return "{}";
      }
      case "registered-models/create" -> {
        if (!modelVersions.isEmpty()) {
          throw new ThereAlready();
        }
        return "{}";
      }
      case "model-versions/search" -> {
        List<Map<String, Object>> found = new ArrayList<>();
        for (int i = 0; i < modelVersions.size(); i++) {
          Map<String, String> tag = Map.of("key", "mushroom.version", "value", versionTags.get(i));
          String number = Integer.toString(i + 1);
          found.add(Map.of("name", "mushrooms", "version", number, "tags", List.of(tag)));
        }
        return modelVersions.isEmpty()
            ? "{}"
            : JSON.writeValueAsString(Map.of("model_versions", found));
      }
      case "model-versions/create" -> {
        modelVersions.add(json.path("source").asString());
        versionTags.add(json.path("tags").path(0).path("value").asString());
        return "{\"model_version\": {\"version\": \"" + modelVersions.size() + "\"}}";
      }
      case "registered-models/alias" -> {
        if (method.equals("DELETE")) {
          aliases.remove(json.path("alias").asString());
        } else {
          aliases.put(json.path("alias").asString(), json.path("version").asString());
        }
        return "{}";
      }
      default -> throw new Missing();
    }
  }

  private String run() {
    return """
        {"info": {"run_id": "run-1", "artifact_uri": "%s", "lifecycle_stage": "active"}}
        """
        .formatted(artifactRoot);
  }

  private static void send(HttpExchange exchange, int status, String answer) throws IOException {
    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
