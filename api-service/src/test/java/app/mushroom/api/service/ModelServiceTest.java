package app.mushroom.api.service;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.api.fixture.TestPhotos;
import app.mushroom.api.fixture.TinyBundle;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ModelServiceTest extends ServiceTest {

  @Test
  void aNewChampionTakesOverWithoutALostRequest() throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    Queue<String> failures = new ConcurrentLinkedQueue<>();
    Set<String> versions = ConcurrentHashMap.newKeySet();
    List<Thread> clients =
        IntStream.range(0, 3)
            .mapToObj(i -> new Thread(() -> ask(stop, failures, versions)))
            .toList();
    clients.forEach(Thread::start);
    for (int swap = 0; swap < 20; swap++) {
      String version =
          TinyBundle.publishAndPromote(
              STORE, swap % 2 == 0 ? TinyBundle.Change.REVERSED : TinyBundle.Change.NONE);
      await(() -> versions.contains(version));
    }
    stop.set(true);
    for (Thread client : clients) {
      client.join();
    }
    assertThat(failures).isEmpty();
    assertThat(versions).hasSizeGreaterThanOrEqualTo(20);
  }

  /**
   * A red photo is a fly agaric for every version; with another version's labels it would not be.
   */
  private void ask(AtomicBoolean stop, Queue<String> failures, Set<String> versions) {
    byte[] red = TestPhotos.red();
    while (!stop.get()) {
      try {
        HttpResponse<byte[]> response = identify(red);
        JsonNode answer = JSON.readTree(response.body());
        if (!answer.path("answer").path("label").asString("").equals("amanita_muscaria")) {
          failures.add(text(response));
        }
        versions.add(answer.path("model").path("version").asString(""));
      } catch (java.io.IOException | InterruptedException | RuntimeException e) {
        failures.add(e.toString());
      }
    }
  }

  @Test
  void listsModelsWithFiguresAndCard() throws Exception {
    JsonNode models = JSON.readTree(get("/api/v1/models").body()).path("models");
    assertThat(models.size()).isPositive();
    String version = models.get(0).path("version").asString();
    assertThat(models.get(0).path("metrics").path("val").path("top1").asDouble()).isEqualTo(0.75);
    JsonNode details = JSON.readTree(get("/api/v1/models/" + version).body());
    assertThat(details.path("card").asString()).startsWith("# Tiny");
    assertThat(details.path("manifest").path("files").size()).isPositive();
    problem(get("/api/v1/models/12345"));
  }

  @Test
  void ranksByPoisonCostThenMacroF1() throws Exception {
    String better =
        TinyBundle.publishAndPromote(
            STORE,
            folder ->
                java.nio.file.Files.write(folder.resolve("metrics.json"), TinyBundle.metrics(0.1)));
    JsonNode entries = JSON.readTree(get("/api/v1/leaderboard").body()).path("entries");
    assertThat(entries.get(0).path("rank").asInt()).isEqualTo(1);
    assertThat(entries.get(0).path("model").path("version").asString()).isEqualTo(better);
  }

  @Test
  void knowsTheSpecies() throws Exception {
    JsonNode all = JSON.readTree(get("/api/v1/species").body()).path("species");
    assertThat(all.size()).isGreaterThanOrEqualTo(131);
    JsonNode one = JSON.readTree(get("/api/v1/species/amanita_phalloides").body());
    assertThat(one.path("toxicity").asString()).isEqualTo("deadly");
    assertThat(one.path("sources").size()).isPositive();
    assertThat(get("/api/v1/species/not_a_species").statusCode()).isEqualTo(404);
  }

  @Test
  void describesItself() throws Exception {
    JsonNode paths = JSON.readTree(get("/v3/api-docs").body()).path("paths");
    assertThat(paths.propertyNames())
        .contains("/api/v1/identifications", "/predict", "/api/v1/species/{label}");
    assertThat(get("/swagger-ui.html").statusCode()).isIn(200, 302);
    assertThat(get("/swagger-ui/index.html").statusCode()).isEqualTo(200);
  }
}
