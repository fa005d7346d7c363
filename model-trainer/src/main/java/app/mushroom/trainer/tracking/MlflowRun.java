package app.mushroom.trainer.tracking;

import app.mushroom.storage.JsonDocument;
import app.mushroom.trainer.runs.RunParameters;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A run on the server. Every call can be repeated without doing its work twice. */
final class MlflowRun {

  private static final String OWN_TAG = "mushroom.run";
  private static final int PARAMETERS_A_BATCH = 100;
  private static final int METRICS_A_BATCH = 1000;
  private static final String PROXIED = "mlflow-artifacts:/";

  private final MlflowClient client;
  private final MlflowLink link;

  /** A value of a metric. */
  record Metric(String key, double value, long timestamp, long step) {}

  /** A tag or a parameter. */
  record Pair(String key, String value) {}

  private MlflowRun(MlflowClient client, MlflowLink link) {
    this.client = client;
    this.link = link;
  }

  MlflowLink link() {
    return link;
  }

  /** The run a link leads to; null if the server no longer has it. */
  static @Nullable MlflowRun find(MlflowClient client, MlflowLink link) throws IOException {
    try {
      JsonNode answer = client.get("runs/get", Map.of("run_id", link.runId()));
      boolean active =
          answer.path("run").path("info").path("lifecycle_stage").asString("").equals("active");
      return active ? new MlflowRun(client, link) : null;
    } catch (MlflowException e) {
      if (e.isMissing()) {
        return null;
      }
      throw e;
    }
  }

  /** The run that was made for this one before, even if the answer was lost, or a new one. */
  static MlflowRun findOrCreate(MlflowClient client, String experiment, RunParameters parameters)
      throws IOException {
    String id = experiment(client, experiment);
    JsonNode found =
        client.post(
            "runs/search",
            Map.of(
                "experiment_ids",
                List.of(id),
                "filter",
                "tags.`" + OWN_TAG + "` = '" + parameters.run() + "'",
                "max_results",
                1));
    JsonNode run =
        found.path("runs").isEmpty()
            ? MlflowClient.required(create(client, id, parameters), "run")
            : found.path("runs").get(0);
    return new MlflowRun(
        client,
        new MlflowLink(
            JsonDocument.SCHEMA_VERSION,
            client.location(),
            id,
            MlflowClient.required(run, "info", "run_id").asString(),
            MlflowClient.required(run, "info", "artifact_uri").asString(),
            0,
            null));
  }

  private static String experiment(MlflowClient client, String name) throws IOException {
    try {
      JsonNode found = client.get("experiments/get-by-name", Map.of("experiment_name", name));
      return MlflowClient.required(found, "experiment", "experiment_id").asString();
    } catch (MlflowException e) {
      if (!e.isMissing()) {
        throw e;
      }
    }
    try {
      JsonNode made = client.post("experiments/create", Map.of("name", name));
      return MlflowClient.required(made, "experiment_id").asString();
    } catch (MlflowException e) {
      if (!e.isThereAlready()) {
        throw e;
      }
      JsonNode found = client.get("experiments/get-by-name", Map.of("experiment_name", name));
      return MlflowClient.required(found, "experiment", "experiment_id").asString();
    }
  }

  private static JsonNode create(MlflowClient client, String experiment, RunParameters parameters)
      throws IOException {
    return client.post(
        "runs/create",
        Map.of(
            "experiment_id", experiment,
            "run_name", parameters.run(),
            "start_time", parameters.created().toEpochMilli(),
            "tags", tags(parameters)));
  }

  private static List<Pair> tags(RunParameters parameters) {
    List<Pair> tags = new ArrayList<>();
    tags.add(new Pair(OWN_TAG, parameters.run()));
    tags.add(new Pair("mlflow.runName", parameters.run()));
    tags.add(new Pair("mlflow.user", parameters.user()));
    tags.add(new Pair("mlflow.source.name", "mushroom train"));
    tags.add(new Pair("mlflow.source.type", "LOCAL"));
    tags.add(new Pair("mushroom.codeVersion", parameters.codeVersion()));
    String dataset = parameters.dataset().name() + " " + parameters.dataset().version();
    tags.add(new Pair("mushroom.dataset", dataset));
    tags.add(new Pair("mushroom.dataset.manifestSha256", parameters.dataset().manifestSha256()));
    int plus = parameters.codeVersion().indexOf('+');
    if (plus >= 0) {
      String commit = parameters.codeVersion().substring(plus + 1).replace("-dirty", "");
      tags.add(new Pair("mlflow.source.git.commit", commit));
    }
    return tags;
  }

  void logParameters(JsonNode document) throws IOException {
    List<Pair> all = new ArrayList<>();
    MlflowNames.parameters(document).forEach((name, value) -> all.add(new Pair(name, value)));
    for (int from = 0; from < all.size(); from += PARAMETERS_A_BATCH) {
      List<Pair> batch = all.subList(from, Math.min(all.size(), from + PARAMETERS_A_BATCH));
      client.post("runs/log-batch", Map.of("run_id", link.runId(), "params", batch));
    }
  }

  void logMetrics(List<Metric> metrics) throws IOException {
    for (int from = 0; from < metrics.size(); from += METRICS_A_BATCH) {
      List<Metric> batch = metrics.subList(from, Math.min(metrics.size(), from + METRICS_A_BATCH));
      client.post("runs/log-batch", Map.of("run_id", link.runId(), "metrics", batch));
    }
  }

  /**
   * @param status RUNNING, FINISHED, FAILED or KILLED
   */
  void setStatus(String status, Instant since) throws IOException {
    Map<String, Object> body = new HashMap<>(Map.of("run_id", link.runId(), "status", status));
    if (!status.equals("RUNNING")) {
      body.put("end_time", since.toEpochMilli());
    }
    client.post("runs/update", body);
  }

  /**
   * Stores a file where the server keeps the run's: through the server, or, where that says a
   * folder of this very machine, there.
   *
   * @return whether that can be done
   */
  boolean putArtifact(String path, byte[] content) throws IOException {
    Optional<Path> folder = artifactFolder();
    if (link.artifacts().startsWith(PROXIED) && !link.artifacts().startsWith(PROXIED + "/")) {
      client.putArtifact(link.artifacts().substring(PROXIED.length()) + "/" + path, content);
      return true;
    }
    if (folder.isPresent()) {
      Path file = folder.get().resolve(path);
      Files.createDirectories(file.resolveSibling("."));
      Files.write(file, content);
      return true;
    }
    return false;
  }

  /** Only a server on this machine may name a folder: another has no business choosing files. */
  private Optional<Path> artifactFolder() {
    String artifacts = link.artifacts();
    String host = String.valueOf(URI.create(client.location()).getHost());
    boolean here = host.equals("localhost") || host.equals("[::1]") || host.startsWith("127.");
    boolean path = artifacts.startsWith("file:/") || artifacts.startsWith("/");
    return here && path
        ? Optional.of(
            artifacts.startsWith("/") ? Path.of(artifacts) : Path.of(URI.create(artifacts)))
        : Optional.empty();
  }
}
