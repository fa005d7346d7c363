package app.mushroom.trainer.cli;

import app.mushroom.trainer.runs.RunSummary;
import java.time.Duration;
import java.util.List;

/** Runs, one a line. */
final class RunsTable {

  private RunsTable() {}

  static String of(List<RunSummary> runs) {
    TextTable table =
        new TextTable(
            "RUN",
            "STARTED (UTC)",
            "STATE",
            "DATASET",
            "NETWORK",
            ">EPOCHS",
            ">TOP-1",
            ">MACRO-F1",
            ">LOSS",
            ">POISON RECALL",
            ">COST",
            ">TIME",
            "PUBLISHED");
    for (RunSummary run : runs) {
      table.row(
          run.run(),
          Words.time(run.started()),
          run.state(),
          run.dataset(),
          run.architecture(),
          run.epochsDone() + "/" + run.epochs(),
          Words.percent(run.valTop1()),
          Words.number(run.valMacroF1()),
          Words.number(run.valLoss()),
          Words.percent(run.poisonRecall()),
          Words.number(run.poisonCost()),
          Words.duration(Duration.ofSeconds(run.seconds())),
          run.publishedVersion() == null ? "" : run.model() + " " + run.publishedVersion());
    }
    return table
        + System.lineSeparator()
        + "All figures on val: those of the best epoch, and of"
        + " the published version for poison. Test figures: mushroom runs show RUN"
        + System.lineSeparator();
  }
}
