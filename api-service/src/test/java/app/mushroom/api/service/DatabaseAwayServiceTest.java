package app.mushroom.api.service;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.api.fixture.TestPhotos;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** Started with a database server that is not there. */
@TestPropertySource(
    properties = {
      "spring.datasource.url=jdbc:postgresql://127.0.0.1:1/mushroom",
      "spring.datasource.username=mushroom",
      "mushroom.access.keys.reader.sha256="
          + "ec4408df15da46b328f6f3246fa723d0aa6cb0f0a0dd9c4626080ab1b02aa3b2",
      "mushroom.access.keys.reader.scopes=export"
    })
@org.springframework.test.annotation.DirtiesContext
class DatabaseAwayServiceTest extends ServiceTest {

  @Test
  void answersAndSaysThatNothingWasRecorded() throws Exception {
    JsonNode answer = identified(TestPhotos.red());
    assertThat(answer.path("answer").path("label").asString()).isEqualTo("amanita_muscaria");
    assertThat(answer.path("recorded").asBoolean(true)).isFalse();
    HttpResponse<byte[]> ready =
        send(
            HttpRequest.newBuilder(
                    URI.create("http://localhost:" + managementPort + "/actuator/health/readiness"))
                .build());
    assertThat(ready.statusCode()).isEqualTo(200);
  }

  @Test
  void takesNoFeedbackAndReadsNothingOutUntilItIsBack() throws Exception {
    String id = identified(TestPhotos.red()).path("id").asString();
    for (HttpResponse<byte[]> refused :
        List.of(
            postJson(
                "/api/v1/identifications/" + id + "/feedback",
                "{\"verdict\":\"right\",\"consent\":true}"),
            get("/api/v1/records/identifications", "X-API-Key", "reader-key"),
            get("/api/v1/records/feedback", "X-API-Key", "reader-key", "Accept", "text/csv"))) {
      assertThat(refused.statusCode()).as(text(refused)).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).isPresent();
      assertThat(problem(refused).path("type").asString())
          .isEqualTo("/problems/records-unavailable");
    }
  }
}
