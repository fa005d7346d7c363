package app.mushroom.storage.model;

import app.mushroom.storage.CorruptObjectException;
import app.mushroom.storage.JsonDocument;
import app.mushroom.storage.Names;
import app.mushroom.storage.ObjectKey;
import app.mushroom.storage.ObjectNotFoundException;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * The model bundles in a store, and which of them is served. Names of models and versions follow
 * {@link Names#require}; a bundle that is not what it says is a {@link BundleRejectedException};
 * any other {@link IOException} means that the store could not be asked.
 */
public final class ModelRegistry {
  private final ObjectStore store;
  private final Clock clock;

  /**
   * @param clock tells when a version was promoted or claimed
   */
  public ModelRegistry(ObjectStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** The models that have a complete version, sorted. */
  public List<String> models() throws IOException {
    return ModelKeys.models(store);
  }

  /** The complete versions of a model: numbers in their order, then other names. */
  public List<String> versions(String model) throws IOException {
    return new ModelKeys(model).versions(store);
  }

  /**
   * What {@code bundle.json} says. The files are not looked at.
   *
   * @throws BundleRejectedException if there is no such version, or its manifest is unreadable
   */
  public BundleManifest manifest(String model, String version) throws IOException {
    ModelKeys keys = new ModelKeys(model);
    ObjectKey key = keys.file(version, BundleCheck.MANIFEST);
    BundleCheck check = check(model, version);
    BundleManifest manifest;
    try {
      if (store.find(key).map(found -> found.sizeBytes() > JsonDocument.MAX_BYTES).orElse(false)) {
        throw check.rejected(
            BundleCheck.MANIFEST + " of at most " + JsonDocument.MAX_BYTES + " bytes", "more");
      }
      manifest = check.read(store.readBytes(key, JsonDocument.MAX_BYTES));
    } catch (ObjectNotFoundException e) {
      throw check.rejected(
          BundleCheck.MANIFEST,
          "none: there is no such version, or it is still being published",
          e);
    } catch (CorruptObjectException e) {
      throw check.rejected(BundleCheck.MANIFEST + " as it was written", e);
    }
    if (!manifest.name().equals(model) || !manifest.version().equals(version)) {
      throw check.rejected(
          "a manifest of " + model + " version " + version,
          "one of " + manifest.name() + " version " + manifest.version());
    }
    return manifest;
  }

  /**
   * Publishes a folder as the next version: every file first, {@code bundle.json} last. Of several
   * publishers at once each gets a number of its own.
   *
   * @param draft names the model and describes it; its version and files are ignored
   * @param folder plain files only; a {@code bundle.json} in it is ignored
   * @return the manifest as published
   * @throws BundleRejectedException if the folder holds anything else, or changed meanwhile; then
   *     no version appeared
   */
  public BundleManifest publish(BundleManifest draft, Path folder) throws IOException {
    return new BundlePublication(store, clock, new ModelKeys(draft.name())).publish(draft, folder);
  }

  /**
   * Copies a version into a fresh folder, file by file, each checked against the manifest. The
   * folder gets a {@code bundle.json} as well, last, so that {@link #verify} can check it again
   * later.
   *
   * @param freshFolder empty or not there yet; emptied again when the bundle is refused
   * @throws BundleRejectedException if the version is incomplete, has files that its manifest does
   *     not name, or a file is not the one it names
   */
  public VerifiedBundle fetch(String model, String version, Path freshFolder) throws IOException {
    BundleManifest manifest = manifest(model, version);
    ModelKeys keys = new ModelKeys(model);
    BundleCheck check = check(model, version);
    check.requireExactly(manifest, keys.files(store, version));
    return new BundleDownload(store, keys, check).fetch(manifest, freshFolder);
  }

  /**
   * Checks a bundle that lies in a folder, as {@link #fetch} checks one in the store.
   *
   * @throws BundleRejectedException if it is not exactly what its {@code bundle.json} says
   */
  public static VerifiedBundle verify(Path folder) throws IOException {
    return new BundleFolder(folder).verify();
  }

  /**
   * Which version is served.
   *
   * @return empty if none was ever promoted
   * @throws ObjectStoreException if the pointer is unreadable
   */
  public Optional<Champion> champion(String model) throws IOException {
    return new ChampionPointer(store, new ModelKeys(model)).read();
  }

  /**
   * Makes a version the champion.
   *
   * @param reason for the history
   * @param expected the champion as last read; empty if there was none
   * @throws BundleRejectedException if the version is not complete
   * @throws app.mushroom.storage.PreconditionFailedException if somebody else promoted meanwhile;
   *     says who is champion now
   */
  public Champion promote(String model, String version, String reason, Optional<Champion> expected)
      throws IOException {
    ModelKeys keys = new ModelKeys(model);
    check(model, version).requireExactly(manifest(model, version), keys.files(store, version));
    return new ChampionPointer(store, keys).swap(version, reason, clock.instant(), expected);
  }

  /**
   * Makes the last different champion the champion again. The one rolled back enters the history,
   * so a second rollback undoes the first.
   *
   * @throws BundleRejectedException if that version is not complete any more
   * @throws ObjectStoreException if there is none to go back to
   */
  public Champion rollback(String model, String reason) throws IOException {
    Champion current =
        champion(model)
            .orElseThrow(
                () ->
                    new ObjectStoreException(
                        "Cannot roll back %s in %s: expected a champion, found none. Promote a version first."
                            .formatted(model, store.location())));
    String previous =
        current.history().stream()
            .map(Champion.Entry::version)
            .filter(version -> !version.equals(current.version()))
            .findFirst()
            .orElseThrow(
                () ->
                    new ObjectStoreException(
                        "Cannot roll back %s in %s: expected a champion before version %s, found none. Promote the version you want."
                            .formatted(model, store.location(), current.version())));
    return promote(model, previous, reason, Optional.of(current));
  }

  /**
   * One file of a version, checked.
   *
   * @param name as the manifest names it
   * @throws ObjectNotFoundException if the manifest does not name it
   * @throws BundleRejectedException if it is not the file the manifest names
   */
  public byte[] file(String model, String version, String name) throws IOException {
    ModelKeys keys = new ModelKeys(model);
    ObjectKey key = keys.file(version, name);
    BundleFile file =
        manifest(model, version).files().stream()
            .filter(named -> named.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new ObjectNotFoundException(key, store.location()));
    return new BundleDownload(store, keys, check(model, version)).bytes(version, file);
  }

  private BundleCheck check(String model, String version) {
    return new BundleCheck("model %s version %s in %s".formatted(model, version, store.location()));
  }
}
