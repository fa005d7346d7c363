package app.mushroom.collector.search;

import app.mushroom.collector.fetch.FetchException;
import app.mushroom.collector.fetch.Web;
import app.mushroom.collector.fetch.WebRequest;
import app.mushroom.collector.photo.PhotoPreparation;
import app.mushroom.collector.photo.PreparedPhoto;
import app.mushroom.collector.search.Inspector.Inspected;
import app.mushroom.collector.search.PhotoRecord.Refused;
import app.mushroom.collector.source.OfferedPhoto;
import app.mushroom.storage.Sha256;
import app.mushroom.vision.photo.Photo;
import app.mushroom.vision.photo.PhotoRejectedException;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Semaphore;

/** Fetches one photo, decodes, inspects and encodes it. Safe for several threads. */
public final class PhotoFetch {
  private final Web web;
  private final PhotoPreparation preparation;
  private final Inspector inspector;
  private final Semaphore decoding;

  /**
   * @param decoders photos that may be decoded at once, which bounds memory; at least 1
   */
  public PhotoFetch(Web web, PhotoPreparation preparation, Inspector inspector, int decoders) {
    this.web = web;
    this.preparation = preparation;
    this.inspector = inspector;
    this.decoding = new Semaphore(decoders);
  }

  /** What came of it. */
  sealed interface Fetched {
    /** A photo that can be used, with the hash of the bytes that came. */
    record Fit(PreparedPhoto photo, String sourceSha256, Inspected seen) implements Fetched {}

    /** None. */
    record Unfit(Refused why) implements Fetched {}

    /** None yet: its host is to be left alone. */
    record Waiting(Instant until) implements Fetched {}
  }

  Fetched fetch(OfferedPhoto photo) throws InterruptedException {
    byte[] bytes;
    try {
      bytes = web.get(WebRequest.photo(photo.address(), photo.page())).body();
    } catch (FetchException e) {
      Instant until = e.leftAloneUntil();
      return until != null
          ? new Fetched.Waiting(until)
          : unfit(e.reason().word(), String.valueOf(e.getMessage()), e.reason().isPassing());
    }
    decoding.acquire();
    try {
      return decode(bytes);
    } catch (PhotoRejectedException e) {
      return unfit(
          e.reason().name().toLowerCase(Locale.ROOT), String.valueOf(e.getMessage()), false);
    } catch (OutOfMemoryError e) {
      return unfit(
          "out_of_memory",
          "The photo does not fit into memory. Give fewer --threads or more memory (java -Xmx).",
          true);
    } finally {
      decoding.release();
    }
  }

  private Fetched decode(byte[] bytes) throws PhotoRejectedException {
    Photo photo = preparation.decode(bytes);
    Inspected seen = inspector.inspect(photo);
    Refused refused = seen.refused();
    return refused != null
        ? new Fetched.Unfit(refused)
        : new Fetched.Fit(preparation.encode(photo), Sha256.of(bytes), seen);
  }

  private static Fetched unfit(String reason, String detail, boolean passing) {
    return new Fetched.Unfit(new Refused(reason, detail, passing));
  }
}
