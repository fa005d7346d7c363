package app.mushroom.storage.dataset;

import app.mushroom.storage.JsonDocument;
import app.mushroom.storage.Names;
import app.mushroom.storage.ObjectKey;
import app.mushroom.storage.ObjectNotFoundException;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.Precondition;
import app.mushroom.storage.PreconditionFailedException;
import app.mushroom.storage.Sha256;
import app.mushroom.storage.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The dataset versions in a store. Dataset names follow {@link Names#require}; everything throws
 * {@link IOException} when the store fails.
 */
public final class DatasetRepository {
  private static final long MAX_IMAGE_BYTES = 20_000_000;
  private static final String CARD = "dataset.json";
  private static final String MANIFEST = "manifest.jsonl";

  private final ObjectStore store;

  public DatasetRepository(ObjectStore store) {
    this.store = store;
  }

  /** The numbers of the complete versions, ascending. */
  public List<Integer> versions(String dataset) throws IOException {
    return numbers(dataset, CARD);
  }

  /** The complete version with the highest number. */
  public Optional<DatasetVersion> latest(String dataset) throws IOException {
    List<Integer> versions = versions(dataset);
    return versions.isEmpty()
        ? Optional.empty()
        : Optional.of(read(dataset, versions.get(versions.size() - 1)));
  }

  /**
   * Reads a version and compares its manifest with its card.
   *
   * @throws DatasetRejectedException if there is no such version or the manifest is not the one the
   *     card names
   */
  public DatasetVersion read(String dataset, int version) throws IOException {
    ObjectKey cardKey = versionKey(dataset, version, CARD);
    String what = cardKey + " in " + store.location();
    DatasetCard card;
    try {
      card =
          JsonDocument.read(
              store.readBytes(cardKey, JsonDocument.MAX_BYTES), DatasetCard.class, what);
    } catch (ObjectNotFoundException e) {
      throw new DatasetRejectedException(
          "Expected version %d of dataset %s in %s, found versions %s. Name one of these, or collect first."
              .formatted(version, dataset, store.location(), versions(dataset)),
          e);
    }
    if (!card.name().equals(dataset) || card.version() != version) {
      throw new DatasetRejectedException(
          "Expected %s to describe version %d of dataset %s, found version %d of %s. Publish the version anew."
              .formatted(what, version, dataset, card.version(), card.name()));
    }
    List<DatasetPhoto> photos =
        Manifest.read(store, versionKey(dataset, version, MANIFEST), card.manifestSha256());
    if (photos.size() != card.photos()) {
      throw new DatasetRejectedException(
          "Expected %d photos as %s counts them, found %d. Publish the version anew."
              .formatted(card.photos(), what, photos.size()));
    }
    return new DatasetVersion(card, photos);
  }

  public boolean hasImage(String dataset, String sha256) throws IOException {
    return store.find(imageKey(dataset, sha256)).isPresent();
  }

  /**
   * Stores an image; nothing happens if it is there already.
   *
   * @param sha256 of the bytes
   * @throws IllegalArgumentException if the bytes have another hash or are over 20 MB
   */
  public void putImage(String dataset, String sha256, byte[] jpeg) throws IOException {
    ObjectKey key = imageKey(dataset, sha256);
    String found = Sha256.of(jpeg);
    if (!found.equals(sha256) || jpeg.length > MAX_IMAGE_BYTES) {
      throw new IllegalArgumentException(
          "Expected an image of at most %d bytes with SHA-256 %s, found %d bytes with %s."
              .formatted(MAX_IMAGE_BYTES, sha256, jpeg.length, found));
    }
    try {
      store.writeBytes(key, jpeg, Precondition.absent());
    } catch (PreconditionFailedException e) {
      return; // the name is the hash of the content: the same image
    }
  }

  /**
   * The bytes of an image, hashed again.
   *
   * @throws ObjectNotFoundException if it was never stored
   * @throws DatasetRejectedException if the bytes are not those of its name
   */
  public byte[] image(String dataset, String sha256) throws IOException {
    ObjectKey key = imageKey(dataset, sha256);
    byte[] bytes = store.readBytes(key, MAX_IMAGE_BYTES);
    String found = Sha256.of(bytes);
    if (!found.equals(sha256)) {
      throw new DatasetRejectedException(
          "Expected %s in %s to have the SHA-256 of its name, found %s. Delete it and collect again."
              .formatted(key, store.location(), found));
    }
    return bytes;
  }

  /** Publishes photos whose pictures nobody has compared. */
  public DatasetVersion publish(
      String dataset, List<DatasetPhoto> photos, Map<String, Integer> refused, Instant created)
      throws IOException {
    return publish(dataset, photos, refused, null, created);
  }

  /**
   * Freezes photos as the next version: the manifest first, the card last. Of several publishers at
   * once each gets a number of its own.
   *
   * @param photos in any order, at least one, each image stored before
   * @param refused reason → photos left out, for the card
   * @param findings in the pictures, for the card; null if nobody has compared them
   * @throws DatasetRejectedException if a photo comes twice, its image is missing, or a group
   *     straddles splits; nothing was written
   */
  public DatasetVersion publish(
      String dataset,
      List<DatasetPhoto> photos,
      Map<String, Integer> refused,
      @Nullable PictureFindings findings,
      Instant created)
      throws IOException {
    Names.require("dataset", dataset);
    List<DatasetPhoto> sorted = Manifest.checked(photos);
    requireImages(dataset, sorted);
    Claim claim = claim(dataset, sorted);
    int version = claim.version();
    DatasetCard card =
        Manifest.card(
            dataset,
            version,
            created,
            parent(dataset, version),
            claim.manifestSha256(),
            sorted,
            refused,
            findings);
    store.writeBytes(
        versionKey(dataset, version, CARD), JsonDocument.write(card), Precondition.absent());
    return new DatasetVersion(card, sorted);
  }

  private record Claim(int version, String manifestSha256) {}

  /** Writes the manifest under the first number nobody else has: create-only, so it claims it. */
  private Claim claim(String dataset, List<DatasetPhoto> photos) throws IOException {
    List<Integer> taken = numbers(dataset, MANIFEST);
    int version = taken.isEmpty() ? 1 : taken.get(taken.size() - 1) + 1;
    while (true) {
      MessageDigest digest = Sha256.digest();
      try (InputStream manifest = new DigestInputStream(Manifest.open(photos), digest)) {
        store.write(versionKey(dataset, version, MANIFEST), manifest, Precondition.absent());
        return new Claim(version, Sha256.hex(digest.digest()));
      } catch (PreconditionFailedException e) {
        version++;
      }
    }
  }

  private @Nullable Integer parent(String dataset, int version) throws IOException {
    return versions(dataset).stream()
        .filter(earlier -> earlier < version)
        .max(Integer::compare)
        .orElse(null);
  }

  private void requireImages(String dataset, List<DatasetPhoto> photos) throws IOException {
    String prefix = "datasets/" + dataset + "/images/";
    Set<String> stored = new HashSet<>();
    try (Stream<StoredObject> images = store.list(prefix)) {
      images.map(image -> image.key().name()).forEach(stored::add);
    }
    List<String> missing =
        photos.stream()
            .map(DatasetPhoto::sha256)
            .filter(sha256 -> !stored.contains(sha256 + ".jpg"))
            .toList();
    if (!missing.isEmpty()) {
      throw new DatasetRejectedException(
          "Expected every photo's image under %s in %s, found %d missing, the first %s. Store the images before publishing."
              .formatted(prefix, store.location(), missing.size(), missing.get(0)));
    }
  }

  /** The numbers of the versions that have this file, ascending. */
  private List<Integer> numbers(String dataset, String file) throws IOException {
    String prefix = "datasets/" + Names.require("dataset", dataset) + "/versions/";
    try (Stream<StoredObject> files = store.list(prefix)) {
      return files
          .map(found -> found.key().value().substring(prefix.length()))
          .filter(path -> path.matches("[1-9][0-9]{0,8}/" + file.replace(".", "\\.")))
          .map(path -> Integer.valueOf(path.substring(0, path.indexOf('/'))))
          .sorted()
          .toList();
    }
  }

  private static ObjectKey versionKey(String dataset, int version, String file) {
    Names.require("dataset", dataset);
    return ObjectKey.of("datasets", dataset, "versions", Integer.toString(version), file);
  }

  private static ObjectKey imageKey(String dataset, String sha256) {
    Names.require("dataset", dataset);
    Names.requireSha256("image sha256", sha256);
    return ObjectKey.of("datasets", dataset, "images", sha256 + ".jpg");
  }
}
