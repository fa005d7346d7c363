package app.mushroom.trainer.runs;

import app.mushroom.storage.JsonDocument;
import app.mushroom.trainer.evaluation.Figures;
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
  private boolean headOnly;
  private int epochsBefore;
  private @Nullable String publishedVersion;
  private @Nullable Boolean promote;

  /**
   * @param work folder on a local disk for the best network
   */
  RunJournal(String run, RunStore runs, Path work, InstantSource clock) {
    this.run = run;
    this.runs = runs;
    this.work = work;
    this.clock = clock;
  }

  /** Takes up what a run's last state says, until its epochs are read. */
  void goOnFrom(RunState state) {
    epochsBefore = state.epochsDone();
    publishedVersion = state.publishedVersion();
    promote = state.promote();
  }

  /** There is no checkpoint, whatever the last state says. */
  void startAnew() {
    epochsBefore = 0;
  }

  /**
   * Takes over all epochs of a run whose training is done.
   *
   * @param headDidBest whether its network is the one that the epochs began with
   */
  void recall(boolean headDidBest) throws IOException {
    epochs.clear();
    for (EpochRecord epoch : runs.readMetrics(run, EpochRecord.class)) {
      note(epoch);
    }
    epochsBefore = 0;
    headOnly = headDidBest;
  }

  /** Where the best network so far lies. */
  Path bestNetwork() {
    return work.resolve(BEST);
  }

  /** Keeps the network that the epochs begin with, which they have to beat. */
  void begin(Figures val, Network network) throws IOException {
    network.save(bestNetwork());
    best = new Best(0, val.top1(), val.loss());
    headOnly = true;
  }

  /** Whether no epoch did better than the network that they began with: the head alone. */
  boolean isHeadBest() {
    return headOnly;
  }

  /** What the training came to, in words. */
  String outcome() {
    return best == null || headOnly
        ? "The head alone did best on val"
        : "Best epoch on val: " + best.epoch();
  }

  /**
   * Adds an epoch, and keeps its network if it did better on val than all before.
   *
   * @return whether it did
   */
  boolean add(EpochRecord epoch, Network network) throws IOException {
    boolean better = best == null || best.isWorseThan(Best.of(epoch));
    if (better) {
      network.save(bestNetwork());
    }
    note(epoch);
    return better;
  }

  private void note(EpochRecord epoch) {
    Best candidate = Best.of(epoch);
    if (best == null || best.isWorseThan(candidate)) {
      best = candidate;
      headOnly = false;
    }
    epochs.add(epoch);
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
    headOnly = best != null && best.epoch() == 0;
    epochs.addAll(
        RunStore.lines(Files.readAllBytes(folder.resolve(EPOCHS)), EpochRecord.class, EPOCHS));
    epochsBefore = 0;
    if (Files.exists(folder.resolve(BEST))) {
      Files.copy(folder.resolve(BEST), bestNetwork(), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Shows the epochs and the state to whoever looks at the run. */
  void publish(String state, @Nullable String detail) throws IOException {
    runs.writeMetrics(run, epochs);
    state(state, detail);
  }

  /**
   * Writes down the version that came of it, before anything else is done with it.
   *
   * @param wanted whether it is to be considered for promotion
   */
  void published(String version, boolean wanted) throws IOException {
    publishedVersion = version;
    promote = wanted;
    if (!epochs.isEmpty()) {
      runs.writeMetrics(run, epochs);
    }
    state(RunState.PUBLISHED, "Version " + version + " is published; its report is not made yet");
  }

  /** The version that came of it; null before there is one. */
  @Nullable String publishedVersion() {
    return publishedVersion;
  }

  void state(String state, @Nullable String detail) throws IOException {
    runs.write(
        run,
        RunState.FILE,
        new RunState(
            JsonDocument.SCHEMA_VERSION,
            state,
            clock.instant(),
            Math.max(epochsBefore, epochs.size()),
            detail,
            publishedVersion,
            promote));
  }

  List<EpochRecord> epochs() {
    return List.copyOf(epochs);
  }

  @Nullable Best best() {
    return best;
  }
}
