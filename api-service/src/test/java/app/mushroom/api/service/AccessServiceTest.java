package app.mushroom.api.service;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.api.fixture.TestPhotos;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** With keys: who may do what, and how often. The hashes are those of "alice-key" and so on. */
@TestPropertySource(
    properties = {
      "spring.datasource.url=jdbc:h2:mem:access;DB_CLOSE_DELAY=-1",
      "mushroom.access.keys.alice.sha256="
          + "72ee9d4355ccb9d3a4c9dbf37382e38e75c1b1a225b5bd1f729ee91bbda30c20",
      "mushroom.access.keys.alice.per-minute=100000",
      "mushroom.access.keys.carol.sha256="
          + "368c3387fc9b5ce6ab156ad952031f52bc9154e89a727020cd314f8910a21823",
      "mushroom.access.keys.carol.per-day=1",
      "mushroom.access.keys.reader.sha256="
          + "ec4408df15da46b328f6f3246fa723d0aa6cb0f0a0dd9c4626080ab1b02aa3b2",
      "mushroom.access.keys.reader.scopes=export,delete",
      "mushroom.access.anonymous.allowed=false"
    })
@org.springframework.test.annotation.DirtiesContext
class AccessServiceTest extends ServiceTest {

  @Test
  void whatMakesWorkNeedsAKey() throws Exception {
    byte[] body = Multipart.photo(TestPhotos.red()).end();
    for (String path :
        List.of("/api/v1/identifications", "/api/v1/%69dentifications", "/predict")) {
      HttpResponse<byte[]> refused = post(path, body);
      assertThat(refused.statusCode()).as(path).isEqualTo(401);
      assertThat(refused.headers().firstValue("WWW-Authenticate")).isPresent();
      assertThat(refused.headers().firstValue("Content-Security-Policy")).isPresent();
      assertThat(problem(refused).path("type").asString()).isEqualTo("/problems/key-required");
    }
    assertThat(
            get("/api/v1/identifications/0198c5c2-0000-7000-8000-000000000000/heatmap")
                .statusCode())
        .isEqualTo(401);
    assertThat(post("/api/v1/identifications?api-key=alice-key", body).statusCode()).isEqualTo(401);
    for (String open :
        List.of("/", "/index.html", "/status", "/api/v1/species", "/api/v1/models")) {
      assertThat(get(open).statusCode()).as(open).isEqualTo(200);
    }
  }

  @Test
  void eachWayToSendAKeyWorksAndTellsWhatIsLeft() throws Exception {
    for (String[] header :
        List.of(
            new String[] {"X-API-Key", "alice-key"},
            new String[] {"Api-Key", "alice-key"},
            new String[] {"Authorization", "Bearer alice-key"})) {
      HttpResponse<byte[]> answer = identifyWith(header);
      assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
      assertThat(answer.headers().firstValue("RateLimit-Policy").orElseThrow())
          .isEqualTo("\"minute\";q=100000;w=60");
      assertThat(answer.headers().firstValue("RateLimit").orElseThrow())
          .matches("\"minute\";r=9999\\d;t=\\d+");
    }
    assertThat(identifyWith("X-API-Key", "alice-kez").statusCode()).isEqualTo(401);
    assertThat(identifyWith("X-API-Key", "").statusCode()).isEqualTo(401);
    HttpResponse<byte[]> other = identifyWith("X-API-Key", "reader-key");
    assertThat(other.statusCode()).isEqualTo(403);
    assertThat(problem(other).path("type").asString()).isEqualTo("/problems/scope-missing");
  }

  @Test
  void whoSpentTheQuotaIsToldWhenToComeBack() throws Exception {
    assertThat(identifyWith("X-API-Key", "carol-key").statusCode()).isEqualTo(200);
    HttpResponse<byte[]> refused = identifyWith("X-API-Key", "carol-key");
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(problem(refused).path("type").asString()).isEqualTo("/problems/quota-spent");
    assertThat(Integer.parseInt(refused.headers().firstValue("Retry-After").orElseThrow()))
        .isBetween(1, 86_400);
    assertThat(refused.headers().firstValue("RateLimit").orElseThrow())
        .startsWith("\"day\";r=0;t=");
  }

