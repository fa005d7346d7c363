package app.mushroom.api.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Every file of the corpus, as an upload. */
class CorpusTest extends ServiceTest {
  /** All files with every lie, in place of some of them. */
  private static final boolean FULL = Boolean.getBoolean("mushroom.corpus.full");

  private static final Duration LONGEST = Duration.ofSeconds(10);

  /** What a file is called, and what it says that it is. */
  private static final List<String> LIES =
      List.of(
          "a.exe application/x-msdownload",
          "a.svg image/svg+xml",
          "a.png image/png",
          "a.gif image/webp",
          "a.jpg.php text/html",
          "noextension application/octet-stream");

  @Test
  void everyFileGetsItsVerdict() throws Exception {
    SoftAssertions softly = new SoftAssertions();
    for (TestData.Entry entry : TestData.corpus()) {
      long start = System.nanoTime();
      HttpResponse<byte[]> response = identify(entry.bytes());
      softly.assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONGEST);
      int status = response.statusCode();
      String said = entry + ": " + status + " " + text(response);
      switch (entry.expected()) {
        case "accept" -> softly.assertThat(status).as(said).isEqualTo(200);
        case "reject-4xx" -> softly.assertThat(status).as(said).isBetween(400, 499);
        default -> softly.assertThat(status).as(said).isLessThan(500);
      }
      if (status != 200) {
        problem(response);
      }
    }
    softly.assertAll();
  }

  @Test
  void aCutFileGetsNoAnswer() throws Exception {
    SoftAssertions softly = new SoftAssertions();
    for (TestData.Entry entry : TestData.corpus()) {
      boolean sampled =
          entry.category().equals("valid-common")
              && entry.expected().equals("accept")
              && entry.file().matches(".*\\.(jpe?g|png|webp|gif|bmp)")
              && entry.bytes().length > 2000;
      for (int percent : sampled ? new int[] {10, 25, 50, 75} : new int[0]) {
        byte[] whole = entry.bytes();
        HttpResponse<byte[]> response =
            identify(Arrays.copyOf(whole, (int) ((long) whole.length * percent / 100)));
        softly
            .assertThat(response.statusCode())
            .as(entry + " cut at " + percent + " %: " + text(response))
            .isBetween(400, 499);
      }
    }
    softly.assertAll();
  }

  @Test
  void theWayACameraWasHeldChangesNothing() throws Exception {
    Map<String, List<TestData.Entry>> groups =
        TestData.corpus().stream()
            .filter(entry -> entry.category().equals("orientation") && !entry.group().isEmpty())
            .collect(Collectors.groupingBy(TestData.Entry::group));
    assertThat(groups).isNotEmpty();
    for (List<TestData.Entry> group : groups.values()) {
      JsonNode first = identified(group.get(0).bytes());
      for (TestData.Entry entry : group) {
        JsonNode other = identified(entry.bytes());
        assertThat(top(other)).as(entry.file()).isEqualTo(top(first));
        assertThat(probability(other)).isCloseTo(probability(first), within(0.03));
      }
    }
  }

  @Test
  void onlyTheBytesDecide() throws Exception {
    int differences = 0;
    int combinations = 0;
    for (TestData.Entry entry : TestData.corpus()) {
      if (!FULL && entry.file().hashCode() % 8 != 0) {
        continue;
      }
      String plain = verdict(identify(entry.bytes()));
      for (String lie : LIES) {
        String[] nameAndType = lie.split(" ");
        byte[] body =
            new Multipart().file("images", nameAndType[0], nameAndType[1], entry.bytes()).end();
        combinations++;
        differences += verdict(post("/api/v1/identifications", body)).equals(plain) ? 0 : 1;
      }
    }
    System.err.println(combinations + " lying labels, " + differences + " differences");
    assertThat(combinations).isPositive();
    assertThat(differences).isZero();
  }

  private static String verdict(HttpResponse<byte[]> response) {
    JsonNode body = JSON.readTree(response.body());
    return response.statusCode() == 200
        ? body.path("answer").toString() + body.path("poison")
        : body.path("type").asString();
  }

  private static String top(JsonNode identification) {
    return identification.path("answer").path("rank").asString()
        + identification.path("answer").path("label").asString();
  }

  private static double probability(JsonNode identification) {
    return identification.path("answer").path("probability").asDouble();
  }
}
