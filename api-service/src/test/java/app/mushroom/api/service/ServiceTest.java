package app.mushroom.api.service;

import app.mushroom.api.fixture.TinyBundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One running service for all tests of this package, on the tiny model. */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "management.server.port=0",
      "spring.datasource.url=jdbc:h2:mem:service;DB_CLOSE_DELAY=-1",
      "mushroom.model.poll-every=100ms",
      "mushroom.model.starter=classpath:none",
      "mushroom.inference.start-within=30s",
      "mushroom.inference.limit=60s",
      "mushroom.clients.linger=0s",
      "mushroom.cors-origins=http://localhost:3000"
    })
abstract class ServiceTest {
  static final Path STORE = newStore();
  static final JsonMapper JSON = JsonMapper.builder().build();

  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  @LocalServerPort int port;
  @LocalManagementPort int managementPort;

  @DynamicPropertySource
  static void store(DynamicPropertyRegistry properties) {
    properties.add("mushroom.store", STORE::toString);
  }

  @BeforeEach
  void awaitModel() throws Exception {
    await(() -> JSON.readTree(get("/status").body()).path("model").asString().matches("\\d+"));
  }

  private static Path newStore() {
    try {
      Path store = Files.createTempDirectory("api-").resolve("data").resolve("store");
      TinyBundle.publishAndPromote(store);
      return store;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void await(Callable<Boolean> condition) {
    org.awaitility.Awaitility.await()
        .atMost(Duration.ofSeconds(15))
        .pollInterval(Duration.ofMillis(20))
        .until(condition);
  }

  HttpResponse<byte[]> get(String path, String... headers)
      throws IOException, InterruptedException {
    return send(request(path, headers).GET().build());
  }

  HttpResponse<byte[]> postJson(String path, String json) throws IOException, InterruptedException {
    return send(
        request(path, "Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build());
  }

  HttpResponse<byte[]> post(String path, byte[] multipart)
      throws IOException, InterruptedException {
    return send(
        request(path, "Content-Type", "multipart/form-data; boundary=" + Multipart.BOUNDARY)
            .POST(HttpRequest.BodyPublishers.ofByteArray(multipart))
            .build());
  }

  HttpResponse<byte[]> identify(byte[] photo) throws IOException, InterruptedException {
    return post("/api/v1/identifications", Multipart.photo(photo).end());
  }

  JsonNode identified(byte[] photo) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = identify(photo);
    Assertions.assertThat(response.statusCode()).as(text(response)).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
            .timeout(Duration.ofSeconds(60));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return request;
  }

  static HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
    return CLIENT.send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), java.nio.charset.StandardCharsets.UTF_8);
  }

  /** A problem document, with nothing of the inside of the service in it. */
  static JsonNode problem(HttpResponse<byte[]> response) {
    String body = text(response);
    Assertions.assertThat(response.headers().firstValue("Content-Type"))
        .as(body)
        .hasValue("application/problem+json");
    Assertions.assertThat(body)
        .doesNotContain(
            "Exception", "app.mushroom", "java.", "org.springframework", "\tat ", "/tmp");
    JsonNode problem = JSON.readTree(response.body());
    Assertions.assertThat(problem.path("type").asString()).startsWith("/problems/");
    Assertions.assertThat(problem.path("status").asInt()).isEqualTo(response.statusCode());
    Assertions.assertThat(problem.path("detail").asString()).isNotBlank();
    Assertions.assertThat(problem.path("correlationId").asString()).isNotBlank();
    return problem;
  }
}
