package app.mushroom.trainer.tracking;

import app.mushroom.storage.ObjectKey;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.StoredObject;
import app.mushroom.storage.model.BundleFile;
import app.mushroom.storage.model.ModelRegistry;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The files of a run as artifacts: its record without checkpoints, and the bundle it published. */
final class RunFiles {

  private static final long MAX_BYTES = 50_000_000;

  private final String run;
  private final ObjectStore store;
  private final ModelRegistry registry;
  private final MlflowRun there;
  private final MlflowSettings settings;
  private final Map<String, Long> sent = new HashMap<>();
  private final Set<String> tooLarge = new HashSet<>();
  private boolean impossible;

  RunFiles(
      String run,
      ObjectStore store,
      ModelRegistry registry,
      MlflowRun there,
      MlflowSettings settings) {
    this.run = run;
    this.store = store;
    this.registry = registry;
    this.there = there;
    this.settings = settings;
  }

  /** The folder of a version's bundle among the artifacts. */
  static String bundle(String version) {
    return "bundle/" + version;
  }

  /** Sends what changed since the last time. */
  void sendRecord(Consumer<String> notices) throws IOException {
    String prefix = "runs/" + run + "/";
    List<StoredObject> objects;
    try (Stream<StoredObject> found = store.list(prefix)) {
      objects =
          found
              .filter(object -> !object.key().value().startsWith(prefix + "checkpoint/"))
              .filter(object -> !object.key().value().equals(prefix + MlflowLink.FILE))
              .toList();
    }
    for (StoredObject object : objects) {
      ObjectKey key = object.key();
      String path = key.value().substring(prefix.length());
      if (object.sizeBytes() > MAX_BYTES) {
        sayTooLarge(object, notices);
        continue;
      }
      if (!impossible && !Long.valueOf(object.generation()).equals(sent.get(path))) {
        if (there.putArtifact(path, store.readBytes(key, MAX_BYTES))) {
          sent.put(path, object.generation());
        } else {
          impossible = true;
          notices.accept(
              "MLflow keeps files at "
                  + there.link().artifacts()
                  + ", where only it can write, and does not take them itself; start it with"
                  + " --serve-artifacts to have them there. They stay in the store.");
        }
      }
    }
  }

  private void sayTooLarge(StoredObject object, Consumer<String> notices) {
    if (tooLarge.add(object.key().value())) {
      notices.accept(
          "MLflow does not get %s: expected at most %d MB, found %d MB. It stays in the store."
              .formatted(object.key(), MAX_BYTES / 1_000_000, object.sizeBytes() / 1_000_000));
    }
  }

  /** Sends the bundle's files once; the network only where that is asked for. */
  void sendBundle(String model, String version) throws IOException {
    for (BundleFile file : registry.manifest(model, version).files()) {
      String path = bundle(version) + "/" + file.name();
      boolean network = file.name().startsWith("model.");
      if (!impossible && !sent.containsKey(path) && (!network || settings.withNetwork())) {
        there.putArtifact(path, registry.file(model, version, file.name()));
        sent.put(path, 0L);
      }
    }
  }
}
