package app.mushroom.api.identification;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TimeOrderedIdsTest {

  @Test
  void areOfVersion7AndSortByTime() {
    UUID earlier = at("2026-11-21T10:15:00Z").next();
    UUID later = at("2026-11-21T10:15:00.001Z").next();
    assertThat(earlier.version()).isEqualTo(7);
    assertThat(earlier.variant()).isEqualTo(2);
    assertThat(earlier.toString()).isLessThan(later.toString());
    assertThat(earlier.getMostSignificantBits() >>> 16)
        .isEqualTo(Instant.parse("2026-11-21T10:15:00Z").toEpochMilli());
    assertThat(at("2026-11-21T10:15:00Z").next()).isNotEqualTo(earlier);
  }

  private static TimeOrderedIds at(String instant) {
    return new TimeOrderedIds(Clock.fixed(Instant.parse(instant), ZoneOffset.UTC));
  }
}
