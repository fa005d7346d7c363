package app.mushroom.storage.dataset;

import app.mushroom.storage.JsonDocument;
import app.mushroom.storage.ObjectKey;
import app.mushroom.storage.ObjectNotFoundException;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.ObjectReader;

/** {@code manifest.jsonl}: one photo a line, sorted by label, then sha256. */
final class Manifest {
  private static final Comparator<DatasetPhoto> ORDER =
      Comparator.comparing(DatasetPhoto::label).thenComparing(DatasetPhoto::sha256);

  private static final ObjectReader LINES =
      JsonDocument.mapper()
          .readerFor(DatasetPhoto.class)
          .without(StreamReadFeature.AUTO_CLOSE_SOURCE);

  private Manifest() {}

  /** The photos in order, if they make a dataset version. */
  static List<DatasetPhoto> checked(List<DatasetPhoto> photos) throws DatasetRejectedException {
    if (photos.isEmpty()) {
      throw new DatasetRejectedException(
          "Expected at least one photo to publish, found none. Collect photos first.");
    }
    Map<String, DatasetPhoto> byHash = new HashMap<>();
    Map<String, DatasetPhoto> byGroup = new HashMap<>();
    for (DatasetPhoto photo : photos) {
      DatasetPhoto same = byHash.put(photo.sha256(), photo);
      if (same != null) {
        throw new DatasetRejectedException(
            "Expected every photo once, found %s as %s and as %s. Leave one out."
                .formatted(photo.sha256(), same.label(), photo.label()));
      }
      DatasetPhoto relative = byGroup.putIfAbsent(photo.group(), photo);
      if (relative != null && relative.split() != photo.split()) {
        throw new DatasetRejectedException(
            "Expected group %s in one split, found %s in %s and %s in %s. Split by group."
                .formatted(
                    photo.group(),
                    relative.sha256(),
                    relative.split(),
                    photo.sha256(),
                    photo.split()));
      }
    }
    return photos.stream().sorted(ORDER).toList();
  }

  static byte[] write(List<DatasetPhoto> photos) {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (DatasetPhoto photo : photos) {
      lines.writeBytes(JsonDocument.mapper().writeValueAsBytes(photo));
      lines.write('\n');
    }
    return lines.toByteArray();
  }

  static List<DatasetPhoto> read(ObjectStore store, ObjectKey key, String expectedSha256)
      throws IOException {
    MessageDigest digest = Sha256.digest();
    List<DatasetPhoto> photos = new ArrayList<>();
    String what = key + " in " + store.location();
    try (InputStream in = new DigestInputStream(store.open(key), digest);
        MappingIterator<DatasetPhoto> lines = LINES.readValues(in)) {
      lines.forEachRemaining(photos::add);
      in.transferTo(OutputStream.nullOutputStream());
    } catch (JacksonException e) {
      throw new DatasetRejectedException(
          "Cannot read %s: expected one photo a line, found otherwise after %d photos (%s). Publish the version anew."
              .formatted(what, photos.size(), e.getOriginalMessage()),
          e);
    } catch (ObjectNotFoundException e) {
      throw new DatasetRejectedException(
          "Expected %s, found none. Publish the version anew.".formatted(what), e);
    }
    String found = Sha256.hex(digest.digest());
    if (!found.equals(expectedSha256)) {
      throw new DatasetRejectedException(
          "Expected %s with SHA-256 %s, found %s: a version never changes. Publish a new one."
              .formatted(what, expectedSha256, found));
    }
    return photos;
  }

  static DatasetCard card(
      String name,
      int version,
      Instant created,
      @Nullable Integer parent,
      byte[] manifest,
      List<DatasetPhoto> photos,
      Map<String, Integer> refused,
      @Nullable PictureFindings findings) {
    return new DatasetCard(
        JsonDocument.SCHEMA_VERSION,
        name,
        version,
        created,
        parent,
        Sha256.of(manifest),
        photos.size(),
        count(photos, DatasetPhoto::label),
        count(photos, photo -> photo.split().name().toLowerCase(Locale.ROOT)),
        count(photos, DatasetPhoto::licence),
        count(photos, DatasetPhoto::sourceHost),
        refused,
        DatasetQuality.of(photos, findings));
  }

  private static Map<String, Integer> count(
      List<DatasetPhoto> photos, Function<DatasetPhoto, String> by) {
    Map<String, Integer> counts = new TreeMap<>();
    photos.forEach(photo -> counts.merge(by.apply(photo), 1, Integer::sum));
    return counts;
  }
}
