package app.mushroom.api.service;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.api.fixture.TestPhotos;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the original app's own pages read. */
class OriginalRoutesTest extends ServiceTest {

  @Test
  void predictsUnderTheOriginalsNames() throws Exception {
    JsonNode prediction = predict(TestPhotos.red());
    assertThat(prediction.path("input_image_shape").asString()).isEqualTo("(1, 64, 64, 3)");
    assertThat(prediction.path("prediction_shape").toString()).isEqualTo("[1,6]");
    assertThat(prediction.path("prediction").get(0).size()).isEqualTo(6);
    assertThat(prediction.path("prediction_label").asString()).isEqualTo("amanita_muscaria");
    assertThat(prediction.path("accuracy").asDouble()).isBetween(90.0, 100.0);
    assertThat(prediction.path("poisonous").asBoolean()).isTrue();
    assertThat(prediction.path("warning").asString()).startsWith("Never eat a mushroom");
    assertThat(prediction.path("poison_flag").asString()).isEqualTo("poisonous");
    assertThat(prediction.path("poison_reason").asString()).contains("likeliest");
    assertThat(prediction.path("model_version").asString()).matches("[0-9]+");
  }

  @Test
  void silenceNeverStandsForCannotTell() throws Exception {
    JsonNode noMushroom = predict(TestPhotos.blue());
    assertThat(noMushroom.path("prediction_label").asString()).isEqualTo("not_a_mushroom");
    assertThat(noMushroom.path("poisonous").asBoolean()).isTrue();
    JsonNode chanterelle = predict(TestPhotos.jpeg(TestPhotos.YELLOW, 96, 80));
    assertThat(chanterelle.path("prediction_label").asString()).isEqualTo("cantharellus_cibarius");
    assertThat(chanterelle.path("poisonous").asBoolean()).isFalse();
  }

  @Test
  void wantsExactlyOneFile() throws Exception {
    for (byte[] body :
        List.of(
            new Multipart().end(),
            new Multipart().field("file", "text").end(),
            Multipart.photo(TestPhotos.red()).end(),
            new Multipart()
                .file("file", "a", "image/jpeg", TestPhotos.red())
                .file("file", "b", "image/jpeg", TestPhotos.red())
                .end())) {
      HttpResponse<byte[]> refused = post("/predict", body);
      assertThat(refused.statusCode()).as(text(refused)).isEqualTo(400);
      problem(refused);
    }
  }

  @Test
  void tellsOfModelsUnderTheOriginalsColumns() throws Exception {
    JsonNode best = JSON.readTree(get("/best_model").body());
    assertThat(best.path("message").asString()).startsWith("Current model being served:mushrooms-");
    for (JsonNode row :
        List.of(
            best.path("model_details"),
            JSON.readTree(get("/leaderboard").body()).get(0),
            JSON.readTree(get("/experiments").body()).get(0))) {
      assertThat(row.propertyNames())
          .contains(
              "id",
              "trainable_parameters",
              "execution_time",
              "loss",
              "accuracy",
              "model_size",
              "learning_rate",
              "batch_size",
              "epochs",
              "optimizer",
              "email",
              "experiment",
              "model_name");
      assertThat(row.path("execution_time").asDouble()).isEqualTo(10);
      assertThat(row.path("email").asString()).doesNotContain("<");
    }
  }

  @Test
  void welcomesProgramsAndShowsPeopleThePage() throws Exception {
    HttpResponse<byte[]> welcome = get("/");
    assertThat(text(welcome)).isEqualTo("{\"message\":\"Welcome to the API Service\"}");
    HttpResponse<byte[]> page = get("/", "Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
    assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
    assertThat(text(page)).contains("<html");
    String etag = page.headers().firstValue("ETag").orElseThrow();
    assertThat(get("/index.html", "If-None-Match", etag).statusCode()).isEqualTo(304);
  }

  private JsonNode predict(byte[] photo) throws Exception {
    byte[] body = new Multipart().file("file", "photo.jpg", "image/jpeg", photo).end();
    HttpResponse<byte[]> response = post("/predict", body);
    assertThat(response.statusCode()).as(text(response)).isEqualTo(200);
    return JSON.readTree(response.body());
  }
}
