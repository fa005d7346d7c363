package app.mushroom.trainer.runs;

import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.storage.dataset.DatasetVersion;
import app.mushroom.trainer.dataset.CheckedPhotos;
import app.mushroom.trainer.dataset.PhotoSource;
import app.mushroom.vision.species.SpeciesCatalogue;
import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * What a run works on: a dataset version, those of its photos that can be read, and where from.
 *
 * @param readable the photos that the run uses
 */
record Material(DatasetVersion version, List<DatasetPhoto> readable, PhotoSource source) {

  /**
   * @param stop asked while photos are checked
   * @throws TooManyUnreadableException if more than 5 % cannot be read
   */
  static Material of(
      DatasetVersion version,
      DatasetRepository datasets,
      PhotoSelection selection,
      BooleanSupplier stop)
      throws IOException {
    PhotoSource source = new PhotoSource(datasets, version.card().name());
    CheckedPhotos checked = selection.select(version.photos(), source, stop);
    return new Material(version, checked.readable(), source);
  }

  RunPhotos photos(SpeciesCatalogue catalogue) {
    return new RunPhotos(version, readable, catalogue);
  }
}
