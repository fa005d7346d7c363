package app.mushroom.api.identification;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** UUIDs of version 7: sortable by time, and not to be guessed. */
@Component
public class TimeOrderedIds {
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  TimeOrderedIds(Clock clock) {
    this.clock = clock;
  }

  public UUID next() {
    long millis = clock.millis();
    long high = millis << 16 | 0x7000 | random.nextInt(1 << 12);
    long low = random.nextLong() >>> 2 | Long.MIN_VALUE;
    return new UUID(high, low);
  }
}
