package app.mushroom.collector.cli;

import app.mushroom.collector.report.Printable;
import app.mushroom.collector.search.LabelOutcome;
import app.mushroom.collector.search.SearchOptions;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Says what a search brought, and what to do next. */
record SearchSummary(List<LabelOutcome> outcomes, boolean stopped, SearchOptions options) {

  /** Whether there is nothing for the same command to go on with. */
  boolean isComplete() {
    return !stopped && waitsUntil().isEmpty();
  }

  /**
   * @param store where the photos lie
   */
  void print(PrintWriter out, String store) {
    for (LabelOutcome outcome : outcomes) {
      out.printf(
          "%-40s %5d of %d photos, %d %s%n",
          outcome.label(),
          outcome.has(),
          outcome.wanted(),
          outcome.taken(),
          options.dryRun() ? "would be fetched" : "new");
      outcome.shortfall().forEach(cause -> out.println("  " + Printable.of(cause)));
    }
    out.println(ending(store));
    out.flush();
  }

  private String ending(String store) {
    int taken = outcomes.stream().mapToInt(LabelOutcome::taken).sum();
    if (options.dryRun()) {
      return "Dry run: %d photos would be fetched at first. None was, and nothing is on record."
          .formatted(taken);
    }
    String what = "%d new photos in %s.".formatted(taken, store);
    if (stopped) {
      return "Stopped: " + what + " The next run goes on from there.";
    }
    return waitsUntil()
        .map(
            until ->
                "%s Others wait: run the same command again after %s, and it goes on from there."
                    .formatted(what, LabelOutcome.shown(until)))
        .orElse(
            taken == 0
                ? what
                : what
                    + " Make a version of them: mushroom collect freeze --dataset "
                    + options.dataset());
  }

  private Optional<Instant> waitsUntil() {
    return outcomes.stream()
        .flatMap(outcome -> outcome.waitsUntil().stream())
        .max(Comparator.naturalOrder());
  }
}
