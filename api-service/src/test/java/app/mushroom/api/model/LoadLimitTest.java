package app.mushroom.api.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mushroom.api.classifier.Classifier;
import app.mushroom.api.classifier.Scores;
import app.mushroom.api.fixture.GoldenOnly;
import app.mushroom.api.fixture.TestClock;
import app.mushroom.api.fixture.TinyBundle;
import app.mushroom.vision.FeatureMap;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Networks that hang while they are loaded. */
@ExtendWith(OutputCaptureExtension.class)
@Timeout(60)
class LoadLimitTest {
  @TempDir Path store;

  private final CountDownLatch release = new CountDownLatch(1);
  private final Set<String> open = ConcurrentHashMap.newKeySet();

  @AfterEach
  void letGo() {
    release.countDown();
  }

  @Test
  void aVersionThatHangsIsToldAndNeverServesWhileLaterOnesDo(CapturedOutput output)
      throws IOException {
    try (ModelBench bench =
        new ModelBench(store, "", this::open, new TestClock(), Duration.ofSeconds(2))) {
      bench.publish(TinyBundle.Change.NONE);
      bench.serve("1");
      bench.publish(TinyBundle.Change.NONE);
      bench.serve("2"); // hangs
      assertThat(bench.serving.version()).hasValue("1");
      assertThat(output)
          .contains("Model 2 is refused; model 1 goes on serving")
          .contains("MUSHROOM_MODEL_LOAD_LIMIT")
          .contains("Publish a corrected version");
      assertThat(bench.meters.get("mushroom.model.load.hangs").counter().count()).isEqualTo(1);
      assertThat(bench.meters.get("mushroom.model.load.hung").gauge().value()).isEqualTo(1);
      var health = new ModelHealthIndicator(bench.serving, bench.limit).health();
      assertThat(health.getStatus()).isEqualTo(Status.UP);
      assertThat(health.getDetails().toString()).contains("loadingHangs=[2]");

      bench.publish(TinyBundle.Change.NONE);
      bench.serve("3");
      assertThat(bench.serving.version()).hasValue("3");
      assertThat(open).containsExactly("3");
      assertThat(folders(bench)).isEqualTo(1);

      release.countDown();
      Awaitility.await().until(() -> bench.limit.hung().isEmpty());
      assertThat(bench.serving.version()).hasValue("3");
      assertThat(open).as("what came too late is closed").containsExactly("3");
      assertThat(folders(bench)).isEqualTo(1);
    }
  }

  @Test
  void aVersionThatSomebodyChoseHoldsUpNoOther() throws IOException {
    try (ModelBench bench =
        new ModelBench(store, "", this::open, new TestClock(), Duration.ofSeconds(2))) {
      for (int i = 0; i < 3; i++) {
        bench.publish(TinyBundle.Change.NONE);
      }
      bench.serve("1");
      assertThatThrownBy(() -> bench.models.lease("2")).isInstanceOf(ModelLoadingException.class);
      Awaitility.await()
          .untilAsserted(
              () ->
                  assertThatThrownBy(() -> bench.models.lease("2"))
                      .isInstanceOf(ModelRefusedException.class));
      bench.models.lease("3").close();
      assertThat(bench.serving.version()).hasValue("1");
    }
  }

  @Test
  void onlySoManyAreLeftBehind() {
    LoadLimit limit = new LoadLimit(Duration.ofMillis(50), new SimpleMeterRegistry());
    for (int i = 0; i < 10; i++) {
      String version = Integer.toString(i % 6);
      assertThatThrownBy(() -> limit.load(version, this::hang))
          .isInstanceOf(ModelRefusedException.class);
    }
    assertThat(limit.hung())
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, LoadLimit.MOST_HUNG).mapToObj(Integer::toString).toList());
    assertThatThrownBy(() -> limit.load("7", this::hang)).hasMessageContaining("restart");
    release.countDown();
    Awaitility.await().until(() -> limit.hung().isEmpty());
    assertThatThrownBy(
            () ->
                limit.load(
                    "7",
                    () -> {
                      throw new ModelRefusedException("bad");
                    }))
        .as("tried again")
        .hasMessage("bad");
  }

  private static long folders(ModelBench bench) throws IOException {
    Path parent = bench.serving.current().orElseThrow().folder().getParent();
    try (Stream<Path> children = Files.list(parent)) {
      return children.count();
    }
  }

  private LoadedModel hang() {
    boolean interrupted = false;
    while (release.getCount() > 0) {
      try {
        release.await();
      } catch (InterruptedException e) {
        interrupted = true; // a native call would not notice either
      }
    }
    throw new IllegalStateException("late, interrupted: " + interrupted);
  }

  /** Version 2 does not come back. */
  private Classifier open(Path file, int size) {
    String version = file.getParent().getFileName().toString().replaceFirst("-.*", "");
    Classifier golden = GoldenOnly.open(file, size);
    if (version.equals("2")) {
      try {
        release.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    open.add(version);
    return new Classifier() {
      @Override
      public Scores classify(float[] tensor) {
        return golden.classify(tensor);
      }

      @Override
      public FeatureMap featureMap(float[] tensor) {
        return golden.featureMap(tensor);
      }

      @Override
      public void close() {
        open.remove(version);
      }
    };
  }
}
