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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

  /** How long a version is left alone that did not arrive as it was written: till the next look. */
  private static final Duration DAMAGED = Duration.ofSeconds(20);

  private static final int EARLIER_CHAMPIONS = 3;

  private final ModelRegistry registry;
  private final ModelLoader loader;
  private final BundleFolders folders;
  private final StarterBundle starter;
  private final ServingModel serving;
  private final LoadedModels chosen;
  private final ModelEvents events;
  private final String model;
  private final Duration refusedFor;
  private final Quarantine quarantine;
  private boolean saidThereIsNone;
  private boolean letGo;

  ChampionWatcher(
      ModelRegistry registry,
      ModelLoader loader,
      BundleFolders folders,
      StarterBundle starter,
      ServingModel serving,
      LoadedModels chosen,
      ModelEvents events,
      Clock clock,
      ApiProperties properties) {
    this.registry = registry;
    this.loader = loader;
    this.folders = folders;
    this.starter = starter;
    this.serving = serving;
    this.chosen = chosen;
    this.events = events;
    this.quarantine = new Quarantine(clock);
    this.model = properties.model().name();
    this.refusedFor = properties.model().refusedFor();
  }

  /**
   * Looks once. Called by one thread at a time.
   *
   * @throws IOException when the store does not answer; nothing has changed then
   */
  synchronized void poll() throws IOException {
    if (chosen.letGo() | letGo) {
      letGo = false; // the last request on it ended long ago, or the next swap brings it back
      NativeHeap.trim();
    }
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
    // Promoted again, a version is looked at again.
    bringIntoService(champion.version(), champion.version() + "@" + champion.generation());
    boolean nothingWasTrained = serving.version().map(StarterBundle.VERSION::equals).orElse(true);
    if (nothingWasTrained) {
      // A restart while the champion is a bad one: those before it have served already.
      for (String version : earlierChampions(champion)) {
        if (bringIntoService(version, version)) {
          return;
        }
      }
    }
  }

  /**
   * The latest first, without those that somebody took back: who followed had been there before.
   */
  private static List<String> earlierChampions(Champion champion) {
    List<String> newestFirst = new ArrayList<>(List.of(champion.version()));
    champion.history().forEach(entry -> newestFirst.add(entry.version()));
    Set<String> takenBack = new HashSet<>(List.of(champion.version()));
    for (int i = 1; i < newestFirst.size(); i++) {
      if (newestFirst.subList(i + 1, newestFirst.size()).contains(newestFirst.get(i - 1))) {
        takenBack.add(newestFirst.get(i));
      }
    }
    return newestFirst.stream()
        .filter(version -> !takenBack.contains(version))
        .distinct()
        .limit(EARLIER_CHAMPIONS)
        .toList();
  }

  /**
   * @param key under which it is remembered if it is refused
   * @return whether the version serves now
   */
  private boolean bringIntoService(String version, String key) throws IOException {
    if (serving.version().equals(Optional.of(version))) {
      return true;
    }
    if (quarantine.find(key).isPresent()) {
      return false;
    }
    try {
      Optional<LoadedModel> known = chosen.claim(version);
      LoadedModel next = known.isPresent() ? known.get() : load(version);
      folders.remember(next.folder());
      Optional<String> previous = serving.version();
      serving.swap(next);
      letGo = true;
      log.info("Model {} serves now, instead of {}.", version, previous.orElse("none"));
      events.served(version);
      return true;
    } catch (ModelRefusedException e) {
      refuse(version, key, e, refusedFor, refusedFor);
    } catch (BundleRejectedException e) {
      // The store's copy is bad, or the way here is: that may pass sooner.
      ModelRefusedException refusal = new ModelRefusedException(String.valueOf(e.getMessage()), e);
      refuse(version, key, refusal, DAMAGED, DAMAGED.multipliedBy(2));
    }
    return false;
  }

  private LoadedModel load(String version) throws IOException {
    loader.requireNotHung(version);
    Path folder = folders.fresh(version);
    boolean done = false;
    try {
      VerifiedBundle bundle = registry.fetch(model, version, folder);
      LoadedModel loaded = loader.load(bundle, version, () -> folders.release(folder));
      done = true;
      return loaded;
    } finally {
      if (!done) {
        folders.delete(folder);
      }
    }
  }

  private void refuse(
      String version, String key, ModelRefusedException why, Duration first, Duration longest) {
    quarantine.add(key, why, first, longest);
    events.refused();
    log.error(
        "Model {} is refused; {} goes on serving. Publish a corrected version. The reason: {}",
        version,
        serving.version().map(v -> "model " + v).orElse("an earlier or the starter model"),
        why.getMessage());
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
      if (!bundle.manifest().name().equals(model)) {
        log.warn(
            "The model in the cache is '{}', not '{}', and is ignored.",
            bundle.manifest().name(),
            model);
        return false;
      }
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
