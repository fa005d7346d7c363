package app.mushroom.api.identification;

import app.mushroom.api.ApiProperties;
import app.mushroom.vision.photo.Photo;
import app.mushroom.vision.photo.PhotoFormat;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * The pixels of the latest photos in a ring outside the Java heap, where each overwrites the
 * oldest. In the heap they would be copied and fill the old generation, which costs a fifth of the
 * answers.
 */
@Component
class PhotoRing {
  private final ByteBuffer ring;
  private final Duration keep;
  private final Clock clock;

  /** The oldest first. Guarded by this. */
  private final Deque<Place> places = new ArrayDeque<>();

  /** How many bytes were ever passed, taken up or left out at the ring's end. Guarded by this. */
  private long head;

  PhotoRing(ApiProperties properties, Clock clock) {
    this.ring = memory(properties.recent().bytes());
    this.keep = properties.recent().keep();
    this.clock = clock;
  }

  private static ByteBuffer memory(DataSize bytes) {
    try {
      return ByteBuffer.allocateDirect((int) bytes.toBytes());
    } catch (OutOfMemoryError e) {
      throw new IllegalArgumentException(
          "Expected mushroom.recent.bytes (MUSHROOM_RECENT_BYTES) to fit beside the heap, found "
              + bytes
              + ", which this Java does not get. Lower it, or raise -XX:MaxDirectMemorySize.",
          e);
    }
  }

  /**
   * Copies a photo.
   *
   * @return how to get at it; nothing is kept of one that is larger than the ring
   */
  synchronized KeptPhoto put(Photo photo) {
    int size = photo.rgb().length;
    if (size > ring.capacity()) {
      return Optional::empty;
    }
    int at = (int) (head % ring.capacity());
    if (at + size > ring.capacity()) {
      head += ring.capacity() - at;
      at = 0;
    }
    Place place = new Place(head, at, size, photo, clock.instant());
    head += size;
    while (!places.isEmpty() && places.getFirst().start < head - ring.capacity()) {
      wipe(places.removeFirst());
    }
    ring.put(at, photo.rgb());
    places.addLast(place);
    return place;
  }

  /** Wipes what is too old. */
  synchronized void forgetOld() {
    Instant oldest = clock.instant().minus(keep);
    while (!places.isEmpty() && !places.getFirst().since.isAfter(oldest)) {
      wipe(places.removeFirst());
    }
  }

  private void wipe(Place place) {
    place.gone = true;
    ring.put(place.at, new byte[place.size]);
  }

  /** What is in memory, wherever it came from. */
  synchronized byte[] bytes() {
    byte[] all = new byte[ring.capacity()];
    ring.get(0, all);
    return all;
  }

  private synchronized byte @Nullable [] read(Place place) {
    if (place.gone) {
      return null;
    }
    byte[] rgb = new byte[place.size];
    ring.get(place.at, rgb);
    return rgb;
  }

  private synchronized boolean holds(Place place) {
    return !place.gone;
  }

  private final class Place implements KeptPhoto {
    private final long start;
    private final int at;
    private final int size;
    private final Instant since;

    private final int width;
    private final int height;
    private final PhotoFormat format;
    private final int sourceWidth;
    private final int sourceHeight;

    /** Guarded by the ring. */
    private boolean gone;

    Place(long start, int at, int size, Photo photo, Instant since) {
      this.start = start;
      this.at = at;
      this.size = size;
      this.since = since;
      this.width = photo.width();
      this.height = photo.height();
      this.format = photo.format();
      this.sourceWidth = photo.sourceWidth();
      this.sourceHeight = photo.sourceHeight();
    }

    @Override
    public Optional<Photo> pixels() {
      return Optional.ofNullable(read(this))
          .map(rgb -> new Photo(width, height, rgb, format, sourceWidth, sourceHeight));
    }

    @Override
    public boolean isThere() {
      return holds(this);
    }
  }
}
