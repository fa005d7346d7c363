package app.mushroom.api.feedback;

import app.mushroom.api.identification.Pictures;
import app.mushroom.api.identification.RecentIdentifications;
import app.mushroom.storage.ObjectKey;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.Precondition;
import app.mushroom.vision.photo.Photo;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Photos that people agreed to share, put aside for review: drawn anew from their pixels, so that
 * no metadata, file name or hidden content comes along.
 */
@Component
class ReviewPhotos {
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
   * @return how many photos were kept
   */
  int keep(UUID id, RecentIdentifications.Recent recent, Feedback feedback) throws IOException {
    String date = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toString();
    int count = 0;
    for (Photo photo : recent.photos()) {
      count++;
      write(ObjectKey.of("feedback", date, id + "-" + count + ".jpg"), Pictures.jpeg(photo));
    }
    Map<String, Object> note = new LinkedHashMap<>();
    note.put("schemaVersion", 1);
    note.put("id", id);
    note.put("created", clock.instant());
    note.put("photos", count);
    note.put("verdict", feedback.verdict());
    note.put("label", feedback.label());
    note.put("comment", feedback.comment());
    note.put("identification", recent.identification());
    write(ObjectKey.of("feedback", date, id + ".json"), json.writeValueAsBytes(note));
    return count;
  }

  private void write(ObjectKey key, byte[] content) throws IOException {
    store.writeBytes(key, content, Precondition.absent());
  }
}
