package app.mushroom.trainer.tracking;

import app.mushroom.storage.JsonDocument;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * MLflow's REST API (mlflow.org/docs, "REST API", version 2.0, which servers of MLflow 2 and 3
 * speak). One attempt each: whoever asks decides what to do after a failure.
 */
final class MlflowClient {

  private static final String API = "/api/2.0/mlflow/";
  private static final String ARTIFACTS = "/api/2.0/mlflow-artifacts/artifacts/";
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int QUOTED = 300;

  private final MlflowSettings settings;
  private final Timeouts timeouts;
  private final HttpClient http;
  private final AtomicLong answers = new AtomicLong();

  /**
   * How long to wait for the server.
   *
   * @param connect for a connection
   * @param answer for a whole answer
   * @param upload for a whole answer to a file
   */
  record Timeouts(Duration connect, Duration answer, Duration upload) {
    static final Timeouts DEFAULT =
        new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofMinutes(5));
  }

  MlflowClient(MlflowSettings settings, Timeouts timeouts) {
    this.settings = settings;
    this.timeouts = timeouts;
    // No redirects: they would take the credentials elsewhere.
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(timeouts.connect())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  JsonNode get(String endpoint, Map<String, String> query) throws IOException {
    String parameters =
        query.entrySet().stream()
            .map(each -> encode(each.getKey()) + "=" + encode(each.getValue()))
            .collect(Collectors.joining("&"));
    return json(request(API + endpoint + "?" + parameters).GET(), timeouts.answer());
  }

  JsonNode post(String endpoint, Object body) throws IOException {
    return json(
        withJson(request(API + endpoint), "POST", JSON.writeValueAsBytes(body)), timeouts.answer());
  }

  void delete(String endpoint, Object body) throws IOException {
    json(
        withJson(request(API + endpoint), "DELETE", JSON.writeValueAsBytes(body)),
        timeouts.answer());
  }

  /**
   * Stores a file through the server.
   *
   * @param path below the server's artifact root, with slashes
   */
  void putArtifact(String path, byte[] content) throws IOException {
    String encoded =
        Arrays.stream(path.split("/", -1))
            .map(MlflowClient::encode)
            .collect(Collectors.joining("/"));
    send(
        request(ARTIFACTS + encoded)
            .header("Content-Type", "application/octet-stream")
            .PUT(HttpRequest.BodyPublishers.ofByteArray(content)),
        timeouts.upload());
  }

  private HttpRequest.Builder request(String pathAndQuery) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(settings.server() + pathAndQuery));
    if (settings.authorization() != null) {
      request.header("Authorization", settings.authorization());
    }
    return request;
  }

  private static HttpRequest.Builder withJson(
      HttpRequest.Builder request, String method, byte[] body) {
    return request
        .header("Content-Type", "application/json")
        .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
  }

  private JsonNode json(HttpRequest.Builder request, Duration limit) throws IOException {
    byte[] body = send(request, limit);
    try {
      return JSON.readTree(body);
    } catch (JacksonException e) {
      throw new MlflowException(
          200, "", "expected JSON, found: " + quoted(body) + ". Is this an MLflow server?");
    }
  }

  private byte[] send(HttpRequest.Builder request, Duration limit) throws IOException {
    CompletableFuture<HttpResponse<byte[]>> exchange =
        http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    HttpResponse<byte[]> response;
    try {
      // The request's own timeout ends with the headers; this one covers the body as well.
      response = exchange.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      exchange.cancel(true);
      throw new IOException("no answer within " + limit.toMillis() + " ms", e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      String message = cause.getMessage();
      throw new IOException(message == null ? "no connection" : message, cause);
    } catch (InterruptedException e) {
      exchange.cancel(true);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
    if (response.statusCode() / 100 != 2) {
      throw failure(response);
    }
    answers.incrementAndGet();
    return response.body();
  }

  private static MlflowException failure(HttpResponse<byte[]> response) {
    String code = "";
    String message = quoted(response.body());
    try {
      JsonNode error = JSON.readTree(response.body());
      code = error.path("error_code").asString("");
      message = error.path("message").asString(message);
    } catch (JacksonException e) {
      // A proxy's page, or nothing: quoted as it is.
      message = quoted(response.body());
    }
    return new MlflowException(
        response.statusCode(), code, "HTTP " + response.statusCode() + ": " + oneLine(message));
  }

  private static String quoted(byte[] body) {
    return oneLine(new String(body, StandardCharsets.UTF_8));
  }

  private static String oneLine(String text) {
    String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    return line.length() > QUOTED ? line.substring(0, QUOTED) + "…" : line;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** How many requests were granted so far. */
  long answers() {
    return answers.get();
  }

  /** For messages. */
  String location() {
    return settings.server().toString();
  }

  static JsonNode required(JsonNode answer, String... path) throws IOException {
    JsonNode found = answer;
    for (String name : path) {
      found = found.path(name);
    }
    if (found.isMissingNode() || found.isNull()) {
      throw new MlflowException(
          200,
          "",
          "expected "
              + String.join(".", path)
              + " in the answer, found: "
              + quoted(JsonDocument.mapper().writeValueAsBytes(answer)));
    }
    return found;
  }
}
