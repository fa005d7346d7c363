package app.mushroom.trainer.runs;

import app.mushroom.storage.JsonDocument;
import app.mushroom.trainer.runs.CheckpointIndex.Best;
import app.mushroom.trainer.training.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A run's course: its epochs, the network that did best on val so far, and how far it got. */
final class RunJournal {

  private static final String BEST = "best.pt";
  private static final String EPOCHS = "metrics.jsonl";

  private final String run;
  private final RunStore runs;
  private final Path work;
  private final InstantSource clock;
  private final List<EpochRecord> epochs = new ArrayList<>();
  private @Nullable Best best;

  /**
   * @param work folder on a local disk for the best network
   */
  RunJournal(String run, RunStore runs, Path work, InstantSource clock) {
    this.run = run;
    this.runs = runs;
    this.work = work;
    this.clock = clock;
  }

  /** Takes over all epochs of a finished run. */
  void recall() throws IOException {
    epochs.addAll(runs.readMetrics(run, EpochRecord.class));
  }

  /** Where the best network so far lies. */
  Path bestNetwork() {
    return work.resolve(BEST);
  }

  /**
   * Adds an epoch, and keeps its network if it did better on val than all before.
   *
   * @return whether it did
   */
  boolean add(EpochRecord epoch, Network network) throws IOException {
    Best candidate = new Best(epoch.epoch(), epoch.valTop1(), epoch.valLoss());
    boolean better = best == null || best.isWorseThan(candidate);
    if (better) {
      network.save(bestNetwork());
      best = candidate;
    }
    epochs.add(epoch);
    return better;
  }

  /** Writes into a checkpoint's folder what must not be lost. */
  void save(Path folder) throws IOException {
    Files.write(folder.resolve(EPOCHS), RunStore.lines(epochs));
    if (Files.exists(bestNetwork())) {
      Files.copy(bestNetwork(), folder.resolve(BEST));
    }
  }

  /** Takes up what a checkpoint kept. */
  void load(Path folder, CheckpointIndex index) throws IOException {
    best = index.best();
    epochs.addAll(RunStore.lines(Files.readAllBytes(folder.resolve(EPOCHS)), EpochRecord.class));
    if (Files.exists(folder.resolve(BEST))) {
      Files.copy(folder.resolve(BEST), bestNetwork(), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Shows the epochs and the state to whoever looks at the run. */
  void publish(String state, @Nullable String detail) throws IOException {
    runs.writeMetrics(run, epochs);
    state(state, detail, null);
  }

  void state(String state, @Nullable String detail, @Nullable String publishedVersion)
      throws IOException {
    runs.write(
        run,
        "run.json",
        new RunState(
            JsonDocument.SCHEMA_VERSION,
            state,
            clock.instant(),
            epochs.size(),
            detail,
            publishedVersion));
  }

  List<EpochRecord> epochs() {
    return List.copyOf(epochs);
  }

  @Nullable Best best() {
    return best;
  }
}
