package app.mushroom.api.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mushroom.api.classifier.Classifier;
import app.mushroom.api.classifier.Scores;
import app.mushroom.api.fixture.GoldenOnly;
import app.mushroom.api.fixture.TestClock;
import app.mushroom.api.fixture.TinyBundle;
import app.mushroom.storage.InvalidNameException;
import app.mushroom.storage.model.ModelRegistry;
import app.mushroom.vision.FeatureMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Chosen versions come into memory one at a time, and disturb nothing. */
class LoadedModelsTest {
  @TempDir Path root;

  private final TestClock clock = new TestClock();
  private final List<String> opened = Collections.synchronizedList(new ArrayList<>());
  private final Set<String> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService clients = Executors.newCachedThreadPool();
  private volatile CountDownLatch slow = new CountDownLatch(0);
  private volatile Error broken;
  private Path store;
  private ModelBench bench;
  private ModelRegistry registry;
  private ServingModel serving;
  private LoadedModels models;

  @BeforeEach
  void publish() throws IOException {
    store = root.resolve("store");
    start("");
    for (int i = 0; i < 5; i++) {
      bench.publish(TinyBundle.Change.NONE);
    }
    bench.serve("1");
    opened.clear();
  }

  @AfterEach
  void close() throws IOException {
    slow.countDown();
    bench.close();
    clients.shutdownNow();
  }

  @Test
  void theServingVersionIsNotLoadedTwice() {
    try (ModelLease lease = models.lease("1")) {
      assertThat(lease.model()).isSameAs(serving.current().orElseThrow());
    }
    assertThat(opened).isEmpty();
  }

  @Test
  void keepsTheLastChosenOnesOnly() throws IOException {
    models.lease("2").close();
    models.lease("2").close();
    assertThat(opened).containsExactly("2");
    models.lease("3").close();
    assertThat(open).containsExactlyInAnyOrder("1", "3");
    assertThat(folderNames()).hasSize(2);
    models.lease("2").close();
    assertThat(opened).containsExactly("2", "3", "2");
  }

  @Test
  void aModelInUseOutlivesItsPlace() {
    ModelLease request = models.lease("2");
    models.lease("3").close();
    assertThat(open).contains("2");
    request.close();
    assertThat(open).containsExactlyInAnyOrder("1", "3");
  }

  @Test
  void theChallengerHasAPlaceOfItsOwn() throws IOException {
    restart("5");
    models.lease("5").close();
    models.lease("2").close();
    models.lease("3").close();
    assertThat(open).containsExactlyInAnyOrder("1", "3", "5");
  }

  @Test
  void aSlowLoadKeepsNobodyElseWaiting() throws Exception {
    models.lease("3").close();
    slow = new CountDownLatch(1);
    Future<ModelLease> patient = clients.submit(() -> models.lease("2"));
    Awaitility.await().until(() -> opened.contains("2"));
    models.lease("1").close();
    models.lease("3").close();
    assertThatThrownBy(() -> models.lease("2"))
        .isInstanceOf(ModelLoadingException.class)
        .hasMessageContaining("Try again");
    assertThatThrownBy(patient::get).hasCauseInstanceOf(ModelLoadingException.class);
    slow.countDown();
    Awaitility.await().until(() -> models.ready("2").isPresent());
    assertThat(opened).containsExactly("3", "2");
  }

  @Test
  void manyWhoWantTheSameCauseOneLoad() throws Exception {
    slow = new CountDownLatch(1);
    List<Future<String>> all =
        Stream.generate(() -> "2")
            .limit(8)
            .map(version -> clients.submit(() -> leased(version)))
            .toList();
    Awaitility.await().until(() -> opened.contains("2"));
    slow.countDown();
    for (Future<String> each : all) {
      assertThat(each.get(10, TimeUnit.SECONDS)).isEqualTo("2");
    }
    assertThat(opened).containsExactly("2");
  }

