package app.mushroom.api.model;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What was refused, why, and until when it is left alone. Bounded: the oldest is forgotten. */
final class Quarantine {
  private static final int MOST = 100;

  private record Entry(ModelRefusedException why, Instant until, int times) {}

  private final Clock clock;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  Quarantine(Clock clock) {
    this.clock = clock;
  }

  /**
   * @param first how long the first time; twice as long each further time
   * @param longest at most
   */
  synchronized void add(String key, ModelRefusedException why, Duration first, Duration longest) {
    Entry before = entries.remove(key);
    int times = before == null ? 0 : Math.min(before.times() + 1, 10);
    Duration pause = first.multipliedBy(1L << times);
    Duration capped = pause.compareTo(longest) < 0 ? pause : longest;
    entries.put(key, new Entry(why, clock.instant().plus(capped), times));
    Iterator<String> oldest = entries.keySet().iterator();
    while (entries.size() > MOST) {
      oldest.next();
      oldest.remove();
    }
  }

  /** Why it is left alone now, or empty if it may be tried. */
  synchronized Optional<ModelRefusedException> find(String key) {
    return Optional.ofNullable(entries.get(key))
        .filter(entry -> clock.instant().isBefore(entry.until()))
        .map(Entry::why);
  }
}
