package app.mushroom.api.service;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.api.fixture.TestPhotos;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What people send never comes out in logs or metrics, nor in other people's answers. */
@ExtendWith(OutputCaptureExtension.class)
class LogPrivacyTest extends ServiceTest {
  private static final String CANARY = "canary7319";

  @Autowired MeterRegistry meters;

  @Test
  void nothingThatPeopleSendIsLoggedOrCounted(CapturedOutput output) throws Exception {
    List<HttpResponse<byte[]>> answers = new ArrayList<>();
    byte[] photo = withExif(TestPhotos.red(), "GPS 47.3769N 8.5417E owner " + CANARY);
    for (byte[] content : List.of(photo, CANARY.getBytes(StandardCharsets.UTF_8))) {
      byte[] body =
          new Multipart()
              .file("images", CANARY + ".jpg", "image/" + CANARY, content)
              .field(CANARY, CANARY)
              .end();
      for (String path :
          List.of(
              "/api/v1/identifications?" + CANARY + "=" + CANARY,
              "/api/v1/models/" + CANARY + "/identifications",
              "/api/v1/" + CANARY,
              "/predict?api-key=" + CANARY)) {
        answers.add(
            send(
                request(
                        path,
                        "Authorization",
                        "Bearer " + CANARY,
                        "X-API-Key",
                        CANARY,
                        "User-Agent",
                        CANARY,
                        "Referer",
                        "https://" + CANARY + ".example/",
                        "Cookie",
                        "name=" + CANARY)
                    .header("Content-Type", "multipart/form-data; boundary=" + Multipart.BOUNDARY)
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                    .build()));
      }
    }
    String id = identified(photo).path("id").asString();
    HttpResponse<byte[]> feedback =
        postJson(
            "/api/v1/identifications/" + id + "/feedback",
            "{\"verdict\":\"wrong\",\"comment\":\"" + CANARY + "\",\"consent\":true}");
    answers.add(feedback);
    String token = JSON.readTree(feedback.body()).path("withdrawalToken").asString();
    postJson("/api/v1/identifications/" + id + "/feedback", "{\"verdict\":\"" + CANARY + "\"}");
    get("/" + CANARY + "?" + CANARY, "Range", CANARY);
    send(
        request("/status")
            .method(CANARY.toUpperCase(), HttpRequest.BodyPublishers.noBody())
            .build());

    for (HttpResponse<byte[]> answer : answers) {
      assertThat(text(answer)).doesNotContain("47.3769", "Exif");
      if (answer.statusCode() < 300 || answer.statusCode() >= 500) {
        assertThat(text(answer)).doesNotContain(CANARY);
      }
    }
    assertThat(output.getAll())
        .contains("POST /api/v1/identifications 200", "POST /** 404", "OTHER - 405")
        .doesNotContainIgnoringCase(CANARY)
        .doesNotContain("47.3769", token, "127.0.0.1 ");
    meters
        .getMeters()
        .forEach(meter -> assertThat(meter.getId().toString()).doesNotContainIgnoringCase(CANARY));
  }

  @Test
  void eachLineCarriesTheNameOfItsRequest(CapturedOutput output) throws Exception {
    get("/api/v1/models", "X-Correlation-Id", "for-the-line-0001");
    await(() -> output.getAll().contains("GET /api/v1/models 200"));
    assertThat(
            output
                .getAll()
                .lines()
                .filter(line -> line.contains("GET /api/v1/models 200"))
                .toList())
        .anyMatch(line -> line.contains("[for-the-line-0001]"));
  }

  /** The photo with a segment for metadata behind its first marker. */
  private static byte[] withExif(byte[] jpeg, String text) {
    byte[] content = ("Exif\0\0" + text).getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(jpeg, 0, 2);
    out.write(0xFF);
    out.write(0xE1);
    out.write((content.length + 2) >> 8);
    out.write(content.length + 2);
    out.writeBytes(content);
    out.write(jpeg, 2, jpeg.length - 2);
    return out.toByteArray();
  }
}
