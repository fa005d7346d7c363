package app.mushroom.collector.report;

import app.mushroom.collector.dataset.Refusal;
import app.mushroom.collector.imports.ImportOptions;
import app.mushroom.collector.imports.ImportOutcome;
import app.mushroom.storage.dataset.DatasetCard;
import java.util.List;
import java.util.Locale;

/** The summary of an import for the terminal. */
public final class ImportSummary {
  private static final int NAMED_PER_REASON = 5;

  private ImportSummary() {}

  /**
   * The whole summary, lines ended.
   *
   * @param store where the dataset lies
   */
  public static String of(ImportOutcome outcome, ImportOptions options, String store) {
    StringBuilder text = new StringBuilder();
    text.append(LabelTable.of(outcome.photos()));
    appendRefusals(text, outcome);
    outcome.notes().forEach(note -> line(text, "Note: %s", Printable.of(note)));
    line(
        text,
        "%d photos offered: %d in the dataset, %d of them new; %d duplicates, %d refused.",
        outcome.offered(),
        outcome.photos().size(),
        outcome.added(),
        outcome.duplicates(),
        outcome.refusals().size());
    line(text, "%s", ending(outcome, options, store));
    return text.toString();
  }

  private static void appendRefusals(StringBuilder text, ImportOutcome outcome) {
    outcome
        .refused()
        .forEach(
            (reason, count) -> {
              line(text, "Refused, %s: %d", reason, count);
              List<Refusal> refusals =
                  outcome.refusals().stream()
                      .filter(refusal -> refusal.reason().equals(reason))
                      .toList();
              refusals.stream()
                  .limit(NAMED_PER_REASON)
                  .forEach(
                      refusal ->
                          line(
                              text,
                              "  %s: %s",
                              Printable.of(refusal.where()),
                              Printable.of(refusal.detail())));
              if (refusals.size() > NAMED_PER_REASON) {
                line(text, "  … and %d more", refusals.size() - NAMED_PER_REASON);
              }
            });
  }

  private static String ending(ImportOutcome outcome, ImportOptions options, String store) {
    DatasetCard card = outcome.card();
    int version = card == null ? 0 : card.version();
    return switch (outcome.ending()) {
      case PUBLISHED ->
          "Published version %d of %s in %s.".formatted(version, options.dataset(), store);
      case UNCHANGED ->
          "Nothing new: version %d of %s already holds these photos, so no version was made."
              .formatted(version, options.dataset());
      case DRY_RUN -> "Dry run: nothing was written.";
      case TOO_MANY_REFUSED -> tooMany(outcome, options);
      case STOPPED -> "Stopped. What was stored is kept; the next run goes on from there.";
    };
  }

  private static String tooMany(ImportOutcome outcome, ImportOptions options) {
    if (outcome.photos().isEmpty()) {
      return "No version was made: not one photo was left. Correct the list.";
    }
    return String.format(
        Locale.ROOT,
        "No version was made: %d of %d photos were refused, more than %.0f %% may be. Correct the list, or %s to leave them out.",
        outcome.refusals().size(),
        outcome.offered(),
        options.mayRefuse() * 100,
        options.mayRefuse() == 0 ? "go without --strict" : "give --keep-going");
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
  }
}
