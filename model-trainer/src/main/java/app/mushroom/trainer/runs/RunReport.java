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
import app.mushroom.trainer.runs.ModelPublication.Published;
import app.mushroom.trainer.training.ActivationMaps;
import app.mushroom.vision.Preprocessing;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts into a run's record how good the model is that came of it, for programs and for people. */
public final class RunReport {

  private final RunStore runs;
  private final PhotoSource photos;
  private final Console console;
  private final Clock clock;

  public RunReport(RunStore runs, PhotoSource photos, Console console, Clock clock) {
    this.runs = runs;
    this.photos = photos;
    this.console = console;
    this.clock = clock;
  }

  /**
   * Writes {@code evaluation.json} and {@code report.html}. The model is published by now: a report
   * that cannot be written is said, and stops nothing.
   *
   * @param network the published one
   * @throws IOException if {@code evaluation.json} cannot be written
   */
  public void write(
      RunParameters parameters, DatasetVersion dataset, Published published, Path network)
      throws IOException {
    TrainingPhotos training = TrainingPhotos.of(dataset);
    Part test = part(Split.TEST, published.test(), training);
    Part val = part(Split.VAL, published.val(), training);
    BundleMetrics metrics = published.metrics();
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
    Preprocessing preprocessing = Preprocessing.imagenet(parameters.hyperparameters().inputSize());
    try (ActivationMaps maps = new ActivationMaps(network)) {
      String page =
          new EvaluationReport(new Pictures(photos, maps, preprocessing))
              .page(provenance(parameters, published), List.of(test, val));
      runs.writeText(parameters.run(), "report.html", page);
      console.say("Report: runs/" + parameters.run() + "/report.html");
    } catch (IOException e) {
      console.say(
          "The report could not be written, the figures are in runs/"
              + parameters.run()
              + "/evaluation.json: "
              + e.getMessage());
    }
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
