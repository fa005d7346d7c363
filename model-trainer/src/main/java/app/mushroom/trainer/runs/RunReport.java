package app.mushroom.trainer.runs;

import app.mushroom.storage.JsonDocument;
import app.mushroom.storage.dataset.DatasetVersion;
import app.mushroom.storage.dataset.Split;
import app.mushroom.trainer.dataset.PhotoSource;
import app.mushroom.trainer.evaluation.Bootstrap;
import app.mushroom.trainer.evaluation.EvaluationDetails;
import app.mushroom.trainer.evaluation.Examination;
import app.mushroom.trainer.evaluation.TrainingPhotos;
import app.mushroom.trainer.publishing.BundleMetrics;
import app.mushroom.trainer.report.EvaluationReport;
import app.mushroom.trainer.report.Part;
import app.mushroom.trainer.report.Pictures;
import app.mushroom.trainer.report.Provenance;
import app.mushroom.trainer.runs.ModelPublication.Examined;
import app.mushroom.trainer.runs.ModelPublication.Published;
import app.mushroom.trainer.training.ActivationMaps;
import app.mushroom.vision.Preprocessing;
import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts into a run's record how good the model is that came of it, for programs and for people. */
final class RunReport {

  private final RunStore runs;
  private final RunJournal journal;
  private final PhotoSource photos;
  private final Console console;
  private final Clock clock;

  RunReport(RunStore runs, RunJournal journal, PhotoSource photos, Console console, Clock clock) {
    this.runs = runs;
    this.journal = journal;
    this.photos = photos;
    this.console = console;
    this.clock = clock;
  }

  /**
   * Writes {@code evaluation.json} and {@code report.html}, and that the run is finished. The model
   * is published by now: what cannot be written is said, and stops nothing. Without the figures the
   * run is not finished.
   *
   * @param outcome what the run's state says of it then
   * @throws IOException if the state cannot be written
   */
  void finish(RunParameters parameters, DatasetVersion dataset, Examined examined, String outcome)
      throws IOException {
    if (write(parameters, dataset, examined)) {
      journal.state(RunState.FINISHED, outcome);
    }
  }

  private boolean write(RunParameters parameters, DatasetVersion dataset, Examined examined) {
    String record = "runs/" + parameters.run() + "/";
    Part test;
    Part val;
    try {
      TrainingPhotos training = TrainingPhotos.of(dataset);
      test = part(Split.TEST, examined.test(), training);
      val = part(Split.VAL, examined.val(), training);
      writeFigures(parameters, examined.published().metrics(), val, test);
    } catch (IOException | RuntimeException e) {
      console.say(
          "The version is published, but its figures could not be written to "
              + record
              + "evaluation.json: "
              + e.getMessage()
              + (parameters.ingredients() == null
                  ? " Make up for it with: mushroom train --resume " + parameters.run()
                  : ""));
      return false;
    }
    try (ActivationMaps maps = new ActivationMaps(examined.network())) {
      Preprocessing preprocessing =
          Preprocessing.imagenet(parameters.hyperparameters().inputSize());
      String page =
          new EvaluationReport(new Pictures(photos, maps, preprocessing))
              .page(provenance(parameters, examined.published()), List.of(test, val));
      runs.writeText(parameters.run(), "report.html", page);
      console.say("Report: " + record + "report.html");
    } catch (IOException | RuntimeException e) {
      // An engine that gives out over a heatmap must not cost the promotion.
      console.say(
          "The report could not be written, the figures are in "
              + record
              + "evaluation.json: "
              + e.getMessage());
    }
    return true;
  }

  private void writeFigures(RunParameters parameters, BundleMetrics metrics, Part val, Part test)
      throws IOException {
    Map<String, EvaluationDetails> details = new LinkedHashMap<>();
    details.put("val", val.details());
    details.put("test", test.details());
    runs.write(
        parameters.run(),
        "evaluation.json",
        new RunEvaluation(
            JsonDocument.SCHEMA_VERSION,
            metrics.val(),
            metrics.test(),
            metrics.training(),
            details));
  }

  private static Part part(Split split, Examination examination, TrainingPhotos training) {
    return new Part(split, examination, examination.details(training, Bootstrap.DEFAULT));
  }

  private Provenance provenance(RunParameters parameters, Published published) {
    return new Provenance(
        published.manifest(),
        parameters.dataset(),
        "./mushroom evaluate --model "
            + published.manifest().name()
            + " --model-version "
            + published.manifest().version()
            + " --dataset "
            + parameters.dataset().name()
            + " --dataset-version "
            + parameters.dataset().version()
            + " --split test",
        parameters.codeVersion(),
        clock.instant());
  }
}
