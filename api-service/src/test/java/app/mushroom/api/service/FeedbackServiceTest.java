package app.mushroom.api.service;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.api.fixture.TestPhotos;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

class FeedbackServiceTest extends ServiceTest {
  @Autowired JdbcClient jdbc;

  @Test
  void keepsTheDrawnAnewPhotoOnlyWithConsent() throws Exception {
    HttpResponse<byte[]> without =
        postJson(feedbackOn(TestPhotos.red()), "{\"verdict\":\"right\"}");
    assertThat(without.statusCode()).as(text(without)).isEqualTo(201);
    assertThat(JSON.readTree(without.body()).path("photosKept").asInt()).isZero();

    String path = feedbackOn(withTrailer(TestPhotos.red(), "<?php GPS 47.3769"));
    HttpResponse<byte[]> with =
        postJson(
            path,
            """
            {"verdict":"wrong","label":"amanita_pantherina","comment":"It was brown.","consent":true}""");
    assertThat(JSON.readTree(with.body()).path("photosKept").asInt()).isEqualTo(1);

    String id = JSON.readTree(with.body()).path("id").asString();
    List<Path> kept = stored(id);
    assertThat(kept)
        .extracting(file -> file.getFileName().toString())
        .containsExactlyInAnyOrder(id + "-1.jpg", id + ".json");
    for (Path file : kept) {
      assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
          .doesNotContain("<?php", "GPS", "photo.jpg", "Exif");
    }
    assertThat(
            jdbc.sql("SELECT label FROM feedback WHERE id = ?")
                .param(java.util.UUID.fromString(id))
                .query(String.class)
                .single())
        .isEqualTo("amanita_pantherina");
  }

  @Test
  void whoeverGaveItCanTakeItBack() throws Exception {
    HttpResponse<byte[]> given =
        postJson(feedbackOn(TestPhotos.red()), "{\"verdict\":\"right\",\"consent\":true}");
    String id = JSON.readTree(given.body()).path("id").asString();
    String token = JSON.readTree(given.body()).path("withdrawalToken").asString();
    assertThat(stored(id)).hasSize(2);
    HttpResponse<byte[]> without = send(request("/api/v1/feedback/" + id).DELETE().build());
    assertThat(without.statusCode()).isEqualTo(401);
    problem(without);
    HttpResponse<byte[]> wrong =
        send(request("/api/v1/feedback/" + id, "X-Withdrawal-Token", "x").DELETE().build());
    assertThat(wrong.statusCode()).isEqualTo(404);
    problem(wrong);
    HttpResponse<byte[]> right =
        send(request("/api/v1/feedback/" + id, "X-Withdrawal-Token", token).DELETE().build());
    assertThat(right.statusCode()).as(text(right)).isEqualTo(204);
    assertThat(stored(id)).isEmpty();
  }

  @Test
  void anAnswerSaysThatItWasRecorded() throws Exception {
    assertThat(identified(TestPhotos.red()).path("recorded").asBoolean()).isTrue();
  }

  @Test
  void refusesWhatIsNotFeedback() throws Exception {
    String path = feedbackOn(TestPhotos.red());
    for (String body :
        List.of(
            "",
            "[]",
            "{}",
            "{\"verdict\":\"maybe\"}",
            "{\"verdict\":\"wrong\",\"label\":\"../../etc\"}",
            "{\"verdict\":\"wrong\",\"comment\":\"" + "x".repeat(2001) + "\"}")) {
      HttpResponse<byte[]> refused = postJson(path, body);
      assertThat(refused.statusCode()).as(body).isEqualTo(400);
      problem(refused);
    }
    HttpResponse<byte[]> unknown =
        postJson(
            "/api/v1/identifications/0198c5c2-0000-7000-8000-000000000000/feedback",
            "{\"verdict\":\"right\"}");
    assertThat(unknown.statusCode()).isEqualTo(404);
    problem(unknown);
  }

  @Test
  void takesFeedbackOnOneIdentificationFiveTimes() throws Exception {
    String path = feedbackOn(TestPhotos.red());
    for (int i = 0; i < 5; i++) {
      assertThat(postJson(path, "{\"verdict\":\"right\"}").statusCode()).isEqualTo(201);
    }
    HttpResponse<byte[]> sixth = postJson(path, "{\"verdict\":\"right\"}");
    assertThat(sixth.statusCode()).isEqualTo(409);
    problem(sixth);
  }

  @Test
  void nothingHiddenInAPhotoIsKept() throws Exception {
    for (TestData.Entry entry : TestData.corpus()) {
      boolean hides = entry.category().equals("polyglot") || entry.category().equals("privacy");
      HttpResponse<byte[]> answer = hides ? identify(entry.bytes()) : null;
      if (answer == null || answer.statusCode() != 200) {
        continue;
      }
      String path =
          "/api/v1/identifications/"
              + JSON.readTree(answer.body()).path("id").asString()
              + "/feedback";
      HttpResponse<byte[]> receipt = postJson(path, "{\"verdict\":\"right\",\"consent\":true}");
      String id = JSON.readTree(receipt.body()).path("id").asString();
      List<Path> kept = stored(id);
      assertThat(kept).hasSize(2);
      for (Path file : kept) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .as(entry.file())
            .doesNotContain("<?php", "<script", "%PDF", "PK\u0003\u0004", "Exif", "GPS");
      }
    }
  }

  private String feedbackOn(byte[] photo) throws Exception {
    return "/api/v1/identifications/" + identified(photo).path("id").asString() + "/feedback";
  }

  private static byte[] withTrailer(byte[] photo, String trailer) {
    byte[] extra = trailer.getBytes(StandardCharsets.US_ASCII);
    byte[] both = java.util.Arrays.copyOf(photo, photo.length + extra.length);
    System.arraycopy(extra, 0, both, photo.length, extra.length);
    return both;
  }

  private static List<Path> stored(String id) throws Exception {
    try (Stream<Path> files = Files.walk(STORE.resolve("feedback"))) {
      return files.filter(file -> file.getFileName().toString().startsWith(id)).toList();
    }
  }
}
