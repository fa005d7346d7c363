package app.mushroom.trainer.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStores;
import app.mushroom.storage.model.DatasetReference;
import app.mushroom.storage.model.ModelRegistry;
import app.mushroom.trainer.promotion.ConstantModel;
import app.mushroom.trainer.tracking.FakeMlflow.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The mirror against a server that answers as MLflow does, or does not answer. */
class MirrorTest {

  private static final Duration SHORT = Duration.ofMillis(500);

  @TempDir Path folder;

  private FakeMlflow server;
  private ObjectStore plain;
  private final List<String> notices = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, String> environment = new TreeMap<>();

  @BeforeEach
  void start() throws Exception {
    server = new FakeMlflow();
    environment.put("MLFLOW_TRACKING_URI", server.address() + "/");
    plain = ObjectStores.open(folder.resolve("store").toString());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aRunIsThereWithAllThatItsRecordHolds() throws Exception {
    try (ObjectStore store = watched(Duration.ofSeconds(20))) {
      publishVersion(store, RecordedRun.RUN);
      RecordedRun run = new RecordedRun(store).begin();
      server.await(() -> server.statuses.contains("RUNNING"));
      run.epoch(0.5);
      server.await(() -> server.metrics.containsKey("val/top1@1"));
      run.epoch(0.6).finish("1");
      run.write("report.html", "<h1>Report</h1>");
      run.write("checkpoint/1/network.pt", "weights");
      ModelRegistry registry = new ModelRegistry(store, Clock.systemUTC());
      registry.promote("mushrooms", "1", "first", registry.champion("mushrooms"));
    }
    assertThat(server.experiments).containsKey("mushrooms");
    assertThat(server.tags)
        .containsEntry("mushroom.run", RecordedRun.RUN)
        .containsEntry("mlflow.user", "me")
        .containsEntry("mlflow.source.git.commit", "1a2b3c4d5e6f")
        .containsEntry("mushroom.dataset.manifestSha256", "0".repeat(64));
    assertThat(server.parameters)
        .containsEntry("hyperparameters.seed", "1")
        .containsEntry("dataset.version", "1")
        .containsEntry("hyperparameters.learningRate", "5.0E-4")
        .doesNotContainKey("run");
    assertThat(server.parameters.get("backbone")).hasSize(500);
    assertThat(server.metrics)
        .containsEntry("val/top1@1", "0.5")
        .containsEntry("val/top1@2", "0.6")
        .containsEntry("train/trainLoss@2", "2.5")
        .containsEntry("published_test/poisonRecall@2", "0.97")
        .doesNotContainKey("val/loss@1")
        .doesNotContainKey("published_val/notMushroomRefused@2");
    assertThat(server.artifacts)
        .containsEntry("7/run-1/artifacts/report.html", "<h1>Report</h1>")
        .containsKeys(
            "7/run-1/artifacts/params.json",
            "7/run-1/artifacts/metrics.jsonl",
            "7/run-1/artifacts/bundle/1/MODEL_CARD.md")
        .doesNotContainKeys(
            "7/run-1/artifacts/mlflow.json",
            "7/run-1/artifacts/checkpoint/1/network.pt",
            "7/run-1/artifacts/bundle/1/model.pt");
    assertThat(server.statuses).containsExactly("RUNNING", "FINISHED");
    assertThat(server.modelVersions)
        .containsExactly("mlflow-artifacts:/7/run-1/artifacts/bundle/1");
    assertThat(server.aliases).containsEntry("champion", "1");
    assertThat(notices)
        .containsExactly("MLflow: " + server.address() + "/#/experiments/7/runs/run-1");
  }

  @Test
  void aRunThatGoesOnGoesOnInItsOwnRun() throws Exception {
    try (ObjectStore store = watched(Duration.ofSeconds(20))) {
      new RecordedRun(store).begin().epoch(0.5).state("interrupted", null);
    }
    assertThat(server.statuses).endsWith("KILLED");
    server.metrics.clear();
    plain = ObjectStores.open(folder.resolve("store").toString());
    try (ObjectStore store = watched(Duration.ofSeconds(20))) {
      new RecordedRun(store).state("running", null).epoch(0.5).epoch(0.7);
    }
    assertThat(server.runs).hasSize(1);
    assertThat(server.metrics).containsKey("val/top1@2").doesNotContainKey("val/top1@1");
    assertThat(server.statuses).endsWith("RUNNING");
  }

  @Test
  void aVersionTheServerDoesNotHaveTakesTheAliasAway() throws Exception {
    server.aliases.put("champion", "9");
    try (ObjectStore store = watched(Duration.ofSeconds(20))) {
      publishVersion(store, "made-elsewhere");
      ModelRegistry registry = new ModelRegistry(store, Clock.systemUTC());
      registry.promote("mushrooms", "1", "first", registry.champion("mushrooms"));
    }
    assertThat(server.aliases).isEmpty();
  }

  @Test
  void eachVersionOfARunIsOneOfTheServersAndTheAliasFollows() throws Exception {
    ModelRegistry registry;
    try (ObjectStore store = watched(Duration.ofSeconds(20))) {
      publishVersion(store, RecordedRun.RUN);
      new RecordedRun(store).begin().epoch(0.5).finish("1");
      server.await(() -> server.modelVersions.size() == 1);
      publishVersion(store, RecordedRun.RUN); // calibrated again
      new RecordedRun(store).epoch(0.5).finish("2");
      server.await(() -> server.modelVersions.size() == 2);
      registry = new ModelRegistry(store, Clock.systemUTC());
      registry.promote("mushrooms", "2", "better", registry.champion("mushrooms"));
      server.await(() -> "2".equals(server.aliases.get("champion")));
      registry.promote("mushrooms", "1", "after all", registry.champion("mushrooms"));
    }
    assertThat(server.versionTags).containsExactly("1", "2");
    assertThat(server.modelVersions)
        .containsExactly(
            "mlflow-artifacts:/7/run-1/artifacts/bundle/1",
            "mlflow-artifacts:/7/run-1/artifacts/bundle/2");
    assertThat(server.artifacts)
        .containsKeys(
            "7/run-1/artifacts/bundle/1/MODEL_CARD.md", "7/run-1/artifacts/bundle/2/MODEL_CARD.md");
    assertThat(server.aliases).containsEntry("champion", "1");
  }

  @Test
  void aLinkOfAnEarlierReleaseLeadsToTheVersionThatIsMeant() throws Exception {
    publishVersion(plain, RecordedRun.RUN);
    publishVersion(plain, RecordedRun.RUN);
    RecordedRun run = new RecordedRun(plain).begin().epoch(0.5).finish("2");
    run.write(
        "mlflow.json",
        """
        {"schemaVersion": 1, "server": "%s", "experimentId": "7", "runId": "run-1",
         "artifacts": "mlflow-artifacts:/7/run-1/artifacts", "epochsSent": 1, "modelVersion": "1"}
        """
            .formatted(server.address()));
    server.runs.add("run-1");
    server.modelVersions.add("mlflow-artifacts:/7/run-1/artifacts/bundle");
    server.versionTags.add("1");
    ModelRegistry registry = new ModelRegistry(plain, Clock.systemUTC());
    registry.promote("mushrooms", "1", "first", registry.champion("mushrooms"));
    assertThat(Tracking.send(plain, List.of(RecordedRun.RUN), environment, notices::add)).isTrue();
    assertThat(server.versionTags).containsExactly("1", "2");
    assertThat(server.aliases).containsEntry("champion", "1");
  }

  @Test
  void aFileThatIsTooLargeForTheServerIsNamed() throws Exception {
    try (ObjectStore store = watched(Duration.ofSeconds(20))) {
      RecordedRun run = new RecordedRun(store).begin();
      run.write("report.html", "x".repeat(50_000_001));
      run.finish(null);
    }
    assertThat(server.artifacts).doesNotContainKey("7/run-1/artifacts/report.html");
    assertThat(notices)
        .filteredOn(line -> line.contains("report.html"))
        .singleElement()
        .asString()
        .contains("at most 50 MB");
  }

  @Test
  void aRunSentLaterBringsItsAliasAlong() throws Exception {
    publishVersion(plain, RecordedRun.RUN);
    ModelRegistry registry = new ModelRegistry(plain, Clock.systemUTC());
    registry.promote("mushrooms", "1", "first", registry.champion("mushrooms"));
    new RecordedRun(plain).begin().epoch(0.5).finish("1");
    assertThat(Tracking.send(plain, List.of(RecordedRun.RUN), environment, notices::add)).isTrue();
    assertThat(server.metrics).containsKey("val/top1@1");
    assertThat(server.aliases).containsEntry("champion", "1");
    int requests = server.requests;
    assertThat(Tracking.send(plain, List.of(RecordedRun.RUN), environment, notices::add)).isTrue();
    assertThat(server.runs).hasSize(1);
    assertThat(server.modelVersions).hasSize(1);
    assertThat(server.requests).isGreaterThan(requests);
    server.next(Trouble.UNAUTHORISED);
    assertThat(Tracking.send(plain, List.of(RecordedRun.RUN), environment, notices::add)).isFalse();
  }

  @Test
  void everyKindOfTroublePassesAndNothingIsDoneTwice() throws Exception {
    for (Trouble trouble :
        List.of(Trouble.ERROR, Trouble.ERROR_AFTER_THE_WORK, Trouble.CUT, Trouble.HANG)) {
      stop();
      folder = Files.createTempDirectory(folder, trouble.name());
      notices.clear();
      start();
      server.next(trouble, trouble, trouble);
      try (ObjectStore store = watched(Duration.ofSeconds(20))) {
        publishVersion(store, RecordedRun.RUN);
        new RecordedRun(store).begin().epoch(0.5).epoch(0.6).finish("1");
      }
      assertThat(server.runs).as(trouble.name()).hasSize(1);
      assertThat(server.modelVersions).as(trouble.name()).hasSize(1);
      assertThat(server.metrics).as(trouble.name()).containsKeys("val/top1@1", "val/top1@2");
      assertThat(server.statuses).as(trouble.name()).endsWith("FINISHED");
      assertThat(notices.stream().filter(line -> line.contains("does not answer")))
          .as(trouble.name())
          .hasSize(1);
      assertThat(notices).as(trouble.name()).anyMatch(line -> line.contains("answers again"));
    }
  }

  @Test
  void aRequestWhoseAnswerWasLostIsNotDoneTwice() throws Exception {
    publishVersion(plain, RecordedRun.RUN);
    new RecordedRun(plain).begin().epoch(0.5).finish("1");
    Path recorded = folder.resolve("store");
    for (String lost :
        List.of(
            "experiments/create",
            "runs/create",
            "runs/log-batch",
            "registered-models/create",
            "model-versions/create",
            "runs/update")) {
      stop();
      folder = Files.createTempDirectory(folder, "n");
      copy(recorded, folder.resolve("store"));
      start();
      notices.clear();
      server.loseAnswer(lost);
      try (ObjectStore store = watched(Duration.ofSeconds(20))) {
        new RecordedRun(store).state("finished", "1");
      }
      assertThat(notices).as(lost).anyMatch(line -> line.contains("HTTP 500"));
      assertThat(server.runs).as(lost).hasSize(1);
      assertThat(server.modelVersions).as(lost).hasSize(1);
      assertThat(server.statuses).as(lost).endsWith("FINISHED");
    }
  }

  @Test
  void aServerThatIsAwayGetsEverythingWhenItIsBack() throws Exception {
    int port = server.port();
    server.close();
    try (ObjectStore store = watched(Duration.ofSeconds(20))) {
      RecordedRun run = new RecordedRun(store).begin().epoch(0.5).epoch(0.6);
      server = new FakeMlflow(port);
      run.epoch(0.7);
      server.await(() -> server.metrics.containsKey("val/top1@3"));
    }
    assertThat(server.metrics).containsKeys("val/top1@1", "val/top1@2", "val/top1@3");
    assertThat(notices).anyMatch(line -> line.contains("nothing is lost"));
  }

  @Test
  void aServerThatStaysAwayIsGivenUpAndTheRecordStays() throws Exception {
    server.close();
    try (ObjectStore store = watched(SHORT)) {
      new RecordedRun(store).begin().epoch(0.5).finish("1");
    }
    assertThat(notices).hasSize(2);
    assertThat(notices.get(0)).contains(server.address(), "does not answer", "Going on");
    assertThat(notices.get(1))
        .contains("did not get everything", "record in the store is complete")
        .endsWith("mushroom runs send " + RecordedRun.RUN);
  }

  @Test
  void aServerThatHangsDoesNotHoldUpTheEnd() throws Exception {
    Trouble[] forever = new Trouble[1000];
    Arrays.fill(forever, Trouble.HANG);
    server.next(forever);
    try (ObjectStore store = watched(SHORT)) {
      new RecordedRun(store).begin().epoch(0.5).finish("1");
      server.await(() -> server.requests > 0);
    }
    assertThat(notices).last().asString().contains("did not get everything", "no answer within");
  }

  @Test
  void aRefusalIsToldOnceAndEndsIt() throws Exception {
    environment.put("MLFLOW_TRACKING_USERNAME", "someone");
    environment.put("MLFLOW_TRACKING_PASSWORD", "secret-word");
    server.next(Trouble.UNAUTHORISED);
    try (ObjectStore store = watched(Duration.ofSeconds(20))) {
      new RecordedRun(store).begin().epoch(0.5).epoch(0.6).finish("1");
      server.await(() -> server.requests > 0);
    }
    assertThat(server.requests).isOne();
    assertThat(notices).hasSize(1);
    assertThat(notices.get(0))
        .contains("HTTP 401", "MLFLOW_TRACKING_TOKEN", "Going on without it")
        .doesNotContain("secret-word");
    assertThat(server.authorizations).containsExactly("Basic c29tZW9uZTpzZWNyZXQtd29yZA==");
  }

  @Test
  void somethingThatIsNoMlflowIsToldApart() throws Exception {
    server.next(Trouble.HTML);
    try (ObjectStore store = watched(Duration.ofSeconds(20))) {
      new RecordedRun(store).begin();
    }
    assertThat(notices).hasSize(1);
    assertThat(notices.get(0)).contains("Welcome to nginx", "Is this an MLflow server?");
  }

  @Test
  void aFolderOnAnotherMachineIsNotWrittenTo() throws Exception {
    server.artifactRoot = "s3://bucket/7/run-1/artifacts";
    try (ObjectStore store = watched(Duration.ofSeconds(20))) {
      new RecordedRun(store).begin().finish(null);
    }
    assertThat(server.artifacts).isEmpty();
    assertThat(notices)
        .anyMatch(line -> line.contains("s3://bucket") && line.contains("--serve-artifacts"));
    assertThat(server.statuses).endsWith("FINISHED");
  }

  @Test
  void aServerOnThisMachineMayNameAFolder() throws Exception {
    Path artifacts = folder.resolve("artifacts");
    server.artifactRoot = artifacts.toUri().toString();
    try (ObjectStore store = watched(Duration.ofSeconds(20))) {
      RecordedRun run = new RecordedRun(store).begin();
      run.write("report.html", "<h1>Report</h1>");
      run.finish(null);
    }
    assertThat(artifacts.resolve("report.html")).hasContent("<h1>Report</h1>");
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : paths.toList()) {
        Files.copy(path, to.resolve(from.relativize(path)));
      }
    }
  }

  private ObjectStore watched(Duration patience) {
    MlflowSettings settings = MlflowSettings.from(environment).orElseThrow();
    MlflowClient client =
        new MlflowClient(settings, new MlflowClient.Timeouts(SHORT, SHORT, SHORT));
    Mirror mirror =
        new Mirror(
            new MlflowSync(plain, client, settings, Clock.systemUTC()),
            new Mirror.Pauses(
                Duration.ofMillis(1), Duration.ofMillis(20), Duration.ofMillis(20), 20),
            patience,
            notices::add);
    return new WatchedStore(plain, mirror::written, mirror::close);
  }

  private void publishVersion(ObjectStore store, String run) throws IOException {
    DatasetReference dataset = new DatasetReference("mushrooms", 1, "0".repeat(64));
    // Only names and content matter here, not what the network says.
    Path files = Files.createTempDirectory(folder, "files-");
    for (String name : List.of("model.pt", "MODEL_CARD.md", "metrics.json")) {
      Files.writeString(files.resolve(name), "content of " + name);
    }
    new ModelRegistry(store, Clock.systemUTC()).publish(ConstantModel.draft(dataset, run), files);
  }
}
