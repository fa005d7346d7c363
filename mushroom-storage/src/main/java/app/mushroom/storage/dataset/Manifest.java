package app.mushroom.storage.dataset;

import app.mushroom.storage.JsonDocument;
import app.mushroom.storage.ObjectKey;
import app.mushroom.storage.ObjectNotFoundException;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
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

  /** A card stays below {@link JsonDocument#MAX_BYTES}, whatever lists call sources or licences. */
  private static final int MAX_TEXTS = 500;

  private static final int MAX_TEXT_CHARS = 100;
  private static final String OTHER_TEXTS = "other";

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

  /** The manifest's bytes, made while they are read: they may be longer than memory. */
  static InputStream open(List<DatasetPhoto> photos) {
    Iterator<DatasetPhoto> rest = photos.iterator();
    return new SequenceInputStream(
        new Enumeration<>() {
          @Override
          public boolean hasMoreElements() {
            return rest.hasNext();
          }

          @Override
          public InputStream nextElement() {
            String line = JsonDocument.mapper().writeValueAsString(rest.next()) + "\n";
            return new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8));
          }
        });
  }

  static List<DatasetPhoto> read(ObjectStore store, ObjectKey key, String expectedSha256)
      throws IOException {
    MessageDigest digest = Sha256.digest();
    List<DatasetPhoto> photos = new ArrayList<>();
    Map<String, String> shared = new HashMap<>();
    String what = key + " in " + store.location();
    try (InputStream in = new DigestInputStream(store.open(key), digest);
        MappingIterator<DatasetPhoto> lines = LINES.readValues(in)) {
      lines.forEachRemaining(photo -> photos.add(sharing(photo, shared)));
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

  /** The same photo; texts that it has in common with others are held once. */
  private static DatasetPhoto sharing(DatasetPhoto photo, Map<String, String> shared) {
    UnaryOperator<@Nullable String> once =
        text -> text == null ? null : shared.computeIfAbsent(text, same -> same);
    return new DatasetPhoto(
        photo.sha256(),
        shared.computeIfAbsent(photo.label(), same -> same),
        photo.rank(),
        once.apply(photo.taxon()),
        once.apply(photo.genus()),
        photo.split(),
        photo.group(),
        once.apply(photo.tier()),
        photo.width(),
        photo.height(),
        photo.sizeBytes(),
        photo.source(),
        photo.sourceSha256(),
        shared.computeIfAbsent(photo.licence(), same -> same),
        photo.attribution(),
        photo.observedMonth(),
        once.apply(photo.cell()));
  }

  static DatasetCard card(
      String name,
      int version,
      Instant created,
      @Nullable Integer parent,
      String manifestSha256,
      List<DatasetPhoto> photos,
      Map<String, Integer> refused,
      @Nullable PictureFindings findings) {
    return new DatasetCard(
        JsonDocument.SCHEMA_VERSION,
        name,
        version,
        created,
        parent,
        manifestSha256,
        photos.size(),
        count(photos, DatasetPhoto::label),
        count(photos, photo -> photo.split().name().toLowerCase(Locale.ROOT)),
        countTexts(photos, DatasetPhoto::licence),
        countTexts(photos, DatasetPhoto::sourceHost),
        refused,
        DatasetQuality.of(photos, findings));
  }

  private static Map<String, Integer> count(
      List<DatasetPhoto> photos, Function<DatasetPhoto, String> by) {
    Map<String, Integer> counts = new TreeMap<>();
    photos.forEach(photo -> counts.merge(by.apply(photo), 1, Integer::sum));
    return counts;
  }

  /**
   * Counts of free texts: those that a card has room for, the most frequent first, and the rest.
   */
  private static Map<String, Integer> countTexts(
      List<DatasetPhoto> photos, Function<DatasetPhoto, String> by) {
    Map<String, Integer> counts = new TreeMap<>();
    count(photos, by).entrySet().stream()
        .filter(text -> text.getKey().length() <= MAX_TEXT_CHARS)
        .sorted(
            Map.Entry.<String, Integer>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(MAX_TEXTS)
        .forEach(text -> counts.put(text.getKey(), text.getValue()));
    int rest = photos.size() - counts.values().stream().mapToInt(Integer::intValue).sum();
    if (rest > 0) {
      counts.merge(OTHER_TEXTS, rest, Integer::sum);
    }
    return counts;
  }
}
