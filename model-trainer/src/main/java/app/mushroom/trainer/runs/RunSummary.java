package app.mushroom.trainer.runs;

import app.mushroom.trainer.evaluation.Figures;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A run in one line. Shares are in [0, 1]; whatever a run has not reached is null.
 *
 * @param dataset name and version, such as {@code mushrooms 1}
 * @param seconds training time, evaluation excluded
 * @param valTop1 of the epoch that did best on val, as are macro-F1 and loss
 * @param poisonRecall of the published version on val, calibrated, as is the cost
 * @param testPoisonRecall of the published version on test, as is the cost
 * @param publishedVersion the model version that came of it
 */
public record RunSummary(
    String run,
    Instant started,
    String state,
    String dataset,
    String architecture,
    int epochsDone,
    int epochs,
    long seconds,
    @Nullable Integer bestEpoch,
    @Nullable Double valTop1,
    @Nullable Double valMacroF1,
    @Nullable Double valLoss,
    @Nullable Double poisonRecall,
    @Nullable Double poisonCost,
    @Nullable Double testTop1,
    @Nullable Double testPoisonRecall,
    @Nullable Double testPoisonCost,
    String model,
    @Nullable String publishedVersion) {

  /** What a list is sorted by, the best first; runs without the figure come last. */
  public enum Order {
    STARTED(Comparator.comparing(RunSummary::started).reversed()),
    TOP1(highest(RunSummary::valTop1)),
    MACROF1(highest(RunSummary::valMacroF1)),
    LOSS(lowest(RunSummary::valLoss)),
    RECALL(highest(RunSummary::poisonRecall)),
    /** The leaderboard: poison cost on val, then macro-F1. */
    COST(lowest(RunSummary::poisonCost).thenComparing(highest(RunSummary::valMacroF1))),
    TIME(Comparator.comparingLong(RunSummary::seconds));

    @SuppressWarnings("ImmutableEnumChecker") // comparators of records, without state
    private final Comparator<RunSummary> comparator;

    Order(Comparator<RunSummary> comparator) {
      this.comparator = comparator;
    }

    public List<RunSummary> sorted(List<RunSummary> runs) {
      return runs.stream()
          .sorted(comparator.thenComparing(RunSummary::started, Comparator.reverseOrder()))
          .toList();
    }

    private static Comparator<RunSummary> lowest(Function<RunSummary, @Nullable Double> figure) {
      return Comparator.comparingDouble(run -> orLast(figure.apply(run)));
    }

    private static Comparator<RunSummary> highest(Function<RunSummary, @Nullable Double> figure) {
      return Comparator.comparingDouble(
          run -> {
            Double value = figure.apply(run);
            return value == null ? Double.POSITIVE_INFINITY : -value;
          });
    }

    private static double orLast(@Nullable Double value) {
      return value == null ? Double.POSITIVE_INFINITY : value;
    }
  }

  public static RunSummary of(RunRecord record, Instant now) {
    RunParameters parameters = record.parameters();
    Optional<EpochRecord> best = record.best();
    return new RunSummary(
        record.run(),
        parameters.created(),
        record.stateAt(now),
        parameters.dataset().name() + " " + parameters.dataset().version(),
        parameters.architecture(),
        record.epochsDone(),
        parameters.hyperparameters().epochs(),
        record.trainingTime().toSeconds(),
        best.map(EpochRecord::epoch).orElse(null),
        best.map(EpochRecord::valTop1).orElse(null),
        best.map(EpochRecord::valMacroF1).orElse(null),
        best.map(EpochRecord::valLoss).orElse(null),
        record.val().map(Figures::poisonRecall).orElse(null),
        record.val().map(Figures::poisonCost).orElse(null),
        record.test().map(Figures::top1).orElse(null),
        record.test().map(Figures::poisonRecall).orElse(null),
        record.test().map(Figures::poisonCost).orElse(null),
        parameters.model(),
        record.publishedVersion());
  }
}
