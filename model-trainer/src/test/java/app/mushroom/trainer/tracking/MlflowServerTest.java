package app.mushroom.trainer.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.trainer.cli.TinyDataset;
import app.mushroom.trainer.torchscript.TinyBackbone;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A training run against a real MLflow server, which environment variable MUSHROOM_MLFLOW names by
 * its executable; and against none.
 */
class MlflowServerTest {

  private static final long PATIENCE_SECONDS = 240;

  @TempDir Path folder;

  @Test
  void aRealServerHasTheRunTheModelAndItsAlias() throws Exception {
    String mlflow = System.getenv("MUSHROOM_MLFLOW");
    Assumptions.assumeTrue(
        mlflow != null, "MUSHROOM_MLFLOW does not name an mlflow executable: not tried");
    int port = freePort();
    String server = "http://127.0.0.1:" + port;
    Path log = folder.resolve("mlflow.log");
    Process process =
        new ProcessBuilder(
                mlflow,
                "server",
                "--backend-store-uri",
                "sqlite:///" + folder.resolve("mlflow.db"),
                "--artifacts-destination",
                folder.resolve("artifacts").toString(),
                "--workers",
                "1",
                "--port",
                String.valueOf(port))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      awaitHealth(server, process, log);
      String output = train(Map.of("MLFLOW_TRACKING_URI", server));
      assertThat(output).contains("MLflow: " + server + "/#/experiments/").contains("Not promoted");

      JsonNode run =
          post(server, "runs/search", "{\"experiment_ids\": [\"1\"]}").path("runs").get(0);
      assertThat(run.path("info").path("status").asString()).isEqualTo("FINISHED");
      String id = run.path("info").path("run_id").asString();
      assertThat(run.path("data").path("params").toString())
          .contains("hyperparameters.seed", "dataset.manifestSha256", "device.engine");
      JsonNode history =
          get(server, "metrics/get-history?metric_key=val/top1&run_id=" + id).path("metrics");
      assertThat(history).hasSize(2);
      assertThat(history.get(1).path("step").asInt()).isEqualTo(2);
      assertThat(get(server, "artifacts/list?run_id=" + id).path("files").toString())
          .contains("params.json", "evaluation.json", "bundle");
      assertThat(get(server, "artifacts/list?path=bundle/1&run_id=" + id).path("files").toString())
          .contains("bundle/1/MODEL_CARD.md", "bundle/1/golden.json", "bundle/1/model.pt");
      command(Map.of(), "models", "promote", "1", "--force", "--reason", "a tiny one");
      command(Map.of("MLFLOW_TRACKING_URI", server), "runs", "send", "latest");
      JsonNode champion =
          get(server, "registered-models/alias?name=mushrooms&alias=champion")
              .path("model_version");
      assertThat(champion.path("run_id").asString()).isEqualTo(id);
      assertThat(champion.path("description").asString()).contains("poison recall");

      // Sent again, nothing doubles.
      command(Map.of("MLFLOW_TRACKING_URI", server), "runs", "send", "latest");
      assertThat(post(server, "runs/search", "{\"experiment_ids\": [\"1\"]}").path("runs"))
          .hasSize(1);
      assertThat(
              get(server, "metrics/get-history?metric_key=val/top1&run_id=" + id).path("metrics"))
          .hasSize(2);
    } finally {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
      process.waitFor(10, TimeUnit.SECONDS);
      process.destroyForcibly();
    }
  }

  @Test
  void trainingSucceedsWithoutTheServer() throws Exception {
    String output =
        train(Map.of("MLFLOW_TRACKING_URI", "http://u:secret-word@127.0.0.1:" + freePort()));
    assertThat(output)
        .contains("Not promoted", "does not answer", "did not get everything", "runs send")
        .doesNotContain("secret-word");
  }

  private String train(Map<String, String> environment) throws Exception {
    Path store = folder.resolve("store");
    TinyDataset.write(store);
    String backbone = TinyBackbone.write(folder.resolve("tiny_embedding.pt")).toString();
    return command(
        environment,
        "train",
        "--dataset=tiny",
        "--backbone=" + backbone,
        "--epochs=2",
        "--batch-size=8",
        "--smallest-size=32",
        "--largest-size=32",
        "--input-size=32",
        "--head-epochs=5",
        "--device=cpu");
  }

  /** Runs the trainer in a process of its own, as a person does; it must succeed. */
  private String command(Map<String, String> environment, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "app.mushroom.trainer.cli.TrainerApplication"));
    command.addAll(List.of(arguments));
    File output = Files.createTempFile(folder, "output", ".txt").toFile();
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output);
    builder.environment().putAll(environment);
    builder.environment().put("MUSHROOM_STORE", folder.resolve("store").toString());
    builder.environment().put("MUSHROOM_MLFLOW_NETWORK", "true");
    Process process = builder.start();
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    String text = Files.readString(output.toPath());
    assertThat(process.exitValue()).as(text).isZero();
    return text;
  }

  private static void awaitHealth(String server, Process process, Path log) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < end && process.isAlive()) {
      try {
        if (send(HttpRequest.newBuilder(URI.create(server + "/health")).build()).equals("OK")) {
          return;
        }
      } catch (IOException e) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100)); // it is still starting
      }
    }
    throw new AssertionError("the MLflow server did not start:\n" + Files.readString(log));
  }

  private static JsonNode get(String server, String endpoint) throws Exception {
    return json(HttpRequest.newBuilder(URI.create(server + "/api/2.0/mlflow/" + endpoint)).build());
  }

  private static JsonNode post(String server, String endpoint, String body) throws Exception {
    return json(
        HttpRequest.newBuilder(URI.create(server + "/api/2.0/mlflow/" + endpoint))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private static JsonNode json(HttpRequest request) throws Exception {
    return JsonMapper.builder().build().readTree(send(request));
  }

  private static String send(HttpRequest request) throws IOException, InterruptedException {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
