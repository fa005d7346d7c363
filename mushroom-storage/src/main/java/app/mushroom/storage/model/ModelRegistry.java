package app.mushroom.storage.model;

import app.mushroom.storage.ObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The model bundles in a store, and which of them is served. */
public final class ModelRegistry {
  private final ObjectStore store;
  private final Clock clock;

  public ModelRegistry(ObjectStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  public List<String> models() throws IOException {
    throw todo();
  }

  public List<String> versions(String model) throws IOException {
    throw todo();
  }

  public BundleManifest manifest(String model, String version) throws IOException {
    throw todo();
  }

  public BundleManifest publish(BundleManifest draft, Path folder) throws IOException {
    throw todo();
  }

  public VerifiedBundle fetch(String model, String version, Path freshFolder) throws IOException {
    throw todo();
  }

  public static VerifiedBundle verify(Path folder) throws IOException {
    throw new BundleRejectedException("not yet");
  }

  public Optional<Champion> champion(String model) throws IOException {
    throw todo();
  }

  public Champion promote(String model, String version, String reason, Optional<Champion> expected)
      throws IOException {
    throw todo();
  }

  public Champion rollback(String model, String reason) throws IOException {
    throw todo();
  }

  public byte[] file(String model, String version, String name) throws IOException {
    throw todo();
  }

  private BundleRejectedException todo() {
    return new BundleRejectedException("not yet: " + store + clock);
  }
}
