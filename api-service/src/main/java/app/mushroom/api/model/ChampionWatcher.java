package app.mushroom.api.model;

import app.mushroom.api.ApiProperties;
import app.mushroom.storage.model.BundleRejectedException;
import app.mushroom.storage.model.Champion;
import app.mushroom.storage.model.ModelRegistry;
import app.mushroom.storage.model.VerifiedBundle;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Brings the store's champion into service. What cannot be served is refused and remembered; the
 * last good model goes on serving.
 */
@Component
class ChampionWatcher {
  private static final Logger log = LoggerFactory.getLogger(ChampionWatcher.class);

  private final ModelRegistry registry;
  private final ModelLoader loader;
  private final BundleFolders folders;
  private final StarterBundle starter;
  private final ServingModel serving;
  private final ModelEvents events;
  private final Clock clock;
  private final String model;
  private final Duration refusedFor;

  private record Refusal(long generation, Instant until) {}

  private final Map<String, Refusal> refused = new HashMap<>();
  private boolean saidThereIsNone;

  ChampionWatcher(
      ModelRegistry registry,
      ModelLoader loader,
      BundleFolders folders,
      StarterBundle starter,
      ServingModel serving,
      ModelEvents events,
      Clock clock,
      ApiProperties properties) {
    this.registry = registry;
    this.loader = loader;
    this.folders = folders;
    this.starter = starter;
    this.serving = serving;
    this.events = events;
    this.clock = clock;
    this.model = properties.model().name();
    this.refusedFor = properties.model().refusedFor();
  }

  /**
   * Looks once. Called by one thread at a time.
   *
   * @throws IOException when the store does not answer; nothing has changed then
   */
  synchronized void poll() throws IOException {
    Optional<Champion> champion = registry.champion(model);
    if (champion.isPresent()) {
      bringIntoService(champion.get());
    }
    if (serving.version().isEmpty()) {
      serveStarter();
    }
    if (serving.version().isEmpty() && !saidThereIsNone) {
      saidThereIsNone = true;
      log.warn(
          "No model yet: the store has no champion '{}' that can serve, and this build ships no"
              + " starter model. Train and publish one; it is picked up by itself.",
          model);
    }
  }

  private void bringIntoService(Champion champion) throws IOException {
    String version = champion.version();
    if (serving.version().equals(Optional.of(version)) || isRefused(champion)) {
      return;
    }
    Path folder = folders.fresh(version);
    try {
      VerifiedBundle bundle = registry.fetch(model, version, folder);
      LoadedModel next = loader.load(bundle, version, () -> folders.release(folder));
      folders.remember(folder);
      Optional<String> previous = serving.version();
      serving.swap(next);
      log.info("Model {} serves now, instead of {}.", version, previous.orElse("none"));
      events.served(version);
    } catch (ModelRefusedException | BundleRejectedException e) {
      folders.delete(folder);
      refused.put(version, new Refusal(champion.generation(), clock.instant().plus(refusedFor)));
      events.refused();
      log.error(
          "Model {} is refused; {} goes on serving. Publish a corrected version. The reason: {}",
          version,
          serving.version().map(v -> "model " + v).orElse("the starter model"),
          e.getMessage());
    } catch (IOException e) {
      folders.delete(folder);
      throw e;
    }
  }

  private boolean isRefused(Champion champion) {
    Refusal refusal = refused.get(champion.version());
    return refusal != null
        && refusal.generation() == champion.generation()
        && clock.instant().isBefore(refusal.until());
  }

  /**
   * Serves what was verified before a restart, or else the starter; does nothing once one serves.
   */
  void serveWithoutStore() {
    if (serving.version().isEmpty() && !serveRemembered()) {
      serveStarter();
    }
  }

  private boolean serveRemembered() {
    Optional<Path> folder = folders.remembered();
    if (folder.isEmpty()) {
      return false;
    }
    try {
      VerifiedBundle bundle = ModelRegistry.verify(folder.get());
      String version = bundle.manifest().version();
      offer(loader.load(bundle, version, () -> folders.release(folder.get())), "from the cache");
      return true;
    } catch (IOException | ModelRefusedException e) {
      log.warn("The model in the cache is not usable and is ignored: {}", e.getMessage());
      return false;
    }
  }

  private void serveStarter() {
    if (!starter.isPresent()) {
      return;
    }
    Path folder = folders.fresh(StarterBundle.VERSION);
    try {
      VerifiedBundle bundle = starter.copyTo(folder);
      offer(
          loader.load(bundle, StarterBundle.VERSION, () -> folders.delete(folder)),
          "until the store has a champion");
    } catch (IOException | ModelRefusedException e) {
      folders.delete(folder);
      log.error(
          "The starter model is refused. Build the application again. The reason: {}",
          e.getMessage());
    }
  }

  private void offer(LoadedModel first, String why) {
    String version = first.version();
    if (serving.offer(first)) {
      log.info("Model {} serves now, {}.", version, why);
      events.served(version);
    }
  }
}
