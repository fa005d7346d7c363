package app.mushroom.api.service;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.api.fixture.TestPhotos;
import app.mushroom.api.fixture.TinyBundle;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStores;
import app.mushroom.storage.model.ModelRegistry;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

/** Place and date of a find. */
@ExtendWith(OutputCaptureExtension.class)
class CircumstancesServiceTest extends ServiceTest {
  /** Between red and yellow, so that either label is possible. */
  private static final byte[] ORANGE = TestPhotos.jpeg(new java.awt.Color(220, 120, 40), 96, 80);

  private static String withPrior;

  @BeforeAll
  static void publishAVersionThatKnowsPlacesAndDates() throws Exception {
    try (ObjectStore objects = ObjectStores.open(STORE.toString())) {
      withPrior =
          TinyBundle.publish(
              new ModelRegistry(objects, Clock.systemUTC()), TinyBundle.Change.WITH_PRIOR);
    }
  }

  @Test
  void takesThemAndSaysThatAModelWithoutAPriorDoesNotUseThem() throws Exception {
    JsonNode answer =
        answer("/api/v1/identifications", TestPhotos.red(), "47.4", "8.5", "2026-09-30");
    assertThat(answer.path("circumstances").path("given").toString())
        .isEqualTo("[\"place\",\"date\"]");
    assertThat(answer.path("circumstances").path("used").size()).isZero();
    assertThat(answer.path("circumstances").path("note").asString())
        .contains("place and the date changed nothing");
    assertThat(identified(TestPhotos.red()).has("circumstances")).isFalse();
  }

  @Test
  void theyMoveTheProbabilitiesOfAModelThatKnowsThem() throws Exception {
    JsonNode plain = answer(chosen(), ORANGE, null, null, null);
    JsonNode autumn = answer(chosen(), ORANGE, "47.4", "11", "2025-09-30");
    JsonNode summer = answer(chosen(), ORANGE, "57", "26", "2025-06-01");
    assertThat(autumn.path("circumstances").path("used").toString())
        .isEqualTo("[\"place\",\"date\"]");
    assertThat(probability(autumn)).isGreaterThan(probability(plain));
    assertThat(probability(summer)).isLessThan(probability(plain));
    for (JsonNode moved : List.of(autumn, summer)) {
      assertThat(alarm(moved)).isGreaterThanOrEqualTo(alarm(plain));
      assertThat(moved.path("poison").path("probability").asDouble())
          .isGreaterThanOrEqualTo(plain.path("poison").path("probability").asDouble());
    }
  }

  @Test
  void aDateAloneCountsForTheHemisphereOfTheFinds() throws Exception {
    JsonNode answer = answer(chosen(), ORANGE, null, null, "2025-09-30");
    assertThat(answer.path("circumstances").path("used").toString()).isEqualTo("[\"date\"]");
  }

  @Test
  void takesThemAsParametersOfTheAddressToo() throws Exception {
    JsonNode answer =
        JSON.readTree(
            post(chosen() + "?date=2025-09-30", Multipart.photo(TestPhotos.red()).end()).body());
    assertThat(answer.path("circumstances").path("used").toString()).isEqualTo("[\"date\"]");
  }

  @Test
  void emptyFieldsAreNoCircumstances() throws Exception {
    JsonNode answer = answer("/api/v1/identifications", TestPhotos.red(), "", "", " ");
    assertThat(answer.has("circumstances")).isFalse();
  }

  @Test
  void refusesWhatIsNoPlaceOrDateWithoutRepeatingIt() throws Exception {
    for (Map<String, String> wrong :
        List.of(
            Map.of("latitude", "90.0001", "longitude", "8"),
            Map.of("latitude", "47", "longitude", "-180.5"),
            Map.of("latitude", "NaN", "longitude", "8"),
            Map.of("latitude", "Infinity", "longitude", "8"),
            Map.of("latitude", "here", "longitude", "there"),
            Map.of("latitude", "47.4"),
            Map.of("longitude", "8.5"),
            Map.of("latitude", "47.4", "longitude", ""),
            Map.of("date", "2026-02-30"),
            Map.of("date", "30.9.2026"),
            Map.of("date", "yesterday"),
            Map.of("date", "2026-09-30T10:00:00Z"))) {
      Multipart body = Multipart.photo(TestPhotos.red());
      wrong.forEach(body::field);
      HttpResponse<byte[]> refused = post("/api/v1/identifications", body.end());
      assertThat(refused.statusCode()).as(wrong + " " + text(refused)).isEqualTo(400);
      assertThat(problem(refused).path("type").asString()).isEqualTo("/problems/invalid-request");
      wrong.values().stream()
          .filter(value -> value.length() > 3)
          .forEach(value -> assertThat(text(refused)).doesNotContain(value));
    }
  }

  @Test
  void neitherAnswersNorLogsRepeatThem(CapturedOutput output) throws Exception {
    JsonNode answer = answer(chosen(), ORANGE, "47.412345", "8.598765", "1987-09-28");
    assertThat(answer.toString()).doesNotContain("47.4", "8.59", "1987", "45,5");
    assertThat(output.getAll()).doesNotContain("47.412345", "8.598765", "1987-09-28");
  }

  private static String chosen() {
    return "/api/v1/models/" + withPrior + "/identifications";
  }

  private JsonNode answer(String path, byte[] photo, String latitude, String longitude, String date)
      throws Exception {
    Multipart body = Multipart.photo(photo);
    if (latitude != null) {
      body.field("latitude", latitude).field("longitude", longitude);
    }
    if (date != null) {
      body.field("date", date);
    }
    HttpResponse<byte[]> response = post(path, body.end());
    assertThat(response.statusCode()).as(text(response)).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  private static double probability(JsonNode answer) {
    for (JsonNode candidate : answer.path("candidates")) {
      if (candidate.path("label").asString().equals("amanita_muscaria")) {
        return candidate.path("probability").asDouble();
      }
    }
    return 0;
  }

  private static int alarm(JsonNode answer) {
    return List.of("not_known_poisonous", "cannot_tell", "poisonous")
        .indexOf(answer.path("poison").path("flag").asString());
  }
}