  @Test
  void recordsAreReadByHoldersOfTheScopeOnly() throws Exception {
    for (String table : List.of("identifications", "feedback")) {
      String path = "/api/v1/records/" + table;
      HttpResponse<byte[]> none = get(path);
      assertThat(none.statusCode()).isEqualTo(401);
      problem(none);
      HttpResponse<byte[]> other = get(path, "X-API-Key", "alice-key", "Accept", "text/csv");
      assertThat(other.statusCode()).isEqualTo(403);
      problem(other);
      assertThat(get(path, "X-API-Key", "reader-key").statusCode()).isEqualTo(200);
    }
    assertThat(get("/api/v1/records/other", "X-API-Key", "reader-key").statusCode()).isEqualTo(400);
    assertThat(
            get("/api/v1/records/feedback?from=yesterday", "X-API-Key", "reader-key").statusCode())
        .isEqualTo(400);
  }

  @Test
  void recordsComeAsJsonAndAsCsv() throws Exception {
    JsonNode answer = JSON.readTree(identifyWith("X-API-Key", "alice-key").body());
    assertThat(answer.path("recorded").asBoolean()).isTrue();
    String id = answer.path("id").asString();
    HttpResponse<byte[]> receipt = feedback(id, "@SUM(1)");
    assertThat(receipt.statusCode()).as(text(receipt)).isEqualTo(201);

    HttpResponse<byte[]> json = get("/api/v1/records/identifications", "X-API-Key", "reader-key");
    assertThat(json.headers().firstValue("Content-Disposition").orElseThrow())
        .isEqualTo("attachment; filename=\"identifications.json\"");
    JsonNode row = null;
    for (JsonNode one : JSON.readTree(json.body())) {
      row = one.path("id").asString().equals(id) ? one : row;
    }
    assertThat(row).isNotNull();
    assertThat(row.path("label").asString()).isEqualTo("amanita_muscaria");
    assertThat(row.path("poisonFlag").asString()).isEqualTo("poisonous");
    assertThat(row.path("isMushroom").asBoolean()).isTrue();
    assertThat(row.path("created").asString()).endsWith("Z");

    HttpResponse<byte[]> csv =
        get("/api/v1/records/feedback", "X-API-Key", "reader-key", "Accept", "text/csv");
    assertThat(csv.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/csv");
    List<CSVRecord> rows =
        CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .get()
            .parse(new java.io.StringReader(text(csv)))
            .getRecords();
    assertThat(rows).anyMatch(found -> found.get("comment").equals("'@SUM(1)"));
    assertThat(
            JSON.readTree(
                    get("/api/v1/records/feedback?to=2000-01-01", "X-API-Key", "reader-key").body())
                .size())
        .isZero();
  }

  @Test
  void anybodysFeedbackIsDeletedWithTheScopeOnly() throws Exception {
    String id = JSON.readTree(identifyWith("X-API-Key", "alice-key").body()).path("id").asString();
    String feedback = JSON.readTree(feedback(id, "x").body()).path("id").asString();
    assertThat(delete(feedback).statusCode()).isEqualTo(401);
    assertThat(delete(feedback, "X-API-Key", "alice-key").statusCode()).isEqualTo(403);
    assertThat(delete(feedback, "X-API-Key", "reader-key").statusCode()).isEqualTo(204);
    assertThat(delete(feedback, "X-API-Key", "reader-key").statusCode()).isEqualTo(404);
  }

  private HttpResponse<byte[]> feedback(String id, String comment) throws Exception {
    return send(
        request(
                "/api/v1/identifications/" + id + "/feedback",
                "Content-Type",
                "application/json",
                "X-API-Key",
                "alice-key")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"verdict\":\"wrong\",\"comment\":\"" + comment + "\"}"))
            .build());
  }

  private HttpResponse<byte[]> delete(String feedback, String... headers) throws Exception {
    return send(request("/api/v1/feedback/" + feedback, headers).DELETE().build());
  }

  private HttpResponse<byte[]> identifyWith(String... header) throws Exception {
    return send(
        request("/api/v1/identifications", header)
            .header("Content-Type", "multipart/form-data; boundary=" + Multipart.BOUNDARY)
            .POST(HttpRequest.BodyPublishers.ofByteArray(Multipart.photo(TestPhotos.red()).end()))
            .build());
  }
}
