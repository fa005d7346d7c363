package app.mushroom.trainer.runs;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code checkpoint.json}: a complete checkpoint, its files with their hashes.
 *
 * @param number counts a run's checkpoints; the largest is the newest
 * @param epoch epochs done
 * @param step steps done in the running epoch
 * @param best the epoch that did best on val so far, 0 for the head alone; absent before any did
 */
public record CheckpointIndex(
    int schemaVersion,
    long number,
    Instant saved,
    int epoch,
    int step,
    @Nullable Best best,
    List<CheckpointFile> files) {

  public CheckpointIndex {
    files = List.copyOf(files);
  }

  /** A file of a checkpoint. */
  public record CheckpointFile(String name, String sha256, long sizeBytes) {}

  /** The best epoch on val, 0 for the head that they began with: its top-1 share and its loss. */
  public record Best(int epoch, double top1, double loss) {

    static Best of(EpochRecord epoch) {
      return new Best(epoch.epoch(), epoch.valTop1(), epoch.valLoss());
    }

    boolean isWorseThan(Best other) {
      return other.top1 > top1 || other.top1 == top1 && other.loss < loss;
    }
  }

  /** Where in the run it was saved, for people. */
  String place() {
    if (step > 0) {
      return "in epoch " + (epoch + 1) + " after step " + step;
    }
    return epoch == 0 ? "before epoch 1" : "after epoch " + epoch;
  }
}
