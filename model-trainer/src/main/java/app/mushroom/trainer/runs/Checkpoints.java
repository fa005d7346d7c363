package app.mushroom.trainer.runs;

import app.mushroom.storage.JsonDocument;
import app.mushroom.storage.PreconditionFailedException;
import app.mushroom.trainer.runs.CheckpointStore.Loaded;
import app.mushroom.trainer.training.Checkpoint;
import app.mushroom.trainer.training.FineTuner;
import app.mushroom.trainer.training.TrainingPosition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a run is saved, and what happens if it cannot be. While training, a failure is told and
 * training goes on: a store that is away for a while must not cost hours of work. The first and the
 * last checkpoint are insisted on.
 */
final class Checkpoints {

  /** For the first checkpoint, and for the one of a process that was told to go. */
  static final Patience SHORT = new Patience(3);

  /** After the last epoch, when giving up loses the most: about ten minutes. */
  static final Patience LONG = new Patience(15);

  private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);

  private final CheckpointStore store;
  private final RunJournal journal;
  private final Path work;
  private final Timing timing;
  private final Console console;
  private Instant next;
  private @Nullable CheckpointIndex last;

  /**
   * How often to save in the middle of an epoch.
   *
   * @param every zero for never
   */
  record Timing(Duration every, InstantSource clock, Sleeper sleeper) {

    Instant next() {
      return every.isZero() ? Instant.MAX : clock.instant().plus(every);
    }
  }

  /**
   * How often to try: after 1, 2, 4 seconds and so on, at most a minute apart.
   *
   * @param attempts at least 1
   */
  record Patience(int attempts) {

    private static final int LONGEST_SECONDS = 60;

    static Duration pauseAfter(int attempt) {
      return Duration.ofSeconds(Math.min(LONGEST_SECONDS, 1L << Math.min(30, attempt - 1)));
    }
  }

  Checkpoints(
      CheckpointStore store, RunJournal journal, Path work, Timing timing, Console console) {
    this.store = store;
    this.journal = journal;
    this.work = work;
    this.timing = timing;
    this.console = console;
    this.next = timing.next();
  }

  /** Takes up the last checkpoint that can be used, if there is one. */
  Optional<Path> resume() throws IOException {
    Optional<Loaded> loaded =
        store.load(
            Files.createDirectory(work.resolve("resumed")),
            damage -> console.say(damage + " Going on from the one before."));
    if (loaded.isEmpty()) {
      journal.startAnew();
      return Optional.empty();
    }
    last = loaded.get().index();
    journal.load(loaded.get().folder(), last);
    return Optional.of(loaded.get().folder());
  }

  /** Whether the last checkpoint was saved after that many epochs, with nothing begun since. */
  boolean isAfterEpoch(int epochs) {
    return last != null && last.epoch() >= epochs && last.step() == 0;
  }

  /** The last complete checkpoint, in words; empty if there is none. */
  Optional<String> lastPlace() {
    return Optional.ofNullable(last).map(CheckpointIndex::place);
  }

  /** Tries to save if it is time to. */
  void whenDue(FineTuner tuner) throws IOException {
    if (!timing.clock().instant().isBefore(next)) {
      attempt(tuner);
    }
  }

  /**
   * Tries to save; if that fails, says so and tries again in a minute.
   *
   * @throws PreconditionFailedException if another process works on the same run
   */
  void attempt(FineTuner tuner) throws IOException {
    try {
      save(tuner);
    } catch (PreconditionFailedException e) {
      throw e;
    } catch (IOException e) {
      next = timing.clock().instant().plus(AFTER_FAILURE);
      console.say(
          "NO CHECKPOINT was saved: "
              + e.getMessage()
              + " Training goes on, and tries again in a minute. "
              + lastPlace()
                  .map(place -> "The last complete checkpoint is " + place + ".")
                  .orElse("There is no checkpoint yet."));
    }
  }

  /**
   * Saves, or fails when patience is at its end.
   *
   * @throws IOException what the last attempt failed with
   */
  void insist(FineTuner tuner, Patience patience) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        save(tuner);
        return;
      } catch (IOException e) {
        if (attempt >= patience.attempts() || e instanceof PreconditionFailedException) {
          throw e;
        }
        Duration pause = Patience.pauseAfter(attempt);
        console.say(e.getMessage() + " Trying to save again in " + pause.toSeconds() + " seconds.");
        sleep(pause);
      }
    }
  }

  /** Saves before a failure ends the run; if that fails as well, says so. */
  void insistDespite(Exception failure, FineTuner tuner) {
    try {
      insist(tuner, SHORT);
    } catch (IOException e) {
      console.say("Nor could a checkpoint be saved: " + e.getMessage());
      failure.addSuppressed(e);
    }
  }

  private void sleep(Duration pause) throws IOException {
    try {
      timing.sleeper().sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for the store", e);
    }
  }

  private void save(FineTuner tuner) throws IOException {
    TrainingPosition position = tuner.position();
    if (last != null && last.epoch() == position.epoch() && last.step() == position.step()) {
      return;
    }
    Path folder = Files.createTempDirectory(work, "checkpoint-");
    try {
      Checkpoint.save(tuner, folder);
      journal.save(folder);
      last =
          store.save(
              new CheckpointIndex(
                  JsonDocument.SCHEMA_VERSION,
                  0,
                  timing.clock().instant(),
                  position.epoch(),
                  position.step(),
                  journal.best(),
                  List.of()),
              folder);
    } finally {
      WorkFolder.delete(folder);
    }
    next = timing.next();
    try {
      journal.publish("running", "Last checkpoint: " + last.place());
    } catch (IOException e) {
      console.say("The checkpoint is saved, but not the run's record: " + e.getMessage());
    }
  }
}
