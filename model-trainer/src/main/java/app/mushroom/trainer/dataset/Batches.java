package app.mushroom.trainer.dataset;

import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.trainer.dataset.BatchLoader.TrainingView;
import java.util.Iterator;
import java.util.List;

/** Where the network's batches come from. */
public interface Batches {

  /**
   * Augmented batches of an epoch; the last, incomplete one is left out.
   *
   * @param first the batch to begin with, from 0
   */
  Iterator<Batch> training(
      List<DatasetPhoto> photos, List<Integer> order, TrainingView view, long seed, int first);

  /** Batches as serving would see the photos, in the given order, the last one possibly smaller. */
  Iterator<Batch> plain(List<DatasetPhoto> photos, int batchSize);
}
