package app.mushroom.storage.dataset;

import java.util.List;

/**
 * A frozen dataset: its card, and its photos sorted by label, then sha256.
 *
 * @param card what {@code dataset.json} says
 * @param photos as many as the card counts
 */
public record DatasetVersion(DatasetCard card, List<DatasetPhoto> photos) {
  public DatasetVersion {
    photos = List.copyOf(photos);
  }
}
