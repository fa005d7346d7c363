package app.mushroom.trainer.cli;

import app.mushroom.storage.JsonDocument;
import app.mushroom.storage.ObjectStore;
import app.mushroom.trainer.promotion.Promotion;
import app.mushroom.trainer.promotion.PromotionDecision;
import app.mushroom.trainer.runs.FlatJson;
import app.mushroom.trainer.runs.RunRecord;
import app.mushroom.trainer.runs.RunStore;
import app.mushroom.trainer.runs.RunSummary;
import app.mushroom.trainer.tracking.Tracking;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code mushroom runs}. */
@Command(
    name = "runs",
    mixinStandardHelpOptions = true,
    description = {
      "Training runs: what each was asked to do, and what came of it.",
      "A run may be named by any part of its name that only it has, or as \"latest\"."
    })
final class RunsCommand {

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Clock clock = Clock.systemUTC();

  @Command(
      description = {
        "Lists all runs, newest first.",
        "The leaderboard: mushroom runs list --sort cost"
      },
      mixinStandardHelpOptions = true)
  int list(
      @Mixin StoreOption store,
      @Option(
              names = "--sort",
              defaultValue = "started",
              description =
                  "${COMPLETION-CANDIDATES}; the best first, on val (default: ${DEFAULT-VALUE}).")
          RunSummary.Order sort,
      @Option(names = "--json", description = "Print JSON.") boolean json)
      throws IOException {
    try (ObjectStore objects = store.open()) {
      RunStore runs = new RunStore(objects);
      List<RunSummary> readable = new ArrayList<>();
      List<String> unreadable = new ArrayList<>();
      for (String run : runs.runs()) {
        try {
          readable.add(RunSummary.of(RunRecord.read(runs, run), clock.instant()));
        } catch (IOException e) {
          unreadable.add(e.getMessage()); // one broken record must not hide the others
        }
      }
      List<RunSummary> sorted = sort.sorted(readable);
      if (json) {
        print(json(sorted));
      } else if (sorted.isEmpty()) {
        print("There are no runs in " + objects.location() + ". Make one with: mushroom train");
      } else {
        print(RunsTable.of(sorted));
      }
      unreadable.forEach(spec.commandLine().getErr()::println);
      return unreadable.isEmpty() ? 0 : TrainerApplication.FAILED;
    }
  }

  @Command(
      description = "Shows one run: parameters, epochs, figures, promotion.",
      mixinStandardHelpOptions = true)
  int show(
      @Mixin StoreOption store,
      @Option(names = "--json", description = "Print JSON.") boolean json,
      @Parameters(paramLabel = "RUN") String run)
      throws IOException {
    try (ObjectStore objects = store.open()) {
      RunStore runs = new RunStore(objects);
      RunRecord record = RunRecord.read(runs, runs.named(run));
      List<PromotionDecision> decisions =
          Promotion.decisions(runs, record.run())
              .map(PromotionDecision.History::decisions)
              .orElse(List.of());
      print(
          json
              ? json(Map.of("record", record, "decisions", decisions))
              : new RunPage(record, parameters(runs, record.run()), decisions).at(clock.instant()));
      return 0;
    }
  }

  @Command(
      description = "Compares runs: the parameters that differ, figures and curves.",
      mixinStandardHelpOptions = true)
  int compare(
      @Mixin StoreOption store,
      @Option(names = "--all", description = "Show parameters that are the same, too.") boolean all,
      @Parameters(paramLabel = "RUN", arity = "2..8") List<String> wanted)
      throws IOException {
    try (ObjectStore objects = store.open()) {
      RunStore runs = new RunStore(objects);
      List<RunRecord> records = new ArrayList<>();
      List<Map<String, String>> parameters = new ArrayList<>();
      for (String run : wanted) {
        RunRecord record = RunRecord.read(runs, runs.named(run));
        records.add(record);
        parameters.add(parameters(runs, record.run()));
      }
      print(new RunComparison(records, parameters).of(all));
      return 0;
    }
  }

  @Command(
      description = {
        "Sends runs to the MLflow server at MLFLOW_TRACKING_URI, as training does while it is set.",
        "What the server has already is not sent again."
      },
      mixinStandardHelpOptions = true)
  int send(
      @Mixin StoreOption store, @Parameters(paramLabel = "RUN", arity = "1..*") List<String> wanted)
      throws IOException {
    try (ObjectStore objects = store.open()) {
      RunStore runs = new RunStore(objects);
      List<String> names = new ArrayList<>();
      for (String run : wanted) {
        names.add(runs.named(run));
      }
      return Tracking.send(objects, names, System.getenv(), this::print)
          ? 0
          : TrainerApplication.FAILED;
    }
  }

  private static Map<String, String> parameters(RunStore runs, String run) throws IOException {
    return runs.read(run, "params.json", JsonNode.class).map(FlatJson::of).orElse(Map.of());
  }

  private static String json(Object document) {
    return new String(JsonDocument.write(document), StandardCharsets.UTF_8);
  }

  private void print(String text) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(text.endsWith("\n") ? text : text + System.lineSeparator());
    out.flush();
  }
}
