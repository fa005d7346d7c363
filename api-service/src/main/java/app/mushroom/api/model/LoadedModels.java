package app.mushroom.api.model;

import app.mushroom.api.ApiProperties;
import app.mushroom.storage.Names;
import app.mushroom.storage.model.BundleRejectedException;
import app.mushroom.storage.model.ModelRegistry;
import app.mushroom.storage.model.VerifiedBundle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Any published version, on demand; the two used last stay in memory beside the serving one. */
@Component
public class LoadedModels {
  private static final int KEPT = 2;

  private final ModelRegistry registry;
  private final ModelLoader loader;
  private final BundleFolders folders;
  private final StarterBundle starter;
  private final ServingModel serving;
  private final String model;

  /** In the order of use, the latest last. Guarded by this. */
  private final Map<String, LoadedModel> loaded = new LinkedHashMap<>();

  /** Versions that failed their checks, and why: a published version never gets better. */
  private final Map<String, ModelRefusedException> refused = new HashMap<>();

  LoadedModels(
      ModelRegistry registry,
      ModelLoader loader,
      BundleFolders folders,
      StarterBundle starter,
      ServingModel serving,
      ApiProperties properties) {
    this.registry = registry;
    this.loader = loader;
    this.folders = folders;
    this.starter = starter;
    this.serving = serving;
    this.model = properties.model().name();
  }

  /**
   * @throws app.mushroom.storage.InvalidNameException if no version can have that name
   * @throws ModelNotFoundException if there is none
   * @throws ModelRefusedException if the version did not pass its checks
   * @throws StoreUnavailableException when the store does not answer
   */
  public ModelLease lease(String version) {
    Names.require("model version", version);
    if (serving.version().equals(Optional.of(version))) {
      ModelLease lease = serving.lease();
      if (lease.model().version().equals(version)) {
        return lease;
      }
      lease.close();
    }
    return loadedLease(version);
  }

  /** One load at a time: a load takes seconds and much memory. */
  private synchronized ModelLease loadedLease(String version) {
    ModelRefusedException refusal = refused.get(version);
    if (refusal != null) {
      throw refusal;
    }
    LoadedModel known = loaded.remove(version);
    LoadedModel wanted = known != null ? known : load(version);
    loaded.put(version, wanted);
    if (loaded.size() > KEPT) {
      String oldest = loaded.keySet().iterator().next();
      LoadedModel evicted = loaded.remove(oldest);
      if (evicted != null) {
        evicted.retire();
      }
    }
    return wanted.lease().orElseThrow();
  }

  private LoadedModel load(String version) {
    Path folder = folders.fresh(version);
    boolean done = false;
    try {
      LoadedModel model =
          loader.load(fetch(version, folder), version, () -> folders.delete(folder));
      done = true;
      return model;
    } catch (ModelRefusedException e) {
      refused.put(version, e);
      throw e;
    } catch (BundleRejectedException e) {
      throw new ModelRefusedException(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new StoreUnavailableException(e);
    } finally {
      if (!done) {
        folders.delete(folder);
      }
    }
  }

  private VerifiedBundle fetch(String version, Path folder) throws IOException {
    if (version.equals(StarterBundle.VERSION)) {
      if (!starter.isPresent()) {
        throw new ModelNotFoundException(version);
      }
      return starter.copyTo(folder);
    }
    if (!registry.versions(model).contains(version)) {
      throw new ModelNotFoundException(version);
    }
    return registry.fetch(model, version, folder);
  }

  /** Lets all of them go, for a clean stop. */
  @jakarta.annotation.PreDestroy
  synchronized void close() {
    loaded.values().forEach(LoadedModel::retire);
    loaded.clear();
  }
}
