package app.mushroom.api.feedback;

import app.mushroom.api.identification.Pictures;
import app.mushroom.api.identification.RecentIdentifications;
import app.mushroom.storage.ObjectKey;
import app.mushroom.storage.ObjectNotFoundException;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.Precondition;
import app.mushroom.storage.StoredObject;
import app.mushroom.vision.photo.Photo;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Photos that people agreed to share, put aside for review: drawn anew from their pixels, so that
 * no metadata, file name or hidden content comes along. The note is written last and removed last:
 * photos without a note are not there.
 */
@Component
class ReviewPhotos {
  private static final Logger log = LoggerFactory.getLogger(ReviewPhotos.class);
  private static final int LONGEST_NOTE = 1_000_000;

  private final ObjectStore store;
  private final JsonMapper json;
  private final Clock clock;

  ReviewPhotos(ObjectStore store, JsonMapper json, Clock clock) {
    this.store = store;
    this.json = json;
    this.clock = clock;
  }

  /**
   * Writes {@code feedback/<date>/<id>-<n>.jpg} and, last, {@code feedback/<date>/<id>.json}.
   *
   * @throws IOException if the store does not take them all; what was written is removed again, or
   *     has no note
   */
  void keep(
      UUID id, RecentIdentifications.Recent recent, Feedback feedback, String withdrawalSha256)
      throws IOException {
    List<byte[]> photos = new ArrayList<>();
    for (Photo photo : recent.photos()) {
      photos.add(Pictures.jpeg(photo));
    }
    Map<String, Object> note = new LinkedHashMap<>();
    note.put("schemaVersion", 1);
    note.put("id", id);
    note.put("created", clock.instant());
    note.put("photos", photos.size());
    note.put("verdict", feedback.verdict());
    note.put("label", feedback.label());
    note.put("comment", feedback.comment());
    note.put("withdrawalSha256", withdrawalSha256);
    note.put("identification", recent.identification().recorded(true));
    try {
      for (int i = 0; i < photos.size(); i++) {
        write(key(id, "-" + (i + 1) + ".jpg"), photos.get(i));
      }
      write(note(id), json.writeValueAsBytes(note));
    } catch (IOException e) {
      removeRest(id, e);
      throw e;
    }
  }

  private void removeRest(UUID id, IOException why) {
    try {
      remove(id);
    } catch (IOException e) {
      why.addSuppressed(e);
      log.warn(
          "Photos of feedback {} may be left in the store without a note; they can be deleted.",
          id);
    }
  }

  /** What the photos of feedback can be taken back with; empty if none were kept. */
  Optional<String> withdrawalSha256(UUID id) throws IOException {
    try {
      return Optional.of(
          json.readTree(store.readBytes(note(id), LONGEST_NOTE))
              .path("withdrawalSha256")
              .asString(""));
    } catch (ObjectNotFoundException e) {
      return Optional.empty();
    }
  }

  /** Removes what {@link #keep} wrote, the note last, so that it can be done again if it fails. */
  void remove(UUID id) throws IOException {
    List<ObjectKey> photos;
    try (Stream<StoredObject> found = store.list(key(id, "-").value())) {
      photos = found.map(StoredObject::key).toList();
    } catch (java.io.UncheckedIOException e) {
      throw e.getCause();
    }
    for (ObjectKey photo : photos) {
      store.delete(photo);
    }
    store.delete(note(id));
  }

  private void write(ObjectKey key, byte[] content) throws IOException {
    store.writeBytes(key, content, Precondition.absent());
  }

  private static ObjectKey note(UUID id) {
    return key(id, ".json");
  }

  /** Under the day on which the id was made, which the id tells. */
  private static ObjectKey key(UUID id, String end) {
    Instant made = Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
    return ObjectKey.of("feedback", LocalDate.ofInstant(made, ZoneOffset.UTC).toString(), id + end);
  }
}
