package app.mushroom.trainer.runs;

import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.storage.dataset.DatasetVersion;
import app.mushroom.storage.dataset.Split;
import app.mushroom.storage.model.DatasetReference;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * Photos that a network was trained or tuned on: those of train and val of dataset versions. A
 * photo of the same find counts as seen as well.
 */
public final class SeenPhotos {

  private final DatasetRepository datasets;
  private final String dataset;
  private final Set<String> hashes = new HashSet<>();
  private final Set<String> finds = new HashSet<>();

  /**
   * @param dataset whose photos will be asked about: groups of another dataset share nothing with
   *     its groups but numbers
   */
  public SeenPhotos(DatasetRepository datasets, String dataset) {
    this.datasets = datasets;
    this.dataset = dataset;
  }

  /**
   * Adds what a network has seen of a dataset version.
   *
   * @throws app.mushroom.storage.dataset.DatasetRejectedException if it is not in this store
   * @throws IOException if it is not the version that was meant
   */
  public void add(DatasetReference learned) throws IOException {
    for (DatasetPhoto photo : read(datasets, learned).photos()) {
      if (photo.split() != Split.TEST) {
        hashes.add(photo.sha256());
        if (learned.name().equals(dataset)) {
          finds.add(photo.group());
        }
      }
    }
  }

  /**
   * @param photo of {@code dataset}
   */
  public boolean contains(DatasetPhoto photo) {
    return hashes.contains(photo.sha256()) || finds.contains(photo.group());
  }

  /**
   * Reads the dataset version that a network learned from.
   *
   * @throws IOException if the store has another one under its number
   */
  public static DatasetVersion read(DatasetRepository datasets, DatasetReference wanted)
      throws IOException {
    DatasetVersion version = datasets.read(wanted.name(), wanted.version());
    if (!version.card().manifestSha256().equals(wanted.manifestSha256())) {
      throw new IOException(
          "expected dataset %s version %d with manifest SHA-256 %s as the version learned from it, found %s."
              .formatted(
                  wanted.name(),
                  wanted.version(),
                  wanted.manifestSha256(),
                  version.card().manifestSha256()));
    }
    return version;
  }
}
