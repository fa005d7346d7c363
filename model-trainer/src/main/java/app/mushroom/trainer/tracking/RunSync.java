package app.mushroom.trainer.tracking;

import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.model.ModelRegistry;
import app.mushroom.trainer.runs.EpochRecord;
import app.mushroom.trainer.runs.RunParameters;
import app.mushroom.trainer.runs.RunState;
import app.mushroom.trainer.runs.RunStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One run and its twin on the server: compares, and sends what is missing there. */
final class RunSync {

  private final String run;
  private final ObjectStore store;
  private final RunStore runs;
  private final MlflowClient client;
  private final MlflowSettings settings;
  private final Clock clock;
  private final Consumer<String> notices;
  private final Map<Integer, Instant> firstSeen = new HashMap<>();
  private @Nullable MlflowLink link;
  private @Nullable MlflowRun twin;
  private @Nullable RunFiles files;
  private boolean parametersSent;
  private boolean aliasChecked;
  private String evaluationSent = "";
  private String statusSent = "";

  RunSync(
      String run,
      ObjectStore store,
      MlflowClient client,
      MlflowSettings settings,
      Clock clock,
      Consumer<String> notices) {
    this.run = run;
    this.store = store;
    this.runs = new RunStore(store);
    this.client = client;
    this.settings = settings;
    this.clock = clock;
    this.notices = notices;
  }

  void bringUpToDate() throws IOException {
    Optional<RunParameters> known = runs.read(run, "params.json", RunParameters.class);
    if (known.isEmpty()) {
      return;
    }
    RunParameters parameters = known.get();
    List<EpochRecord> epochs = runs.readMetrics(run, EpochRecord.class);
    see(parameters, epochs);
    MlflowRun there = twin;
    if (there == null) {
      there = attach(parameters);
      twin = there;
    }
    if (!parametersSent) {
      there.logParameters(runs.read(run, "params.json", JsonNode.class).orElseThrow());
      parametersSent = true;
    }
    sendEpochs(there, epochs);
    Optional<RunState> state = runs.read(run, "run.json", RunState.class);
    sendEvaluation(there, state.map(RunState::epochsDone).orElse(0));
    if (state.isPresent()) {
      sendEnd(there, parameters, state.get());
    }
  }

  /** Notes when epochs ended, as the record does not; of those before this process, roughly. */
  private void see(RunParameters parameters, List<EpochRecord> epochs) {
    boolean begins = firstSeen.isEmpty() && epochs.size() > 1;
    double seconds = 0;
    for (EpochRecord epoch : epochs) {
      seconds += epoch.seconds();
      Instant guess = parameters.created().plusMillis(Math.round(1000 * seconds));
      firstSeen.putIfAbsent(epoch.epoch(), begins ? guess : clock.instant());
    }
  }

  /** Finds the run's twin on the server, or makes it. */
  private MlflowRun attach(RunParameters parameters) throws IOException {
    Optional<MlflowLink> before = link(runs, run, client);
    MlflowRun found = before.isPresent() ? MlflowRun.find(client, before.get()) : null;
    if (found == null) {
      String experiment =
          settings.experiment() == null ? parameters.model() : settings.experiment();
      found = MlflowRun.findOrCreate(client, experiment, parameters);
      before = Optional.empty();
    }
    link = before.orElse(found.link());
    remember();
    files = new RunFiles(run, store, new ModelRegistry(store, clock), found, settings);
    notices.accept(
        "MLflow: %s/#/experiments/%s/runs/%s"
            .formatted(client.location(), found.link().experimentId(), found.link().runId()));
    return found;
  }

  private void remember() throws IOException {
    if (link != null) {
      runs.write(run, MlflowLink.FILE, link);
    }
  }

  private void sendEpochs(MlflowRun there, List<EpochRecord> epochs) throws IOException {
    int sent = link == null ? 0 : link.epochsSent();
    List<MlflowRun.Metric> metrics = new ArrayList<>();
    int last = sent;
    for (EpochRecord epoch : epochs) {
      if (epoch.epoch() > sent) {
        Instant time = firstSeen.getOrDefault(epoch.epoch(), clock.instant());
        metrics.addAll(MlflowNames.metrics(epoch, time));
        last = Math.max(last, epoch.epoch());
      }
    }
    if (link != null && last > sent) {
      there.logMetrics(metrics);
      link = link.withEpochs(last);
      remember();
    }
  }

  private void sendEvaluation(MlflowRun there, int epochs) throws IOException {
    Optional<JsonNode> evaluation = runs.read(run, "evaluation.json", JsonNode.class);
    if (evaluation.isPresent() && !evaluation.get().toString().equals(evaluationSent)) {
      there.logMetrics(MlflowNames.metrics(evaluation.get(), epochs, clock.instant()));
      evaluationSent = evaluation.get().toString();
    }
  }

  private void sendEnd(MlflowRun there, RunParameters parameters, RunState state)
      throws IOException {
    String status =
        switch (state.state()) {
          case "finished" -> "FINISHED";
          case "interrupted" -> "KILLED";
          case "failed" -> "FAILED";
          default -> "RUNNING";
        };
    if (!status.equals("RUNNING") && files != null) {
      files.sendRecord(notices);
      String version = state.publishedVersion();
      if (version != null) {
        files.sendBundle(parameters.model(), version);
        register(parameters.model(), version);
        if (!aliasChecked) {
          // It may have become champion while the server was away.
          new ChampionAlias(new ModelRegistry(store, clock), runs, client)
              .bringUpToDate(parameters.model());
          aliasChecked = true;
        }
      }
    }
    if (!status.equals(statusSent)) {
      there.setStatus(status, state.updated());
      statusSent = status;
    }
  }

  private void register(String model, String version) throws IOException {
    if (link != null && link.numberOf(version) == null) {
      JsonNode figures = runs.read(run, "evaluation.json", JsonNode.class).orElse(null);
      String number = new MlflowModel(client, link, model).register(version, figures);
      link = link.withModelVersion(version, number);
      remember();
    }
  }

  /** Reads where a run lies on this server, if it does. */
  static Optional<MlflowLink> link(RunStore runs, String run, MlflowClient client)
      throws IOException {
    return runs.read(run, MlflowLink.FILE, MlflowLink.class)
        .filter(each -> each.server().equals(client.location()));
  }
}
