package app.mushroom.trainer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.storage.JsonDocument;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that was stopped comes to the very end of one that was not. */
class ResumeTest {

  /** No trained head, so that the epochs do better than what they begin with. */
  private static final String[] EPOCHS = {"--epochs=3", "--head-epochs=0"};

  @TempDir Path folder;

  @Test
  void stoppedAgainAndAgainItEndsWithTheVeryNetworkOfARunThatNeverStopped() throws Exception {
    TinyRun calm = new TinyRun(folder.resolve("calm"));
    assertThat(calm.train(EPOCHS)).as(calm.errors()).isZero();

    assertThat(calm.store().resolve("models/mushrooms/1/MODEL_CARD.md"))
        .content()
        .as("the epochs' network, not the one they began with")
        .doesNotContain("only the head trained");

    TinyRun restless = new TinyRun(folder.resolve("restless"));
    List<String> stops = new ArrayList<>();
    int code = restless.run(afterQuestions(13), restless.arguments(EPOCHS));
    while (code == TrainerApplication.STOPPED && stops.size() < 20) {
      stops.add(lastCheckpoint(restless.folder()));
      List<String> resume = List.of("train", "--store=" + restless.store(), "--resume");
      code = restless.run(afterQuestions(13), resume);
    }
    assertThat(code).as(restless.errors()).isZero();
    assertThat(stops).as("stops between two steps").anyMatch(stop -> stop.matches("\\d+/[1-5]"));
    assertThat(stops)
        .as("stops while an epoch is evaluated")
        .anyMatch(stop -> stop.endsWith("/" + TinyRun.STEPS_PER_EPOCH));
    assertThat(restless.network("1")).isEqualTo(calm.network("1"));
    assertThat(restless.epochs()).isEqualTo(calm.epochs()).hasSize(3);
  }

  @Test
  void goingOnWithARunThatIsFinishedPublishesNothing() throws Exception {
    TinyRun run = new TinyRun(folder);
    assertThat(run.train("--epochs=0", "--no-promote")).as(run.errors()).isZero();
    assertThat(run.resume()).as(run.errors()).isZero();
    assertThat(run.store().resolve("models/mushrooms/1")).exists();
    assertThat(run.store().resolve("models/mushrooms/2")).doesNotExist();
  }

  @Test
  void aRunThatWasKilledBeforeItsVersionWasConsideredHasItConsidered() throws Exception {
    TinyRun run = new TinyRun(folder);
    assertThat(run.train("--epochs=0")).as(run.errors()).isZero();
    Path decisions = run.folder().resolve("promotion.json");
    // As if the process had died between the end of the run and the promotion.
    Files.delete(decisions);
    assertThat(run.resume("--no-promote")).isZero();
    assertThat(decisions).doesNotExist();
    assertThat(run.resume()).as(run.errors()).isZero();
    assertThat(decisions).content().contains("kept_back").containsOnlyOnce("\"decided\"");
    assertThat(run.store().resolve("models/mushrooms/2")).doesNotExist();

    assertThat(run.resume()).isZero();
    assertThat(decisions).content().as("decided once").containsOnlyOnce("\"decided\"");
  }

  @Test
  void stopsInTheEmbeddingPhaseAndStartsItAnew() throws Exception {
    TinyRun run = new TinyRun(folder);
    assertThat(run.run(afterQuestions(4), run.arguments("--epochs=1")))
        .isEqualTo(TrainerApplication.STOPPED);
    assertThat(run.folder().resolve("checkpoint")).doesNotExist();
    assertThat(run.resume())
        .as("the backbone was named by a path that is not kept: %s", run.errors())
        .isEqualTo(TrainerApplication.FAILED);
    assertThat(run.errors()).contains("tiny_embedding.pt", "--backbone");
    assertThat(run.resume("--backbone=" + run.backbone())).isZero();
  }

  /** The command asks before every step and after every batch that is only looked at. */
  private static Interruption.Flag afterQuestions(int questions) {
    int[] asked = {0};
    return () -> ++asked[0] > questions;
  }

  /** Epochs done and steps done in the next one. */
  private static String lastCheckpoint(Path run) throws Exception {
    List<Map<?, ?>> indices = new ArrayList<>();
    try (Stream<Path> files = Files.walk(run.resolve("checkpoint"))) {
      for (Path file : files.filter(path -> path.endsWith("checkpoint.json")).toList()) {
        indices.add(JsonDocument.mapper().readValue(Files.readString(file), Map.class));
      }
    }
    Map<?, ?> newest =
        indices.stream()
            .max(Comparator.comparing(index -> ((Number) index.get("number")).longValue()))
            .orElseThrow();
    return newest.get("epoch") + "/" + newest.get("step");
  }
}