  @Test
  void loadsOneAtATimeAndRefusesALongLine() throws Exception {
    slow = new CountDownLatch(1);
    List<Future<String>> all = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String version = "" + (2 + i % 4);
      all.add(clients.submit(() -> leased(version)));
    }
    int refused = 0;
    for (Future<String> each : all) {
      try {
        each.get(10, TimeUnit.SECONDS);
      } catch (java.util.concurrent.ExecutionException e) {
        assertThat(e).hasCauseInstanceOf(ModelLoadingException.class);
        refused++;
      }
    }
    assertThat(refused).isEqualTo(40);
    assertThat(opened).hasSize(1);
    assertThat(serving.version()).hasValue("1");
  }

  @Test
  void unknownVersionsAreLookedUpOnceAWhile() throws IOException {
    assertThatThrownBy(() -> models.lease("9")).isInstanceOf(ModelNotFoundException.class);
    String fresh = TinyBundle.publish(registry, TinyBundle.Change.NONE);
    assertThat(fresh).isEqualTo("6");
    assertThatThrownBy(() -> models.lease("6")).isInstanceOf(ModelNotFoundException.class);
    clock.advance(Duration.ofSeconds(6));
    models.lease("6").close();
    assertThatThrownBy(() -> models.lease("../1")).isInstanceOf(InvalidNameException.class);
    assertThatThrownBy(() -> models.lease("starter")).isInstanceOf(ModelNotFoundException.class);
  }

  @Test
  void whatFailsItsChecksIsNotTriedAgainAtOnce() throws IOException {
    String bad =
        TinyBundle.publish(registry, folder -> Files.delete(folder.resolve("golden.json")));
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> models.lease(bad)).isInstanceOf(ModelRefusedException.class);
    }
    clock.advance(Duration.ofMinutes(9));
    assertThatThrownBy(() -> models.lease(bad)).isInstanceOf(ModelRefusedException.class);
    assertThat(folderNames()).hasSize(1);
    assertThat(serving.version()).hasValue("1");
  }

  @Test
  void whatBreaksTheEngineIsContained() {
    for (Error error :
        List.of(new OutOfMemoryError("none left"), new UnsatisfiedLinkError("no such library"))) {
      String version = error instanceof OutOfMemoryError ? "2" : "3";
      broken = error;
      assertThatThrownBy(() -> models.lease(version)).isInstanceOf(ModelRefusedException.class);
      broken = null;
      assertThatThrownBy(() -> models.lease(version)).isInstanceOf(ModelRefusedException.class);
      clock.advance(Duration.ofMinutes(11));
      models.lease(version).close();
    }
    try (ModelLease lease = serving.lease()) {
      assertThat(lease.model().version()).isEqualTo("1");
    }
  }

  @Test
  void aStoreThatIsAwayIsNoReasonToRefuseLater() throws IOException {
    Path away = store.resolveSibling("away");
    Files.move(store, away);
    Files.writeString(store, "not a folder");
    assertThatThrownBy(() -> models.lease("2"))
        .isInstanceOfAny(StoreUnavailableException.class, ModelNotFoundException.class);
    Files.delete(store);
    Files.move(away, store);
    clock.advance(Duration.ofSeconds(6));
    models.lease("2").close();
  }

  @Test
  void aChosenVersionBecomesTheChampionWithoutBeingLoadedAgain() throws IOException {
    LoadedModel chosen;
    try (ModelLease lease = models.lease("2")) {
      chosen = lease.model();
    }
    bench.serve("2");
    assertThat(serving.current()).hasValue(chosen);
    assertThat(opened).containsExactly("2");
    assertThat(open).containsExactly("2");
    models.lease("1").close();
    assertThat(open).containsExactlyInAnyOrder("1", "2");
  }

  @Test
  void aStopLetsAllOfThemGo() {
    models.lease("2").close();
    models.close();
    serving.close();
    assertThat(open).isEmpty();
    assertThatThrownBy(() -> models.lease("3")).isInstanceOf(ModelLoadingException.class);
  }

  private String leased(String version) {
    try (ModelLease lease = models.lease(version)) {
      return lease.model().version();
    }
  }

  private List<String> folderNames() throws IOException {
    Path parent = serving.current().orElseThrow().folder().getParent();
    try (Stream<Path> children = Files.list(parent)) {
      return children.map(child -> child.getFileName().toString()).toList();
    }
  }

  private void restart(String challenger) throws IOException {
    bench.close();
    start(challenger);
    bench.watcher.poll();
    opened.clear();
  }

  private void start(String challenger) throws IOException {
    bench = new ModelBench(store, challenger, this::open, clock);
    registry = bench.registry;
    serving = bench.serving;
    models = bench.models;
  }

  private Classifier open(Path file, int size) {
    String version = file.getParent().getFileName().toString().replaceFirst("-.*", "");
    opened.add(version);
    try {
      slow.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    if (broken != null) {
      throw broken;
    }
    open.add(version);
    Classifier golden = GoldenOnly.open(file, size);
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
