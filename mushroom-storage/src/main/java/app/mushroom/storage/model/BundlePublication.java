package app.mushroom.storage.model;

import app.mushroom.storage.JsonDocument;
import app.mushroom.storage.ObjectKey;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.Precondition;
import app.mushroom.storage.PreconditionFailedException;
import app.mushroom.storage.Sha256;
import app.mushroom.storage.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Publishing a bundle: claim a version number, write the files, write {@code bundle.json} last. Who
 * dies on the way leaves a claim and files that no reader looks at; the files are swept by a later
 * publication once the claim is older than {@link #ABANDONED_AFTER}.
 */
final class BundlePublication {
  /** Longer than any upload takes. */
  static final Duration ABANDONED_AFTER = Duration.ofHours(24);

  private final ObjectStore store;
  private final Clock clock;
  private final ModelKeys keys;

  BundlePublication(ObjectStore store, Clock clock, ModelKeys keys) {
    this.store = store;
    this.clock = clock;
    this.keys = keys;
  }

  /** A number taken by a publisher; {@code models/<model>/claims/<version>.json}. */
  record Claim(int schemaVersion, String version, Instant claimed) {}

  BundleManifest publish(BundleManifest draft, Path folder) throws IOException {
    BundleFolder source = new BundleFolder(folder);
    List<BundleFile> files = source.hashed();
    sweep();
    String version = claim();
    BundleManifest manifest = draft.with(version, files);
    source.check().read(JsonDocument.write(manifest)); // what no reader would take is not published
    try {
      for (BundleFile file : files) {
        upload(source, version, file);
      }
      source.check().requireExactly(manifest, keys.files(store, version));
      store.writeBytes(
          keys.file(version, BundleCheck.MANIFEST),
          JsonDocument.write(manifest),
          Precondition.absent());
    } catch (BundleRejectedException | PreconditionFailedException e) {
      remove(version);
      throw e;
    }
    return manifest;
  }

  private void upload(BundleFolder source, String version, BundleFile file) throws IOException {
    MessageDigest digest = Sha256.digest();
    Path path = source.path().resolve(file.name());
    try (InputStream in =
        new DigestInputStream(Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS), digest)) {
      store.write(keys.file(version, file.name()), in, Precondition.absent());
    }
    source.check().requireSha256(file, Sha256.hex(digest.digest()));
  }

  private String claim() throws IOException {
    Set<Integer> taken = keys.numbers(store);
    int number = taken.stream().max(Integer::compare).orElse(0) + 1;
    while (true) {
      String version = Integer.toString(number);
      Claim claim = new Claim(JsonDocument.SCHEMA_VERSION, version, clock.instant());
      try {
        store.writeBytes(keys.claim(version), JsonDocument.write(claim), Precondition.absent());
        return version;
      } catch (PreconditionFailedException e) {
        number++;
      }
    }
  }

  /** Removes the files of publications that were never finished. */
  private void sweep() throws IOException {
    Set<String> unfinished = new TreeSet<>(keys.claimed(store));
    unfinished.removeAll(keys.versions(store));
    for (String version : unfinished) {
      if (keys.files(store, version).isEmpty()) {
        continue;
      }
      byte[] json = store.readBytes(keys.claim(version), JsonDocument.MAX_BYTES);
      Claim claim =
          JsonDocument.read(json, Claim.class, keys.claim(version) + " in " + store.location());
      if (claim.claimed().plus(ABANDONED_AFTER).isBefore(clock.instant())) {
        remove(version);
      }
    }
  }

  private void remove(String version) throws IOException {
    List<ObjectKey> files;
    try (var found = store.list(keys.folder(version))) {
      files = found.map(StoredObject::key).toList();
    }
    for (ObjectKey file : files) {
      store.delete(file);
    }
  }
}
