package app.mushroom.api.identification;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.api.fixture.Settings;
import app.mushroom.vision.photo.Photo;
import app.mushroom.vision.photo.PhotoFormat;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PhotoRingTest {
  private static final int CAPACITY = 1000;

  private Instant now = Instant.EPOCH;
  private final InstantSource time = () -> now;
  private final Clock clock = time.withZone(ZoneOffset.UTC);

  /** Keeps 1000 bytes, 15 minutes. */
  private final PhotoRing ring = new PhotoRing(Settings.of(Path.of("none")), clock);

  @Test
  void givesBackAllThatItWasGiven() {
    Photo photo = new Photo(7, 3, pixels(63, 5), PhotoFormat.WEBP, 700, 300);
    KeptPhoto kept = ring.put(photo);
    photo.rgb()[0] = 99;
    Photo found = kept.pixels().orElseThrow();
    assertThat(found.rgb()).isEqualTo(pixels(63, 5));
    assertThat(found.width()).isEqualTo(7);
    assertThat(found.height()).isEqualTo(3);
    assertThat(found.format()).isEqualTo(PhotoFormat.WEBP);
    assertThat(found.sourceWidth()).isEqualTo(700);
    assertThat(found.sourceHeight()).isEqualTo(300);
  }

  /** Random sizes for long enough that every way of meeting the ring's end comes up. */
  @Test
  void aPhotoIsWholeOrGoneAndTheLatestOnesThatFitAreThere() {
    Random random = new Random(3);
    Deque<KeptPhoto> kept = new ArrayDeque<>();
    Deque<byte[]> expected = new ArrayDeque<>();
    for (int i = 0; i < 20_000; i++) {
      byte[] rgb = pixels(3 * (1 + random.nextInt(110)), i);
      kept.addFirst(ring.put(new Photo(rgb.length / 3, 1, rgb, PhotoFormat.PNG, 1, 1)));
      expected.addFirst(rgb);
      if (kept.size() > 20) {
        kept.removeLast();
        expected.removeLast();
      }
      var bytes = expected.iterator();
      int together = 0;
      for (KeptPhoto photo : kept) {
        byte[] wanted = bytes.next();
        together += wanted.length;
        assertThat(photo.isThere()).isEqualTo(photo.pixels().isPresent());
        if (photo.isThere()) {
          assertThat(Arrays.equals(photo.pixels().orElseThrow().rgb(), wanted)).isTrue();
        } else {
          // What does not fit at the ring's end is left out there: less than the largest photo.
          assertThat(together).isGreaterThan(CAPACITY - 330);
        }
      }
    }
  }

  @Test
  void aPhotoAsLargeAsTheRingIsKeptAndALargerOneIsNot() {
    KeptPhoto small = ring.put(photo(1));
    KeptPhoto largest = ring.put(photo(333));
    assertThat(small.pixels()).isEmpty();
    assertThat(largest.pixels()).isPresent();
    assertThat(ring.put(photo(334)).pixels()).isEmpty();
    assertThat(largest.pixels()).as("nothing is pushed out by what is not kept").isPresent();
  }

  @Test
  void wipesWhatIsTooOld() {
    KeptPhoto old = ring.put(photo(10));
    now = now.plus(Duration.ofMinutes(14));
    KeptPhoto young = ring.put(photo(10));
    ring.forgetOld();
    assertThat(old.pixels()).isPresent();
    now = now.plus(Duration.ofMinutes(1));
    ring.forgetOld();
    assertThat(old.pixels()).isEmpty();
    assertThat(young.pixels()).isPresent();
    assertThat(ring.bytes()).startsWith(new byte[30]);
    now = now.plus(Duration.ofHours(1));
    ring.forgetOld();
    assertThat(ring.bytes()).containsOnly(0);
  }

  @Test
  void leavesNothingOfWhatWasPushedOut() {
    ring.put(photo(300));
    ring.put(photo(40));
    now = now.plus(Duration.ofHours(1));
    ring.forgetOld();
    assertThat(ring.bytes()).containsOnly(0);
  }

  private static Photo photo(int pixels) {
    return new Photo(pixels, 1, pixels(3 * pixels, 1), PhotoFormat.PNG, pixels, 1);
  }

  private static byte[] pixels(int length, int seed) {
    byte[] pixels = new byte[length];
    new Random(seed).nextBytes(pixels);
    return pixels;
  }
}
