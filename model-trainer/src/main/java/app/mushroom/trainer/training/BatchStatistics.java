package app.mushroom.trainer.training;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.trainer.dataset.Batch;
import app.mushroom.trainer.dataset.Batches;
import java.util.Iterator;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * BatchNorm's running statistics belong to the weights they were gathered with. After averaging the
 * weights they are gathered anew, at the size that serving uses (Izmailov et al., "Averaging
 * Weights Leads to Wider Optima", UAI 2018, section 3.2).
 */
final class BatchStatistics {

  static final int BATCHES = 24;

  private BatchStatistics() {}

  /**
   * @param photos in random order; the first 24 batches are enough
   */
  static void gather(
      Network network,
      List<DatasetPhoto> photos,
      Batches loader,
      int batchSize,
      BooleanSupplier stop) {
    JniUtils.setGradMode(false);
    List<DatasetPhoto> some = photos.subList(0, Math.min(photos.size(), BATCHES * batchSize));
    Iterator<Batch> batches = loader.plain(some, batchSize);
    while (batches.hasNext()) {
      StoppedException.throwIf(stop);
      Batch batch = batches.next();
      if (batch.count() < 2) {
        continue; // a batch of one has no variance
      }
      try (NDManager scope = network.manager().newSubManager()) {
        network.train(Outputs.tensor(scope, batch));
      }
    }
  }
}
