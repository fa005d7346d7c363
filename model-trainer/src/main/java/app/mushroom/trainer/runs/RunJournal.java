package app.mushroom.trainer.runs;

import app.mushroom.storage.JsonDocument;
import app.mushroom.trainer.evaluation.Figures;
import app.mushroom.trainer.training.Checkpoint;
import app.mushroom.trainer.training.FineTuner;
import app.mushroom.trainer.training.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a run while it goes on: its epochs, the best network so far, its checkpoints and
 * how far it got.
 */
final class RunJournal {

  private static final String BEST = "best.pt";

  private final String run;
  private final RunStore runs;
  private final Path work;
  private final Clock clock;
  private final List<EpochRecord> epochs = new ArrayList<>();
  private int bestEpoch;
  private double bestTop1 = -1;
  private double bestLoss = Double.POSITIVE_INFINITY;

  RunJournal(String run, RunStore runs, Path work, Clock clock) {
    this.run = run;
    this.runs = runs;
    this.work = work;
    this.clock = clock;
  }

  /**
   * Takes up the last checkpoint, if there is one.
   *
   * @param checkpoint an empty folder for its files
   */
  Optional<RunStore.CheckpointIndex> resume(Path checkpoint) throws IOException {
    Optional<RunStore.CheckpointIndex> index = runs.loadCheckpoint(run, checkpoint);
    if (index.isPresent()) {
      epochs.addAll(
          runs.readMetrics(run, EpochRecord.class).stream()
              .filter(epoch -> epoch.epoch() <= index.get().epoch())
              .toList());
      bestEpoch = index.get().bestEpoch();
      bestTop1 = index.get().bestTop1();
      bestLoss = index.get().bestLoss();
      Files.copy(checkpoint.resolve(BEST), best(), StandardCopyOption.REPLACE_EXISTING);
    }
    return index;
  }

  /** Takes over all epochs of a finished run. */
  void recall() throws IOException {
    epochs.addAll(runs.readMetrics(run, EpochRecord.class));
  }

  /** Where the best network so far lies. */
  Path best() {
    return work.resolve(BEST);
  }

  /**
   * Adds an epoch, and keeps its network if it did better on val than all before.
   *
   * @return whether it did
   */
  boolean add(EpochRecord epoch, Network network, Figures val) throws IOException {
    epochs.add(epoch);
    boolean better = val.top1() > bestTop1 || val.top1() == bestTop1 && val.loss() < bestLoss;
    if (better) {
      bestEpoch = epoch.epoch();
      bestTop1 = val.top1();
      bestLoss = val.loss();
      network.save(best());
    }
    return better;
  }

  void checkpoint(FineTuner tuner, int epochsDone) throws IOException {
    Path folder = Files.createTempDirectory(work, "checkpoint-");
    Checkpoint.save(tuner, folder);
    Files.copy(best(), folder.resolve(BEST));
    runs.saveCheckpoint(
        run,
        new RunStore.CheckpointIndex(
            JsonDocument.SCHEMA_VERSION, epochsDone, bestEpoch, bestTop1, bestLoss, List.of()),
        folder);
    runs.writeMetrics(run, epochs);
    state("running", epochsDone, null);
    WorkFolder.delete(folder);
  }

  void state(String state, int epochsDone, @Nullable String detail) throws IOException {
    state(state, epochsDone, detail, null);
  }

  void state(
      String state, int epochsDone, @Nullable String detail, @Nullable String publishedVersion)
      throws IOException {
    runs.write(
        run,
        "run.json",
        new RunState(
            JsonDocument.SCHEMA_VERSION,
            state,
            clock.instant(),
            epochsDone,
            detail,
            publishedVersion));
  }

  List<EpochRecord> epochs() {
    return List.copyOf(epochs);
  }

  int bestEpoch() {
    return bestEpoch;
  }
}
