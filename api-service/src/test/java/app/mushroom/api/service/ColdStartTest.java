package app.mushroom.api.service;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.api.fixture.TestPhotos;
import app.mushroom.api.fixture.TinyBundle;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A start with nothing to serve: alive, not ready, and ready as soon as a model has proven good.
 */
class ColdStartTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration BAR = Duration.ofSeconds(30);

  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void isReadyOnlyOnceAModelAnswersRight(@TempDir Path store) throws Exception {
    try (ConfigurableApplicationContext service = start(store)) {
      String api = "http://localhost:" + service.getEnvironment().getProperty("local.server.port");
      String health =
          "http://localhost:"
              + service.getEnvironment().getProperty("local.management.port")
              + "/actuator/health/";
      assertThat(get(health + "liveness").statusCode()).isEqualTo(200);
      assertThat(get(health + "readiness").statusCode()).isEqualTo(503);
      HttpResponse<String> early = identify(api);
      assertThat(early.statusCode()).isEqualTo(503);
      assertThat(early.headers().firstValue("Retry-After")).isPresent();
      assertThat(early.body()).contains("/problems/no-model");

      TinyBundle.publishAndPromote(store, folder -> TinyBundle.overwriteHead(folder, 0.5f));
      Awaitility.await()
          .atMost(BAR)
          .until(() -> get(api + "/api/v1/models").body().contains("\"version\":\"1\""));
      assertThat(get(health + "readiness").statusCode()).as("a wrong model").isEqualTo(503);

      TinyBundle.publishAndPromote(store);
      Awaitility.await().atMost(BAR).until(() -> get(health + "readiness").statusCode() == 200);
      JsonNode first = JSON.readTree(identify(api).body());
      assertThat(first.path("answer").path("label").asString()).isEqualTo("amanita_muscaria");
      assertThat(first.path("model").path("version").asString()).isEqualTo("2");
    }
  }

  private static ConfigurableApplicationContext start(Path store) {
    return new SpringApplication(app.mushroom.api.ApiServiceApplication.class)
        .run(
            "--server.port=0",
            "--management.server.port=0",
            "--spring.datasource.url=jdbc:h2:mem:cold;DB_CLOSE_DELAY=-1",
            "--mushroom.store=" + store,
            "--mushroom.model.poll-every=200ms",
            "--mushroom.model.starter=classpath:none",
            "--spring.jmx.enabled=false");
  }

  private HttpResponse<String> get(String url) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(url)).timeout(BAR).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> identify(String api) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(api + "/api/v1/identifications"))
            .timeout(BAR)
            .header("Content-Type", "multipart/form-data; boundary=" + Multipart.BOUNDARY)
            .POST(HttpRequest.BodyPublishers.ofByteArray(Multipart.photo(TestPhotos.red()).end()))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
