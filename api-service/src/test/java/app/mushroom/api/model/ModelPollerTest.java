package app.mushroom.api.model;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.api.ApiProperties;
import app.mushroom.api.classifier.Classifier;
import app.mushroom.api.classifier.Scores;
import app.mushroom.api.fixture.Settings;
import app.mushroom.api.fixture.TinyBundle;
import app.mushroom.storage.ObjectKey;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStoreException;
import app.mushroom.storage.ObjectStores;
import app.mushroom.storage.Precondition;
import app.mushroom.storage.StoredObject;
import app.mushroom.storage.model.ModelRegistry;
import app.mushroom.vision.FeatureMap;
import app.mushroom.vision.photo.PhotoDecoder;
import app.mushroom.vision.species.SpeciesCatalogue;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
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
  private final UnreliableStore store = new UnreliableStore();
  private ModelPoller poller;

  @AfterEach
  void stop() {
    store.hang.countDown();
    poller.stop();
  }

  @Test
  void servesTheStarterWhileTheStoreIsAwayAndTheChampionAfterwards(CapturedOutput output)
      throws IOException {
    store.away = true;
    TinyBundle.publishAndPromote(root.resolve("store"));
    start();
    awaitServing("starter");
    Awaitility.await().until(() -> meters.counter("mushroom.model.poll.failures").count() > 3);
    assertThat(serving.version()).hasValue("starter");
    store.away = false;
    awaitServing("1");
    assertThat(output.toString().split("does not answer", -1)).hasSize(2);
    Awaitility.await().until(() -> output.toString().contains("answers again"));
  }

  @Test
  void servesTheStarterWhileTheStoreHangs() throws IOException {
    store.hangs = true;
    TinyBundle.publishAndPromote(root.resolve("store"));
    start();
    awaitServing("starter");
    store.hangs = false;
    store.hang.countDown();
    awaitServing("1");
  }

  @Test
  void survivesAFaultInAPoll() throws IOException {
    store.broken = true;
    TinyBundle.publishAndPromote(root.resolve("store"));
    start();
    awaitServing("starter");
    store.broken = false;
    awaitServing("1");
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
    ApiProperties slow = Settings.of(root.resolve("store"), starter, "");
    ApiProperties.Model model = slow.model();
    ApiProperties properties =
        new ApiProperties(
            slow.store(),
            slow.corsOrigins(),
            new ApiProperties.Model(
                model.name(),
                model.starter(),
                Duration.ofMillis(20),
                Duration.ofMillis(40),
                Duration.ofMillis(50),
                model.refusedFor(),
                model.cache()),
            slow.inference(),
            slow.clients(),
            slow.seen(),
            slow.recent());
    BundleFolders folders = new BundleFolders(properties);
    ModelEvents events = new ModelEvents(meters, event -> {});
    ChampionWatcher watcher =
        new ChampionWatcher(
            new ModelRegistry(store, Clock.systemUTC()),
            new ModelLoader(GoldenOnly::open, SpeciesCatalogue.load(), new PhotoDecoder()),
            folders,
            new StarterBundle(new DefaultResourceLoader(), properties),
            serving,
            events,
            Clock.systemUTC(),
            properties);
    poller = new ModelPoller(watcher, serving, folders, events, properties);
    poller.start();
  }

  /** Answers the golden case from the bundle itself, without an engine. */
  private record GoldenOnly(GoldenCases.Case golden) implements Classifier {
    static Classifier open(Path file, int size) {
      return new GoldenOnly(GoldenCases.read(file.resolveSibling("golden.json")).cases().get(0));
    }

    @Override
    public Scores classify(float[] tensor) {
      return new Scores(golden.logits(), golden.embedding());
    }

    @Override
    public FeatureMap featureMap(float[] tensor) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }

  /** A local store that can be away, hang or break. */
  private final class UnreliableStore implements ObjectStore {
    volatile boolean away;
    volatile boolean hangs;
    volatile boolean broken;
    final CountDownLatch hang = new CountDownLatch(1);

    private ObjectStore real() throws IOException {
      if (away) {
        throw new ObjectStoreException("Expected the store to answer, found nobody there.");
      }
      if (broken) {
        throw new IllegalStateException("a fault");
      }
      if (hangs) {
        try {
          hang.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
      return ObjectStores.open(root.resolve("store").toString());
    }

    @Override
    public Optional<StoredObject> find(ObjectKey key) throws IOException {
      return real().find(key);
    }

    @Override
    public InputStream open(ObjectKey key) throws IOException {
      return real().open(key);
    }

    @Override
    public StoredObject write(ObjectKey key, InputStream content, Precondition precondition)
        throws IOException {
      return real().write(key, content, precondition);
    }

    @Override
    public Stream<StoredObject> list(String prefix) throws IOException {
      return real().list(prefix);
    }

    @Override
    public boolean delete(ObjectKey key) throws IOException {
      return real().delete(key);
    }

    @Override
    public String location() {
      return "unreliable";
    }

    @Override
    public void close() {}
  }
}
