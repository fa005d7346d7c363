package app.mushroom.trainer.training;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.trainer.dataset.Batch;
import app.mushroom.trainer.dataset.BatchLoader;
import java.util.Iterator;
import java.util.List;

/**
 * Running statistics belong to the weights they were gathered with. After averaging weights they
 * are gathered anew, at the size that serving uses (Izmailov et al., "Averaging Weights Leads to
 * Wider Optima", UAI 2018, section 3.2).
 */
final class BatchNormStatistics {

  private static final int BATCHES = 24;

  private BatchNormStatistics() {}

  /**
   * @param order indices of photos to show, of which the first few batches are
   */
  static void gather(
      Network network,
      BatchLoader loader,
      List<DatasetPhoto> photos,
      List<Integer> order,
      int batchSize) {
    JniUtils.setGradMode(false);
    int count = Math.min(order.size(), BATCHES * batchSize);
    List<DatasetPhoto> some = order.subList(0, count).stream().map(photos::get).toList();
    Iterator<Batch> batches = loader.plain(some, batchSize);
    while (batches.hasNext()) {
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
