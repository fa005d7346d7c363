package app.mushroom.api.service;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.api.fixture.TestPhotos;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class IdentificationServiceTest extends ServiceTest {

  @Test
  void namesAPoisonousMushroomWithItsLookAlikes() throws Exception {
    JsonNode answer = identified(TestPhotos.red());
    assertThat(answer.path("id").asString()).matches("[0-9a-f]{8}-[0-9a-f]{4}-7.*");
    assertThat(answer.path("model").path("name").asString()).isEqualTo("mushrooms");
    assertThat(answer.path("mushroom").path("isMushroom").asBoolean()).isTrue();
    assertThat(answer.path("answer").path("rank").asString()).isEqualTo("species");
    assertThat(answer.path("answer").path("label").asString()).isEqualTo("amanita_muscaria");
    assertThat(answer.path("answer").path("scientificName").asString())
        .isEqualTo("Amanita muscaria");
    assertThat(answer.path("answer").path("band").asString()).isEqualTo("very_likely");
    assertThat(answer.path("poison").path("flag").asString()).isEqualTo("poisonous");
    assertThat(answer.path("candidates").size()).isEqualTo(5);
    assertThat(answer.path("candidates").get(0).path("lookAlikes").size()).isPositive();
    assertThat(answer.path("answer").path("lookAlikes").get(0).path("difference").asString())
        .isNotBlank();
    assertThat(answer.path("poison").path("reason").asString())
        .contains("of the 5 likeliest", "poisonous", " %");
    assertThat(answer.path("mushroom").path("threshold").asDouble()).isEqualTo(0.5);
    assertThat(answer.path("answer").path("family").asString()).isEqualTo("Amanitaceae");
    assertThat(answer.path("answer").path("commonNames").get(0).asString()).isEqualTo("fly agaric");
    assertThat(java.time.Instant.parse(answer.path("created").asString()))
        .isCloseTo(
            java.time.Instant.now(),
            org.assertj.core.api.Assertions.within(5, java.time.temporal.ChronoUnit.MINUTES));
    assertThat(answer.path("warning").asString()).startsWith("Never eat a mushroom");
  }

  @Test
  void marksADeadlyMushroom() throws Exception {
    JsonNode answer = identified(TestPhotos.jpeg(TestPhotos.GREEN, 96, 80));
    assertThat(answer.path("answer").path("label").asString()).isEqualTo("amanita_phalloides");
    assertThat(answer.path("poison").path("deadly").asBoolean()).isTrue();
    assertThat(answer.path("advice").get(0).asString()).contains("poison centre");
  }

  @Test
  void leavesCandidatesOutWhenThereIsNoMushroom() throws Exception {
    JsonNode answer = identified(TestPhotos.blue());
    assertThat(answer.path("mushroom").path("isMushroom").asBoolean()).isFalse();
    assertThat(answer.path("answer").path("rank").asString()).isEqualTo("none");
    assertThat(answer.path("answer").has("label")).isFalse();
    assertThat(answer.path("poison").path("flag").asString()).isEqualTo("cannot_tell");
    assertThat(answer.has("candidates")).isFalse();
  }

  @Test
  void takesSeveralPhotosOfOneFind() throws Exception {
    byte[] three =
        Multipart.photos(List.of(TestPhotos.red(), TestPhotos.blue(), TestPhotos.red())).end();
    JsonNode answer = JSON.readTree(post("/api/v1/identifications", three).body());
    assertThat(answer.path("answer").path("label").asString()).isEqualTo("amanita_muscaria");
  }

  @Test
  void limitsCandidates() throws Exception {
    byte[] body = Multipart.photo(TestPhotos.red()).end();
    assertThat(candidates(post("/api/v1/identifications?limit=1", body))).isEqualTo(1);
    assertThat(candidates(post("/api/v1/identifications?limit=100", body))).isEqualTo(6);
    for (String limit : List.of("0", "-1", "many", "99999999999")) {
      HttpResponse<byte[]> refused = post("/api/v1/identifications?limit=" + limit, body);
      assertThat(refused.statusCode()).isEqualTo(400);
      problem(refused);
    }
  }

  @Test
  void answersWithAChosenVersion() throws Exception {
    byte[] body = Multipart.photo(TestPhotos.red()).end();
    JsonNode answer = JSON.readTree(post("/api/v1/models/1/identifications", body).body());
    assertThat(answer.path("model").path("version").asString()).isEqualTo("1");
    assertThat(answer.path("answer").path("label").asString()).isEqualTo("amanita_muscaria");
    assertThat(problem(post("/api/v1/models/999/identifications", body)).path("type").asString())
        .isEqualTo("/problems/not-found");
    assertThat(problem(post("/api/v1/models/-x/identifications", body)).path("type").asString())
        .isEqualTo("/problems/invalid-name");
  }

  @Test
  void neverClearsAMushroomForEating() throws Exception {
    for (byte[] photo :
        List.of(
            TestPhotos.red(),
            TestPhotos.blue(),
            TestPhotos.jpeg(TestPhotos.YELLOW, 96, 80),
            TestPhotos.jpeg(java.awt.Color.GRAY, 96, 80))) {
      JsonNode answer = identified(photo);
      String words =
          (answer.path("advice") + " " + answer.path("warning") + answer.path("poison"))
              .toLowerCase(Locale.ROOT);
      assertThat(words).doesNotContain("edible", "safe");
    }
  }

  @Test
  void drawsWhereTheNetworkLooked() throws Exception {
    byte[] photo = TestPhotos.disc(TestPhotos.RED, TestPhotos.YELLOW, 200);
    String id = identified(photo).path("id").asString();
    HttpResponse<byte[]> heatmap = get("/api/v1/identifications/" + id + "/heatmap");
    assertThat(heatmap.statusCode()).as(text(heatmap)).isEqualTo(200);
    assertThat(heatmap.headers().firstValue("Content-Type")).hasValue("image/png");
    var image = javax.imageio.ImageIO.read(new java.io.ByteArrayInputStream(heatmap.body()));
    assertThat(image.getWidth()).isEqualTo(200);
  }

  @Test
  void drawsWhereTheNetworkLookedInEachPhoto() throws Exception {
    byte[] body =
        Multipart.photos(
                List.of(
                    TestPhotos.disc(TestPhotos.RED, TestPhotos.YELLOW, 200),
                    TestPhotos.disc(TestPhotos.RED, TestPhotos.YELLOW, 150),
                    TestPhotos.red()))
            .end();
    JsonNode answer = JSON.readTree(post("/api/v1/identifications", body).body());
    assertThat(answer.path("photos").asInt()).isEqualTo(3);
    String heatmap = "/api/v1/identifications/" + answer.path("id").asString() + "/heatmap?photo=";
    int[] widths = {200, 150, 96};
    for (int photo = 1; photo <= 3; photo++) {
      HttpResponse<byte[]> drawn = get(heatmap + photo);
      assertThat(drawn.statusCode()).as(text(drawn)).isEqualTo(200);
      assertThat(
              javax.imageio.ImageIO.read(new java.io.ByteArrayInputStream(drawn.body())).getWidth())
          .isEqualTo(widths[photo - 1]);
    }
    for (String wrong : List.of("0", "4", "-1", "x")) {
      assertThat(get(heatmap + wrong).statusCode()).as(wrong).isEqualTo(400);
    }
  }

  @Test
  void hasNoHeatmapForWhatIsNoMushroomOrUnknown() throws Exception {
    String id = identified(TestPhotos.blue()).path("id").asString();
    HttpResponse<byte[]> none = get("/api/v1/identifications/" + id + "/heatmap");
    assertThat(none.statusCode()).isEqualTo(404);
    problem(none);
    HttpResponse<byte[]> unknown =
        get("/api/v1/identifications/0198c5c2-0000-7000-8000-000000000000/heatmap");
    assertThat(unknown.statusCode()).isEqualTo(404);
    problem(unknown);
    assertThat(get("/api/v1/identifications/not-an-id/heatmap").statusCode()).isEqualTo(400);
  }

  private static int candidates(HttpResponse<byte[]> response) {
    return JSON.readTree(response.body()).path("candidates").size();
  }
}
