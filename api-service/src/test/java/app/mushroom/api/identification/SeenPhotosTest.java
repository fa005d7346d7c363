package app.mushroom.api.identification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mushroom.api.ApiProperties;
import app.mushroom.api.classifier.Scores;
import app.mushroom.api.fixture.Settings;
import app.mushroom.api.identification.SeenPhotos.Seen;
import app.mushroom.api.inference.BusyException;
import app.mushroom.vision.photo.Photo;
import app.mushroom.vision.photo.PhotoFormat;
import app.mushroom.vision.photo.PhotoRejectedException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SeenPhotosTest {
  private SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final AtomicInteger looks = new AtomicInteger();
  private Instant now = Instant.EPOCH;
  private Optional<Photo> pixels = Optional.of(new Photo(1, 1, new byte[3], PhotoFormat.PNG, 1, 1));
  private final InstantSource time = () -> now;
  private final Clock clock = time.withZone(ZoneOffset.UTC);
  private final SeenPhotos seen = seen(3);

  private SeenPhotos seen(int photos) {
    ApiProperties defaults = Settings.of(Path.of("none"));
    return new SeenPhotos(
        new ApiProperties(
            defaults.store(),
            defaults.corsOrigins(),
            defaults.model(),
            defaults.inference(),
            defaults.clients(),
            new ApiProperties.Seen(photos, Duration.ofMinutes(2)),
            defaults.recent()),
        clock,
        meters);
  }

  @Test
  void isForgottenSomeTimeAfterItWasLastSent() throws Exception {
    look(seen, "1", 7);
    now = now.plusSeconds(119);
    look(seen, "1", 7);
    now = now.plusSeconds(119);
    seen.forgetOld();
    look(seen, "1", 7);
    assertThat(looks).hasValue(1);
    now = now.plusSeconds(120);
    seen.forgetOld();
    assertThat(meters.get("mushroom.photos.seen.entries").gauge().value()).isZero();
    look(seen, "1", 7);
    assertThat(looks).hasValue(2);
  }

  @Test
  void theSameBytesAreLookedAtOnceForEachVersion() throws Exception {
    Seen first = look(seen, "1", 7);
    assertThat(look(seen, "1", 7)).isSameAs(first);
    assertThat(looks).hasValue(1);
    look(seen, "2", 7);
    look(seen, "1", 8);
    assertThat(looks).hasValue(3);
    assertThat(count("hit")).isEqualTo(1);
    assertThat(count("miss")).isEqualTo(3);
  }

  @Test
  void keepsSoMany() throws Exception {
    for (int photo = 0; photo < 10; photo++) {
      look(seen, "1", photo);
    }
    assertThat(entries()).isEqualTo(3);
    look(seen, "1", 9);
    look(seen, "1", 7);
    assertThat(looks).as("the latest are there").hasValue(10);
  }

  @Test
  void isLookedAtAgainOnceItsPixelsAreGone() throws Exception {
    look(seen, "1", 7);
    pixels = Optional.empty();
    look(seen, "1", 7);
    assertThat(looks).hasValue(2);
  }

  @Test
  void keepsNothingWhereThatIsWanted() throws Exception {
    SeenPhotos none = seen(0);
    look(none, "1", 7);
    look(none, "1", 7);
    assertThat(looks).hasValue(2);
  }

  @Test
  void aFailureIsNotKept() throws Exception {
    var rejected = new PhotoRejectedException(PhotoRejectedException.Reason.CORRUPT, "torn");
    assertThatThrownBy(
            () ->
                seen.of(
                    "mushrooms",
                    "1",
                    new byte[] {7},
                    () -> {
                      throw rejected;
                    }))
        .isSameAs(rejected);
    assertThat(entries()).isZero();
    look(seen, "1", 7);
    assertThat(looks).hasValue(1);
  }

  @Test
  void onePhotoNeverHoldsMoreThanOneThreadForLong() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    CompletableFuture<Seen> stuck =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return seen.of(
                    "mushrooms",
                    "1",
                    new byte[] {7},
                    () -> {
                      begun.countDown();
                      try {
                        release.await();
                      } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                      }
                      return newSeen();
                    });
              } catch (PhotoRejectedException | IOException e) {
                throw new IllegalStateException(e);
              }
            });
    begun.await();
    assertThatThrownBy(() -> look(seen, "1", 7)).isInstanceOf(BusyException.class);
    assertThat(looks).hasValue(0);
    assertThat(count("joined")).isEqualTo(1);
    release.countDown();
    assertThat(look(seen, "1", 7)).isSameAs(stuck.join());
  }

  private Seen look(SeenPhotos photos, String version, int photo)
      throws PhotoRejectedException, IOException {
    return photos.of(
        "mushrooms",
        version,
        new byte[] {(byte) photo},
        () -> {
          looks.incrementAndGet();
          return newSeen();
        });
  }

  private Seen newSeen() {
    return new Seen(() -> pixels, new Scores(new float[2], new float[2]));
  }

  private double entries() {
    return meters.get("mushroom.photos.seen.entries").gauge().value();
  }

  private double count(String result) {
    return meters.get("mushroom.photos.seen").tag("result", result).counter().count();
  }
}
