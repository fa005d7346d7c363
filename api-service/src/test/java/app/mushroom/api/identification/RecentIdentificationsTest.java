package app.mushroom.api.identification;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.api.ApiProperties;
import app.mushroom.api.fixture.Settings;
import app.mushroom.vision.photo.Photo;
import app.mushroom.vision.photo.PhotoFormat;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RecentIdentificationsTest {
  private final SettableClock clock = new SettableClock();

  /** Keeps 3 entries, 1000 bytes, 15 minutes. */
  private final ApiProperties limits = Settings.of(Path.of("none"));

  private final RecentIdentifications recent = new RecentIdentifications(limits, clock);
  private final PhotoRing ring = new PhotoRing(limits, clock);

  @Test
  void keepsTheLatestEntries() {
    List<UUID> ids = java.util.stream.Stream.generate(() -> add(10)).limit(4).toList();
    assertThat(recent.find(ids.get(0))).isEmpty();
    assertThat(recent.find(ids.get(1))).isPresent();
    assertThat(recent.find(ids.get(3))).isPresent();
  }

  @Test
  void keepsNoMoreBytesThanAllowed() {
    UUID first = add(200);
    UUID second = add(200);
    assertThat(recent.find(first).orElseThrow().photos()).isEmpty();
    assertThat(recent.find(second).orElseThrow().photos()).hasSize(1);
    assertThat(recent.find(add(400)).orElseThrow().photos()).isEmpty();
  }

  @Test
  void forgetsAfterAWhile() {
    UUID id = add(10);
    clock.now = clock.now.plus(Duration.ofMinutes(14));
    assertThat(recent.find(id)).isPresent();
    clock.now = clock.now.plus(Duration.ofMinutes(1));
    assertThat(recent.find(id)).isEmpty();
  }

  private UUID add(int pixels) {
    UUID id = UUID.randomUUID();
    Photo photo = new Photo(pixels, 1, new byte[3 * pixels], PhotoFormat.PNG, pixels, 1);
    recent.add(
        new Identification(
            id,
            Instant.EPOCH,
            1,
            new Identification.Model("mushrooms", "1"),
            new Identification.Mushroom(true, 1, 0.5),
            new Identification.Answer(
                "none", null, null, null, List.of(), null, null, 0.1, null, List.of()),
            new Identification.Poison("cannot_tell", false, 0.5, "…"),
            null,
            null,
            List.of(),
            "…",
            false),
        List.of(ring.put(photo)),
        0);
    return id;
  }

  private static final class SettableClock extends Clock {
    Instant now = Instant.parse("2026-11-21T10:15:00Z");

    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
