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
import org.springframework.core.io.DefaultResourceLoader;

/** The life cycle of models without the rest of the application, for tests of other packages. */
public final class ModelBench implements AutoCloseable {
  public final ServingModel serving = new ServingModel();
  public final LoadedModels models;
  private final ModelRegistry registry;
  private final ChampionWatcher watcher;
  private final BundleFolders folders;
  private final ObjectStore objects;

  public ModelBench(Path store, String challenger, Classifiers classifiers, Clock clock)
      throws IOException {
    ApiProperties properties = Settings.choosing(store, "classpath:none", 1, challenger);
    objects = ObjectStores.open(store.toString());
    registry = new ModelRegistry(objects, clock);
    folders = new BundleFolders(properties);
    ModelLoader loader =
        new ModelLoader(classifiers, SpeciesCatalogue.load(), new PhotoDecoder(), Runnable::run);
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
            new ModelEvents(new SimpleMeterRegistry(), event -> {}),
            clock,
            properties);
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
