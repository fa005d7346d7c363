package app.mushroom.api.shadow;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.api.classifier.Classifier;
import app.mushroom.api.classifier.Scores;
import app.mushroom.api.fixture.GoldenOnly;
import app.mushroom.api.fixture.TestClock;
import app.mushroom.api.fixture.TestPhotos;
import app.mushroom.api.fixture.TinyBundle;
import app.mushroom.api.identification.Look;
import app.mushroom.api.model.ModelBench;
import app.mushroom.api.model.ModelLease;
import app.mushroom.vision.photo.Photo;
import app.mushroom.vision.photo.PhotoDecoder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class ShadowTest {
  /** The chanterelle's output is the second; the golden case is a fly agaric's, the first. */
  private static final TinyBundle.Change SAYS_CHANTERELLE =
      folder -> {
        Path golden = folder.resolve("golden.json");
        String json = Files.readString(golden);
        String changed = json.replaceFirst("(\"logits\"\\s*:\\s*\\[)[^]]*]", "$1-9,9,-9,-9,-9,-9]");
        assertThat(changed).isNotEqualTo(json);
        Files.writeString(golden, changed);
      };

  private static final TinyBundle.Change SAYS_FLY_AGARIC =
      folder -> {
        Path golden = folder.resolve("golden.json");
        String json = Files.readString(golden);
        Files.writeString(
            golden, json.replaceFirst("(\"logits\"\\s*:\\s*\\[)[^]]*]", "$19,-9,-9,-9,-9,-9]"));
      };

  @TempDir Path store;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final TestClock clock = new TestClock();
  private final AtomicInteger runs = new AtomicInteger();
  private volatile boolean spare = true;
  private volatile double chance;
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private Photo photo;
  private ModelBench bench;
  private Shadow shadow;

  @BeforeEach
  void readPhoto() throws Exception {
    photo = new PhotoDecoder().decode(TestPhotos.red());
  }

  @AfterEach
  void close() throws IOException {
    gate.countDown();
    if (shadow != null) {
      shadow.close();
    }
    bench.close();
  }

  @Test
  void countsWhereTheChallengerWouldHaveAnsweredOtherwise(CapturedOutput output)
      throws IOException {
    start("2", 0.5, SAYS_FLY_AGARIC, SAYS_CHANTERELLE);
    warm();
    for (int i = 1; i <= 3; i++) {
      shadow.identified(look());
      awaitCount("mushroom.shadow.compared", i);
    }
    assertThat(count("mushroom.shadow.answers.differ")).isEqualTo(3);
    assertThat(flags("poisonous", "not_known_poisonous")).isEqualTo(3);
    shadow.close();
    assertThat(output)
        .contains("Model 2 as a shadow: 3 identifications compared, another answer on 3")
        .contains("poisonous → not_known_poisonous 3")
        .contains("amanita_muscaria → cantharellus_cibarius 3");
  }

  @Test
  void aChallengerThatAgreesIsCountedAsSuch() throws IOException {
    start("2", 1, SAYS_FLY_AGARIC, SAYS_FLY_AGARIC);
    warm();
    shadow.identified(look());
    awaitCount("mushroom.shadow.compared", 1);
    assertThat(count("mushroom.shadow.answers.differ")).isZero();
    assertThat(flags("poisonous", "poisonous")).isEqualTo(1);
  }

  @Test
  void looksAtAShareOnly() throws IOException {
    start("2", 0.25, SAYS_FLY_AGARIC, SAYS_CHANTERELLE);
    warm();
    chance = 0.25;
    shadow.identified(look());
    chance = 0.24;
    shadow.identified(look());
    awaitCount("mushroom.shadow.compared", 1);
    assertThat(count("mushroom.shadow.dropped")).isZero();
  }

  @Test
  void waitsForSpareTimeAndThenGivesUp() throws IOException {
    start("2", 1, SAYS_FLY_AGARIC, SAYS_CHANTERELLE);
    warm();
    spare = false;
    Look look = look();
    int before = runs.get();
    shadow.identified(look);
    awaitCount("mushroom.shadow.dropped", 1);
    assertThat(runs).hasValue(before);
  }

  @Test
  void neverKeepsAnAnswerWaiting() throws IOException {
    start("2", 1, SAYS_FLY_AGARIC, SAYS_CHANTERELLE);
    warm();
    gate = new CountDownLatch(1);
    Look look = look();
    for (int i = 0; i < 100; i++) {
      shadow.identified(look);
    }
    assertThat(count("mushroom.shadow.dropped")).isGreaterThanOrEqualTo(97);
    assertThat(count("mushroom.shadow.compared")).isZero();
  }

  @Test
  void aChallengerThatDoesNotLoadIsSaidOnceAndCounted(CapturedOutput output) throws IOException {
    start("7", 1, SAYS_FLY_AGARIC, SAYS_CHANTERELLE);
    for (int i = 1; i <= 3; i++) {
      shadow.identified(look());
      awaitCount("mushroom.shadow.unavailable", i);
      clock.advance(Duration.ofMinutes(2));
    }
    assertThat(count("mushroom.shadow.compared")).isZero();
    assertThat(output.toString().split("cannot be loaded and shadows nothing", -1)).hasSize(2);
  }

  @Test
  void withoutAChallengerNothingIsLoaded() throws IOException {
    start("", 1, SAYS_FLY_AGARIC, SAYS_CHANTERELLE);
    shadow.identified(look());
    assertThat(runs.get()).as("checks of the serving model").isPositive();
    assertThat(count("mushroom.shadow.compared") + count("mushroom.shadow.dropped")).isZero();
    assertThat(bench.models.ready("2")).isEmpty();
  }

  @Test
  void aChallengerThatTookOverIsNoChallenger() throws IOException {
    start("2", 1, SAYS_FLY_AGARIC, SAYS_CHANTERELLE);
    Look old = look();
    bench.serve("2");
    shadow.identified(look());
    shadow.identified(old);
    assertThat(count("mushroom.shadow.compared") + count("mushroom.shadow.dropped")).isZero();
  }

  @Test
  void writesALineADay(CapturedOutput output) throws IOException {
    start("2", 1, SAYS_FLY_AGARIC, SAYS_CHANTERELLE);
    warm();
    shadow.identified(look());
    awaitCount("mushroom.shadow.compared", 1);
    assertThat(output).doesNotContain("as a shadow");
    clock.advance(Duration.ofDays(1));
    shadow.identified(look());
    awaitCount("mushroom.shadow.compared", 2);
    Awaitility.await().until(() -> output.toString().contains("as a shadow: 2 identifications"));
    shadow.close();
    assertThat(output.toString().split("as a shadow", -1)).hasSize(2);
  }

  /** Has the challenger loaded, which the first photo only asks for. */
  private void warm() {
    shadow.identified(look());
    Awaitility.await()
        .until(
            () -> {
              bench.models.ready("2").ifPresent(ModelLease::close);
              return bench.models.ready("2").map(ShadowTest::closed).orElse(false);
            });
    assertThat(count("mushroom.shadow.compared")).isZero();
  }

  private static boolean closed(ModelLease lease) {
    lease.close();
    return true;
  }

  private Look look() {
    try (ModelLease lease = bench.serving.lease()) {
      Scores scores = lease.model().classifier().classify(new float[3 * 64 * 64]);
      return new Look(
          null,
          lease.model(),
          List.of(() -> Optional.ofNullable(photo)),
          List.of(scores),
          lease.model().policy().assess(List.of(scores.logits()), List.of(scores.embedding())));
    }
  }

  private void start(
      String challenger, double share, TinyBundle.Change serving, TinyBundle.Change other)
      throws IOException {
    bench = new ModelBench(store, challenger, this::open, clock);
    bench.publish(serving);
    bench.publish(other);
    bench.serve("1");
    shadow =
        new Shadow(
            new Challenger(challenger, bench.models, bench.serving, meters, clock),
            new Disagreements(challenger, meters, clock),
            () -> spare,
            () -> chance,
            meters,
            share);
  }

  private Classifier open(Path file, int size) {
    Classifier golden = GoldenOnly.open(file, size);
    return new Classifier() {
      @Override
      public Scores classify(float[] tensor) {
        runs.incrementAndGet();
        try {
          if (Thread.currentThread().getName().equals("shadow")) {
            gate.await();
          }
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
        return golden.classify(tensor);
      }

      @Override
      public app.mushroom.vision.FeatureMap featureMap(float[] tensor) {
        return golden.featureMap(tensor);
      }

      @Override
      public void close() {}
    };
  }

  private double count(String name) {
    return meters.counter(name).count();
  }

  private double flags(String serving, String challenger) {
    return meters
        .counter("mushroom.shadow.flags", "serving", serving, "challenger", challenger)
        .count();
  }

  private void awaitCount(String name, int count) {
    Awaitility.await().until(() -> count(name) == count);
  }
}
