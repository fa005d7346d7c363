package app.mushroom.api.identification;

import app.mushroom.api.ApiProperties;
import app.mushroom.vision.photo.Photo;
import java.time.Clock;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The latest identifications with their photos, in memory only and for minutes only. */
@Component
public class RecentIdentifications implements IdentificationListener {

  /**
   * One of them.
   *
   * @param photos decoded, without any metadata
   * @param likeliest index of the likeliest label in the model's order
   */
  public record Recent(
      Identification identification, List<Photo> photos, int likeliest, Instant at) {}

  private final Map<UUID, Recent> byId = new LinkedHashMap<>();

  /** How often each photo is kept: a photo that was seen before is the same object. */
  private final Map<Photo, Integer> uses = new IdentityHashMap<>();

  private final ApiProperties.Recent limits;
  private final Clock clock;
  private long bytes;

  RecentIdentifications(ApiProperties properties, Clock clock) {
    this.limits = properties.recent();
    this.clock = clock;
  }

  @Override
  public void identified(Look look) {
    add(look.identification(), look.photos(), look.assessment().ranking()[0]);
  }

  synchronized void add(Identification identification, List<Photo> photos, int likeliest) {
    Recent recent = new Recent(identification, List.copyOf(photos), likeliest, clock.instant());
    byId.put(identification.id(), recent);
    photos.forEach(this::keep);
    forget();
  }

  /** Empty when it is unknown, too old, or was pushed out by later ones. */
  public synchronized Optional<Recent> find(UUID id) {
    forget();
    return Optional.ofNullable(byId.get(id));
  }

  /** Drops what is too old, or too much. */
  synchronized void forget() {
    Instant oldest = clock.instant().minus(limits.keep());
    Iterator<Recent> eldest = byId.values().iterator();
    while (eldest.hasNext()) {
      Recent recent = eldest.next();
      boolean room = byId.size() <= limits.entries() && bytes <= limits.bytes().toBytes();
      if (room && recent.at().isAfter(oldest)) {
        return;
      }
      recent.photos().forEach(this::letGo);
      eldest.remove();
    }
  }

  private void keep(Photo photo) {
    if (uses.merge(photo, 1, Integer::sum) == 1) {
      bytes += photo.rgb().length;
    }
  }

  private void letGo(Photo photo) {
    if (uses.computeIfPresent(photo, (same, count) -> count == 1 ? null : count - 1) == null) {
      bytes -= photo.rgb().length;
    }
  }
}
