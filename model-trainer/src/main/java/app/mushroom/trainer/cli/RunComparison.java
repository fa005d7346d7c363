package app.mushroom.trainer.cli;

import app.mushroom.trainer.evaluation.Figures;
import app.mushroom.trainer.runs.EpochRecord;
import app.mushroom.trainer.runs.RunRecord;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Runs side by side: what they were asked to do differently, and what came of it. */
final class RunComparison {

  /** Differ between any two runs and explain nothing. */
  private static final Set<String> NAMES_OF_RUNS = Set.of("schemaVersion", "run", "created");

  private static final String END = System.lineSeparator();

  private final List<RunRecord> runs;
  private final List<Map<String, String>> parameters;

  /**
   * @param parameters of each run, in the same order
   */
  RunComparison(List<RunRecord> runs, List<Map<String, String>> parameters) {
    this.runs = List.copyOf(runs);
    this.parameters = List.copyOf(parameters);
  }

  /**
   * @param all whether to show the parameters that are the same, too
   */
  String of(boolean all) {
    return "Parameters"
        + (all ? "" : " that differ")
        + END
        + parameters(all)
        + END
        + "On val (best marked *)"
        + END
        + figures()
        + END
        + "Val top-1, epoch by epoch"
        + END
        + curves();
  }

  private String parameters(boolean all) {
    TextTable table = table("");
    Set<String> names = new LinkedHashSet<>();
    parameters.forEach(each -> names.addAll(each.keySet()));
    names.removeAll(NAMES_OF_RUNS);
    for (String name : names) {
      List<String> values =
          parameters.stream().map(each -> each.getOrDefault(name, Words.NONE)).toList();
      if (all || Set.copyOf(values).size() > 1) {
        add(table, name, values);
      }
    }
    return table.isEmpty() ? "  none" + END : table.toString();
  }

  private String figures() {
    TextTable table = table("");
    epochFigure(table, "top-1", true, EpochRecord::valTop1, Words::percent);
    epochFigure(table, "top-5", true, EpochRecord::valTop5, Words::percent);
    epochFigure(table, "genus top-1", true, EpochRecord::valGenusTop1, Words::percent);
    epochFigure(table, "macro-F1", true, EpochRecord::valMacroF1, Words::number);
    epochFigure(table, "loss", false, EpochRecord::valLoss, Words::number);
    add(table, "best epoch", each(run -> run.best().map(e -> "" + e.epoch()).orElse(Words.NONE)));
    for (FigureRow row : FigureRow.ALL.subList(0, 4)) {
      figure(
          table,
          row.name(),
          row.higherIsBetter(),
          run -> run.val().map(row::of).filter(figure -> !figure.isNaN()),
          row::show);
    }
    figure(
        table,
        "calibration error",
        false,
        run -> run.val().map(Figures::expectedCalibrationError),
        Words::number);
    figure(
        table,
        "photos/s",
        true,
        run ->
            run.epochs().isEmpty()
                ? Optional.empty()
                : Optional.of(
                    run.epochs().stream()
                        .mapToDouble(EpochRecord::photosPerSecond)
                        .average()
                        .orElse(0)),
        Words::number);
    add(table, "training time", each(run -> Words.duration(run.trainingTime())));
    add(table, "published", each(run -> Words.orNone(run.publishedVersion())));
    return table.toString();
  }

  private void epochFigure(
      TextTable table,
      String name,
      boolean higherIsBetter,
      Function<EpochRecord, Double> value,
      Function<Double, String> show) {
    figure(table, name, higherIsBetter, run -> run.best().map(value), show);
  }

  private void figure(
      TextTable table,
      String name,
      boolean higherIsBetter,
      Function<RunRecord, Optional<Double>> value,
      Function<Double, String> show) {
    List<Optional<Double>> values = runs.stream().map(value).toList();
    Optional<Double> best =
        values.stream()
            .flatMap(Optional::stream)
            .filter(Double::isFinite)
            .reduce((a, b) -> a > b == higherIsBetter ? a : b);
    List<String> cells = new ArrayList<>();
    for (Optional<Double> each : values) {
      String shown = each.map(show).orElse(Words.NONE);
      // Marked by what can be read: figures that look the same are the same.
      boolean marked = best.isPresent() && shown.equals(show.apply(best.get()));
      cells.add(marked ? shown + " *" : shown + "  ");
    }
    add(table, name, cells);
  }

  private String curves() {
    TextTable table = table(">EPOCH");
    Set<Integer> epochs = new TreeSet<>();
    runs.forEach(run -> run.epochs().forEach(epoch -> epochs.add(epoch.epoch())));
    for (int epoch : epochs) {
      add(table, Integer.toString(epoch), each(run -> top1(run, epoch)));
    }
    add(
        table,
        "",
        each(
            run ->
                Sparkline.of(run.epochs().stream().mapToDouble(EpochRecord::valTop1).toArray())));
    return table.toString();
  }

  private static String top1(RunRecord run, int epoch) {
    return run.epochs().stream()
        .filter(each -> each.epoch() == epoch)
        .findFirst()
        .map(each -> Words.percent(each.valTop1()))
        .orElse("");
  }

  private TextTable table(String first) {
    List<String> titles = new ArrayList<>(List.of(first));
    runs.forEach(run -> titles.add(">" + run.run()));
    return new TextTable(titles.toArray(String[]::new));
  }

  private List<String> each(Function<RunRecord, String> cell) {
    return runs.stream().map(cell).map(Objects::toString).toList();
  }

  private static void add(TextTable table, String name, List<String> cells) {
    List<String> row = new ArrayList<>(List.of(name));
    row.addAll(cells);
    table.row(row);
  }
}
