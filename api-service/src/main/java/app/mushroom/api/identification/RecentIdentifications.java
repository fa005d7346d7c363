package app.mushroom.api.identification;

import app.mushroom.api.ApiProperties;
import app.mushroom.vision.photo.Photo;
import java.time.Clock;
import java.time.Instant;
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
      Identification identification, List<Photo> photos, int likeliest, Instant at) {

    long bytes() {
      return photos.stream().mapToLong(photo -> photo.rgb().length).sum();
    }
  }

  private final Map<UUID, Recent> byId = new LinkedHashMap<>();
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
    bytes += recent.bytes();
    forget();
  }

  /** Empty when it is unknown, too old, or was pushed out by later ones. */
  public synchronized Optional<Recent> find(UUID id) {
    forget();
    return Optional.ofNullable(byId.get(id));
  }

  private void forget() {
    Instant oldest = clock.instant().minus(limits.keep());
    Iterator<Recent> eldest = byId.values().iterator();
    while (eldest.hasNext()) {
      Recent recent = eldest.next();
      boolean room = byId.size() <= limits.entries() && bytes <= limits.bytes().toBytes();
      if (room && recent.at().isAfter(oldest)) {
        return;
      }
      bytes -= recent.bytes();
      eldest.remove();
    }
  }
}
