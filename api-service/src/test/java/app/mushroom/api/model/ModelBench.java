package app.mushroom.api.model;

import app.mushroom.api.ApiProperties;
import app.mushroom.api.classifier.Classifiers;
import app.mushroom.api.fixture.Settings;
import app.mushroom.api.fixture.TinyBundle;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStores;
import app.mushroom.storage.model.ModelRegistry;
import app.mushroom.vision.photo.PhotoDecoder;
import app.mushroom.vision.species.SpeciesCatalogue;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.springframework.core.io.DefaultResourceLoader;

/** The life cycle of models without the rest of the application, for tests of other packages. */
public final class ModelBench implements AutoCloseable {
  private static final SpeciesCatalogue CATALOGUE = SpeciesCatalogue.load();

  public final ServingModel serving = new ServingModel();
  public final LoadedModels models;
  final ModelRegistry registry;
  final ChampionWatcher watcher;
  final LoadLimit limit;
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final BundleFolders folders;
  private final ObjectStore objects;

  public ModelBench(Path store, String challenger, Classifiers classifiers, Clock clock)
      throws IOException {
    this(store, challenger, classifiers, clock, Duration.ofMinutes(2));
  }

  /** With room for one chosen version. */
  ModelBench(
      Path store, String challenger, Classifiers classifiers, Clock clock, Duration loadLimit)
      throws IOException {
    ApiProperties properties = Settings.choosing(store, "classpath:none", 1, challenger);
    objects = ObjectStores.open(store.toString());
    registry = new ModelRegistry(objects, clock);
    folders = new BundleFolders(properties);
    limit = new LoadLimit(loadLimit, meters);
    ModelLoader loader = loader(classifiers, new PhotoDecoder(), limit);
    StarterBundle starter = new StarterBundle(new DefaultResourceLoader(), properties);
    models = new LoadedModels(registry, loader, folders, starter, serving, clock, properties);
    watcher =
        new ChampionWatcher(
            registry,
            loader,
            folders,
            starter,
            serving,
            models,
            new ModelEvents(meters, event -> {}),
            clock,
            properties);
  }

  /** One that warms up on its own thread. */
  static ModelLoader loader(Classifiers classifiers, PhotoDecoder decoder) {
    LoadLimit limit = new LoadLimit(Duration.ofMinutes(2), new SimpleMeterRegistry());
    return loader(classifiers, decoder, limit);
  }

  private static ModelLoader loader(
      Classifiers classifiers, PhotoDecoder decoder, LoadLimit limit) {
    return new ModelLoader(classifiers, CATALOGUE, decoder, Runnable::run, limit);
  }

  public String publish(TinyBundle.Change change) throws IOException {
    return TinyBundle.publish(registry, change);
  }

  public void serve(String version) throws IOException {
    registry.promote(TinyBundle.MODEL, version, "test", registry.champion(TinyBundle.MODEL));
    watcher.poll();
  }

  @Override
  public void close() throws IOException {
    models.close();
    serving.close();
    folders.close();
    objects.close();
  }
}
