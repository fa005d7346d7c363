package app.mushroom.trainer.runs;

import app.mushroom.trainer.evaluation.Figures;
import app.mushroom.trainer.publishing.BundleMetrics;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is kept of one run.
 *
 * @param state null if the run ended before it wrote one
 * @param epochs those that were finished
 * @param evaluation figures of the published version; null if none was published
 */
public record RunRecord(
    RunParameters parameters,
    @Nullable RunState state,
    List<EpochRecord> epochs,
    @Nullable BundleMetrics evaluation) {

  /** A run that has told nothing for longer than this, and than three epochs, is not running. */
  private static final Duration SILENT_AFTER = Duration.ofHours(1);

  public RunRecord {
    epochs = List.copyOf(epochs);
  }

  /**
   * @throws IOException if there is no such run, or a document of it is unreadable
   */
  public static RunRecord read(RunStore runs, String run) throws IOException {
    return new RunRecord(
        runs.parameters(run),
        runs.read(run, RunState.FILE, RunState.class).orElse(null),
        runs.readMetrics(run, EpochRecord.class),
        runs.read(run, "evaluation.json", BundleMetrics.class).orElse(null));
  }

  public String run() {
    return parameters.run();
  }

  /** The epoch whose network did best on val, as training chooses it. */
  public Optional<EpochRecord> best() {
    return epochs.stream()
        .max(
            Comparator.comparingDouble(EpochRecord::valTop1)
                .thenComparing(Comparator.comparingDouble(EpochRecord::valLoss).reversed()));
  }

  /** Training time of all epochs, evaluation excluded. */
  public Duration trainingTime() {
    return Duration.ofSeconds(Math.round(epochs.stream().mapToDouble(EpochRecord::seconds).sum()));
  }

  /**
   * running, silent (it says running, but nothing was heard of it for long: probably killed),
   * interrupted, finished, failed or unknown
   */
  public String stateAt(Instant now) {
    RunState known = state;
    if (known == null) {
      return "unknown";
    }
    double longest = epochs.stream().mapToDouble(EpochRecord::seconds).max().orElse(0);
    Instant heard = known.updated().plus(SILENT_AFTER).plusSeconds(Math.round(3 * longest));
    return known.state().equals("running") && heard.isBefore(now) ? "silent" : known.state();
  }

  public int epochsDone() {
    return state == null ? epochs.size() : state.epochsDone();
  }

  public @Nullable String publishedVersion() {
    return state == null ? null : state.publishedVersion();
  }

  /** Figures of the published version on val. */
  public Optional<Figures> val() {
    return Optional.ofNullable(evaluation).map(BundleMetrics::val);
  }

  /** Figures of the published version on test. */
  public Optional<Figures> test() {
    return Optional.ofNullable(evaluation).map(BundleMetrics::test);
  }
}
