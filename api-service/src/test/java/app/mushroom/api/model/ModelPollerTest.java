package app.mushroom.api.model;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.api.ApiProperties;
import app.mushroom.api.fixture.GoldenOnly;
import app.mushroom.api.fixture.Settings;
import app.mushroom.api.fixture.TinyBundle;
import app.mushroom.api.model.UnreliableStore.Fault;
import app.mushroom.storage.ObjectStores;
import app.mushroom.storage.model.ModelRegistry;
import app.mushroom.vision.photo.PhotoDecoder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.io.DefaultResourceLoader;

/** The store comes, goes and hangs. */
@ExtendWith(OutputCaptureExtension.class)
class ModelPollerTest {
  @TempDir Path root;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final ServingModel serving = new ServingModel();
  private UnreliableStore store;
  private ModelPoller poller;

  @BeforeEach
  void openStore() throws IOException {
    store = new UnreliableStore(ObjectStores.open(root.resolve("store").toString()));
  }

  @AfterEach
  void stop() {
    store.hang.countDown();
    poller.stop();
  }

  @Test
  void servesTheStarterWhileTheStoreIsAwayAndTheChampionAfterwards(CapturedOutput output)
      throws IOException {
    store.fault = Fault.DOWN;
    TinyBundle.publishAndPromote(root.resolve("store"));
    start();
    awaitServing("starter");
    Awaitility.await().until(() -> meters.counter("mushroom.model.poll.failures").count() > 3);
    assertThat(serving.version()).hasValue("starter");
    store.fault = Fault.NONE;
    awaitServing("1");
    assertThat(output.toString().split("does not answer", -1)).hasSize(2);
    Awaitility.await().until(() -> output.toString().contains("answers again"));
  }

  @Test
  void servesTheStarterWhileTheStoreHangs() throws IOException {
    store.fault = Fault.HANGS;
    TinyBundle.publishAndPromote(root.resolve("store"));
    start();
    awaitServing("starter");
    store.fault = Fault.NONE;
    store.hang.countDown();
    awaitServing("1");
  }

  @Test
  void survivesAFaultInAPoll() throws IOException {
    store.fault = Fault.BROKEN;
    TinyBundle.publishAndPromote(root.resolve("store"));
    start();
    awaitServing("starter");
    store.fault = Fault.NONE;
    awaitServing("1");
  }

  @Test
  void looksAtOnceWhenThereIsNewsAndNoMoreOftenThanThat() throws IOException {
    TinyBundle.publishAndPromote(root.resolve("store"));
    start(Settings.of(root.resolve("store")));
    awaitServing("1");
    TinyBundle.publishAndPromote(root.resolve("store"), TinyBundle.Change.REVERSED);
    int before = store.finds;
    for (int i = 0; i < 10_000; i++) {
      poller.lookSoon();
    }
    awaitServing("2");
    assertThat(store.finds - before).as("a storm of news is one look or two").isLessThan(100);
  }

  private void awaitServing(String version) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> serving.version().equals(Optional.of(version)));
  }

  private void start() throws IOException {
    Path other = root.resolve("other");
    TinyBundle.publishAndPromote(other);
    String starter = other.resolve("models/mushrooms/1").toUri().toString();
    start(Settings.impatient().apply(Settings.of(root.resolve("store"), starter, "")));
  }

  private void start(ApiProperties properties) throws IOException {
    BundleFolders folders = new BundleFolders(properties);
    ModelEvents events = new ModelEvents(meters, event -> {});
    ModelRegistry registry = new ModelRegistry(store, Clock.systemUTC());
    ModelLoader loader = ModelBench.loader(GoldenOnly::open, new PhotoDecoder());
    StarterBundle starterBundle = new StarterBundle(new DefaultResourceLoader(), properties);
    ChampionWatcher watcher =
        new ChampionWatcher(
            registry,
            loader,
            folders,
            starterBundle,
            serving,
            new LoadedModels(
                registry, loader, folders, starterBundle, serving, Clock.systemUTC(), properties),
            events,
            Clock.systemUTC(),
            properties);
    poller = new ModelPoller(watcher, serving, folders, events, properties);
    poller.start();
  }
}
