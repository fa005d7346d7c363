package app.mushroom.collector.report;

import app.mushroom.collector.photo.PhotoPreparation;
import app.mushroom.collector.photo.PreparedPhoto;
import app.mushroom.storage.CorruptObjectException;
import app.mushroom.storage.ObjectNotFoundException;
import app.mushroom.storage.dataset.DatasetRejectedException;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.vision.photo.PhotoDecoder;
import app.mushroom.vision.photo.PhotoRejectedException;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Small pictures of stored photos that lie in the page itself, as many as it can bear. */
final class Pictures {
  private final DatasetRepository datasets;
  private final String dataset;
  private final long maxBytes;
  private final Set<String> unreadable = new TreeSet<>();
  private long bytes;
  private int leftOut;

  /**
   * @param maxBytes what all pictures together may take in the page
   */
  Pictures(DatasetRepository datasets, String dataset, long maxBytes) {
    this.datasets = datasets;
    this.dataset = dataset;
    this.maxBytes = maxBytes;
  }

  /** How large pictures are made. */
  enum Size {
    /** One of many. */
    SMALL(128),
    /** To be compared with another. */
    LARGE(240);

    private final PhotoPreparation preparation;

    Size(int longerSide) {
      this.preparation = PhotoPreparation.forPictures(new PhotoDecoder(), longerSide);
    }
  }

  /**
   * A picture in the page.
   *
   * @param source data: URI
   * @param text what it shows, for those who do not see it
   * @param title what is said where one points at it; may be empty
   */
  record Picture(String source, int width, int height, String text, String title) {}

  /**
   * @param sha256 of a stored photo
   * @return empty if it is not stored, cannot be read, or there is no more room
   * @throws IOException if the store fails
   */
  Optional<Picture> of(String sha256, String text, String title, Size size) throws IOException {
    if (bytes >= maxBytes) {
      leftOut++;
      return Optional.empty();
    }
    try {
      PreparedPhoto small = size.preparation.prepare(datasets.image(dataset, sha256));
      String source = "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(small.jpeg());
      bytes += source.length();
      return Optional.of(new Picture(source, small.width(), small.height(), text, title));
    } catch (ObjectNotFoundException e) {
      // A dry run stores nothing, so there is nothing to show.
      return Optional.empty();
    } catch (PhotoRejectedException | DatasetRejectedException | CorruptObjectException e) {
      unreadable.add(sha256);
      return Optional.empty();
    }
  }

  /** Pictures that the page had no more room for. */
  int leftOut() {
    return leftOut;
  }

  /** Hashes of stored photos that are not what they were when they were stored. */
  Set<String> unreadable() {
    return unreadable;
  }
}
