package app.mushroom.api.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mushroom.api.ApiProperties;
import app.mushroom.api.fixture.GoldenOnly;
import app.mushroom.api.fixture.Settings;
import app.mushroom.api.fixture.TestClock;
import app.mushroom.api.fixture.TinyBundle;
import app.mushroom.api.model.UnreliableStore.Fault;
import app.mushroom.storage.ObjectStores;
import app.mushroom.storage.model.BundleRejectedException;
import app.mushroom.storage.model.ModelRegistry;
import app.mushroom.vision.photo.PhotoDecoder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.core.io.DefaultResourceLoader;

/** A new champion and a network on a bad day: the last good model serves until the new one can. */
class BadNetworkTest {
  private static final Duration A_POLL_AND_HALF_A_MINUTE = Duration.ofSeconds(60);

  @TempDir Path root;

  private final TestClock clock = new TestClock();
  private final ServingModel serving = new ServingModel();
  private UnreliableStore store;
  private ModelRegistry registry;
  private BundleFolders folders;
  private LoadedModels chosen;
  private ChampionWatcher watcher;

  @BeforeEach
  void serveTheFirst() throws IOException {
    Path folder = root.resolve("store");
    TinyBundle.publishAndPromote(folder);
    store = new UnreliableStore(ObjectStores.open(folder.toString()));
    registry = new ModelRegistry(store, clock);
    ApiProperties properties = Settings.of(folder);
    folders = new BundleFolders(properties);
    ModelLoader loader = ModelBench.loader(GoldenOnly::open, new PhotoDecoder());
    StarterBundle starter = new StarterBundle(new DefaultResourceLoader(), properties);
    chosen = new LoadedModels(registry, loader, folders, starter, serving, clock, properties);
    watcher =
        new ChampionWatcher(
            registry,
            loader,
            folders,
            starter,
            serving,
            chosen,
            new ModelEvents(new SimpleMeterRegistry(), event -> {}),
            clock,
            properties);
    watcher.poll();
    TinyBundle.publishAndPromote(folder, TinyBundle.Change.REVERSED);
  }

  @AfterEach
  void close() throws IOException {
    chosen.close();
    serving.close();
    folders.close();
    store.close();
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"NONE", "HANGS"})
  void theLastGoodModelServesAndTheNewOneSoonAfterwards(Fault fault) throws IOException {
    store.fault = fault;
    for (Duration away = Duration.ZERO;
        away.compareTo(Duration.ofMinutes(10)) < 0;
        away = away.plusSeconds(50)) {
      poll();
      assertThat(serving.version()).hasValue("1");
      try (ModelLease lease = serving.lease()) {
        assertThat(lease.model().classifier().classify(new float[3 * 64 * 64]).logits()).hasSize(6);
      }
      assertThat(downloaded()).as("nothing is left of a broken download").isEqualTo(1);
      clock.advance(Duration.ofSeconds(50));
    }
    poll(); // the last look before the store is back
    store.fault = Fault.NONE;
    clock.advance(A_POLL_AND_HALF_A_MINUTE);
    poll();
    assertThat(serving.version()).hasValue("2");
  }

  @Test
  void everyFlippedBitIsSeen() throws IOException {
    store.fault = Fault.FLIPPED;
    for (int i = 0; i < 100; i++) {
      store.file = i % 2 == 0 ? "model.pt" : "labels.json";
      Path folder = root.resolve("download-" + i);
      assertThatThrownBy(() -> registry.fetch(TinyBundle.MODEL, "2", folder))
          .isInstanceOf(BundleRejectedException.class);
      try (Stream<Path> left = Files.exists(folder) ? Files.list(folder) : Stream.empty()) {
        assertThat(left).isEmpty();
      }
    }
    assertThat(store.downloads).isGreaterThanOrEqualTo(100);
  }

  @Test
  void chosenVersionsAreNotHeldAgainstABadNetwork() throws IOException {
    store.fault = Fault.DOWN;
    assertThatThrownBy(() -> chosen.lease("2")).isInstanceOf(StoreUnavailableException.class);
    store.fault = Fault.RESET;
    store.file = "model.pt";
    assertThatThrownBy(() -> chosen.lease("2")).isInstanceOf(StoreUnavailableException.class);
    store.fault = Fault.FLIPPED;
    assertThatThrownBy(() -> chosen.lease("2")).isInstanceOf(ModelRefusedException.class);
    store.fault = Fault.NONE;
    clock.advance(Duration.ofMinutes(1));
    chosen.lease("2").close();
  }

  /** As the poller does: what the store does wrong is no news. */
  private void poll() {
    try {
      watcher.poll();
    } catch (IOException | IllegalStateException e) {
      assertThat(store.fault).isNotEqualTo(Fault.NONE);
    }
  }

  private long downloaded() throws IOException {
    Path parent = serving.current().orElseThrow().folder().getParent();
    try (Stream<Path> children = Files.list(parent)) {
      return children.count();
    }
  }
}
