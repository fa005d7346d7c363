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
   * @param photos decoded, without any metadata; none once one of them was pushed out by later ones
   * @param likeliest index of the likeliest label in the model's order
   */
  public record Recent(
      Identification identification, List<Photo> photos, int likeliest, Instant at) {}

  private record Entry(
      Identification identification, List<KeptPhoto> photos, int likeliest, Instant at) {}

  private final Map<UUID, Entry> byId = new LinkedHashMap<>();
  private final ApiProperties.Recent limits;
  private final Clock clock;

  RecentIdentifications(ApiProperties properties, Clock clock) {
    this.limits = properties.recent();
    this.clock = clock;
  }

  @Override
  public void identified(Look look) {
    add(look.identification(), look.photos(), look.assessment().ranking()[0]);
  }

  synchronized void add(Identification identification, List<KeptPhoto> photos, int likeliest) {
    byId.put(
        identification.id(),
        new Entry(identification, List.copyOf(photos), likeliest, clock.instant()));
    forget();
  }

  /** Empty when it is unknown, too old, or there were too many later ones. */
  public Optional<Recent> find(UUID id) {
    Entry entry;
    synchronized (this) {
      forget();
      entry = byId.get(id);
    }
    if (entry == null) {
      return Optional.empty();
    }
    List<Photo> photos =
        entry.photos().stream().map(KeptPhoto::pixels).flatMap(Optional::stream).toList();
    boolean whole = photos.size() == entry.photos().size();
    return Optional.of(
        new Recent(
            entry.identification(), whole ? photos : List.of(), entry.likeliest(), entry.at()));
  }

  /** Drops what is too old, or too much. */
  synchronized void forget() {
    Instant oldest = clock.instant().minus(limits.keep());
    Iterator<Entry> eldest = byId.values().iterator();
    while (eldest.hasNext()) {
      if (eldest.next().at().isAfter(oldest) && byId.size() <= limits.entries()) {
        return;
      }
      eldest.remove();
    }
  }
}
