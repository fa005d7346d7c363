package app.mushroom.trainer.cli;

import app.mushroom.trainer.evaluation.Figures;
import app.mushroom.trainer.promotion.PromotionDecision;
import app.mushroom.trainer.runs.EpochRecord;
import app.mushroom.trainer.runs.RunRecord;
import app.mushroom.trainer.runs.RunState;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** One run in full, for people. */
final class RunPage {

  private static final String END = System.lineSeparator();

  private final RunRecord record;
  private final Map<String, String> parameters;
  private final List<PromotionDecision> decisions;
  private final StringBuilder text = new StringBuilder();

  /**
   * @param parameters every parameter by its name
   * @param decisions about the version that came of it, newest first
   */
  RunPage(RunRecord record, Map<String, String> parameters, List<PromotionDecision> decisions) {
    this.record = record;
    this.parameters = parameters;
    this.decisions = decisions;
  }

  String at(Instant now) {
    line("Run " + record.run() + ", " + record.stateAt(now));
    RunState state = record.state();
    if (state != null) {
      line("last heard of " + Words.time(state.updated()) + " UTC");
      if (state.detail() != null) {
        line(state.detail());
      }
      if (state.publishedVersion() != null) {
        line(
            "published as " + record.parameters().model() + " version " + state.publishedVersion());
      }
    }
    line("training time " + Words.duration(record.trainingTime()));
    parameters();
    epochs();
    evaluation();
    if (!decisions.isEmpty()) {
      heading("Promotion");
      decisions.get(0).sentences().forEach(this::line);
    }
    return text.toString();
  }

  private void parameters() {
    heading("Parameters");
    TextTable table = new TextTable("NAME", "VALUE");
    parameters.forEach((name, value) -> table.row(name, value));
    text.append(table);
  }

  private void epochs() {
    if (record.epochs().isEmpty()) {
      return;
    }
    heading("Epochs (best on val marked *)");
    int best = record.best().map(EpochRecord::epoch).orElse(0);
    TextTable table =
        new TextTable(
            "",
            ">EPOCH",
            ">SIZE",
            ">RATE",
            ">TRAIN LOSS",
            ">PHOTOS/S",
            ">VAL TOP-1",
            ">TOP-5",
            ">GENUS",
            ">MACRO-F1",
            ">VAL LOSS");
    for (EpochRecord epoch : record.epochs()) {
      table.row(
          epoch.epoch() == best ? "*" : "",
          Integer.toString(epoch.epoch()),
          Integer.toString(epoch.size()),
          String.format(Locale.ROOT, "%.1e", epoch.learningRate()),
          Words.number(epoch.trainLoss()),
          String.format(Locale.ROOT, "%.1f", epoch.photosPerSecond()),
          Words.percent(epoch.valTop1()),
          Words.percent(epoch.valTop5()),
          Words.percent(epoch.valGenusTop1()),
          Words.number(epoch.valMacroF1()),
          Words.number(epoch.valLoss()));
    }
    text.append(table).append(END);
    line("val top-1  " + curve(EpochRecord::valTop1));
    line("val loss   " + curve(EpochRecord::valLoss));
  }

  private String curve(ToDoubleFunction<EpochRecord> value) {
    return Sparkline.of(record.epochs().stream().mapToDouble(value).toArray());
  }

  private void evaluation() {
    Optional<Figures> val = record.val();
    Optional<Figures> test = record.test();
    if (val.isEmpty() || test.isEmpty()) {
      return;
    }
    heading("Figures of the published version");
    TextTable table = new TextTable("", ">VAL", ">TEST");
    table.row(
        "mushroom photographs",
        Integer.toString(val.get().photos()),
        Integer.toString(test.get().photos()));
    for (FigureRow row : FigureRow.ALL) {
      table.row(row.name(), row.show(row.of(val.get())), row.show(row.of(test.get())));
    }
    text.append(table);
  }

  private void heading(String words) {
    text.append(END).append(words).append(END);
  }

  private void line(String words) {
    text.append(words).append(END);
  }
}
