package app.mushroom.trainer.runs;

import app.mushroom.storage.JsonDocument;
import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.DatasetVersion;
import app.mushroom.storage.dataset.Split;
import app.mushroom.storage.model.BundleManifest;
import app.mushroom.storage.model.ImageInput;
import app.mushroom.storage.model.ModelRegistry;
import app.mushroom.trainer.dataset.Batch;
import app.mushroom.trainer.dataset.LabelIndex;
import app.mushroom.trainer.evaluation.CalibrationFitter;
import app.mushroom.trainer.evaluation.Examination;
import app.mushroom.trainer.evaluation.Figures;
import app.mushroom.trainer.evaluation.LabelledOutputs;
import app.mushroom.trainer.evaluation.PriorFitter;
import app.mushroom.trainer.publishing.BundleFolder;
import app.mushroom.trainer.publishing.BundleMetrics;
import app.mushroom.trainer.publishing.GoldenCases;
import app.mushroom.trainer.publishing.ModelCard;
import app.mushroom.trainer.publishing.Twin;
import app.mushroom.trainer.training.Hyperparameters;
import app.mushroom.trainer.training.Network;
import app.mushroom.trainer.training.Outputs;
import app.mushroom.vision.Preprocessing;
import app.mushroom.vision.decision.Calibration;
import app.mushroom.vision.photo.Photo;
import app.mushroom.vision.species.SpeciesCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Calibrates a trained network on val, measures it on test once, and publishes it as a bundle. */
public final class ModelPublication {

  /** Mushrooms that the gate learns from; more change nothing and cost time. */
  private static final int GATE_MUSHROOMS = 1500;

  private final RunParameters parameters;
  private final DatasetVersion dataset;
  private final TrainingJob job;
  private final SpeciesCatalogue catalogue;
  private final Console console;
  private final Clock clock;
  private final Preprocessing preprocessing;

  /** What came of it. */
  public record Published(BundleManifest manifest, BundleMetrics metrics) {

    /** Whether the backbone in it is as it was before training. */
    boolean isHeadOnly() {
      return metrics.training().epochs() == 0;
    }
  }

  /**
   * What a report is made of.
   *
   * @param val what the model said to each photo of val
   * @param test what the model said to each photo of test
   * @param network the published one
   */
  record Examined(Published published, Examination val, Examination test, Path network) {}

  public ModelPublication(
      RunParameters parameters,
      DatasetVersion dataset,
      TrainingJob job,
      SpeciesCatalogue catalogue,
      Console console,
      Clock clock) {
    this.parameters = parameters;
    this.dataset = dataset;
    this.job = job;
    this.catalogue = catalogue;
    this.console = console;
    this.clock = clock;
    this.preprocessing = Preprocessing.imagenet(parameters.hyperparameters().inputSize());
  }

  Examined publish(Path networkFile, Path work, ModelRegistry registry) throws IOException {
    Path folder = work.resolve("bundle");
    BundleMetrics metrics;
    Examination onVal;
    Examination onTest;
    int embeddingSize;
    try (Network network = job.load(networkFile)) {
      LabelledOutputs train = job.outputs(network, "gate", gatePhotos());
      LabelledOutputs val = job.outputs(network, "val", job.photos(Split.VAL));
      LabelledOutputs test = job.outputs(network, "test", job.photos(Split.TEST));
      embeddingSize = val.embeddings()[0].length;
      console.say("Calibrating on " + val.size() + " val photos");
      CalibrationFitter.Fitted fitted =
          new CalibrationFitter(job.labelSet(), catalogue, CalibrationFitter.Aims.DEFAULT)
              .fit(train, val);
      fitted.notices().forEach(console::say);
      Calibration calibration = fitted.calibration();
      Optional<PriorFitter.Fitted> prior =
          new PriorFitter(job.labelSet(), catalogue)
              .fit(job.photos(Split.TRAIN), job.photos(Split.VAL), val, calibration);
      prior.ifPresent(chosen -> console.say(chosen.sentence()));
      onVal = examination(calibration, Split.VAL, val);
      onTest = examination(calibration, Split.TEST, test);
      metrics = metrics(onVal.figures(), onTest.figures(), network, Files.size(networkFile));
      String card =
          ModelCard.write(
              new ModelCard.Facts(
                  parameters.model(),
                  parameters.run(),
                  parameters.architecture(),
                  parameters.backbone(),
                  parameters.backboneSha256(),
                  job.labelSet().size(),
                  parameters.ingredients()),
              dataset,
              fitted,
              metrics);
      String wholeCard =
          prior.map(p -> card + "\n## Place and date\n\n" + p.sentence() + "\n").orElse(card);
      // Golden answers are those of a processor, which serves: a GPU rounds otherwise.
      try (Network served = Network.load(networkFile)) {
        BundleFolder.fill(
            folder,
            networkFile,
            job.labelSet(),
            calibration,
            prior.map(PriorFitter.Fitted::prior).orElse(null),
            metrics,
            wholeCard,
            photo -> answer(served, photo));
      }
      Twin.add(folder, preprocessing)
          .ifPresent(
              why ->
                  console.say(
                      "No %s, so that it is served by the slower engine: %s"
                          .formatted(Twin.FILE, why)));
    }
    BundleManifest manifest = registry.publish(draft(embeddingSize), folder);
    return new Examined(new Published(manifest, metrics), onVal, onTest, networkFile);
  }

  private Examination examination(Calibration calibration, Split split, LabelledOutputs outputs) {
    return Examination.of(job.labelSet(), calibration, catalogue, job.photos(split), outputs);
  }

  private List<DatasetPhoto> gatePhotos() {
    List<DatasetPhoto> mushrooms = new ArrayList<>();
    List<DatasetPhoto> chosen = new ArrayList<>();
    for (DatasetPhoto photo : job.photos(Split.TRAIN)) {
      (photo.label().equals(LabelIndex.NOT_MUSHROOM) ? chosen : mushrooms).add(photo);
    }
    Collections.shuffle(mushrooms, new Random(parameters.hyperparameters().seed()));
    chosen.addAll(mushrooms.subList(0, Math.min(GATE_MUSHROOMS, mushrooms.size())));
    return chosen;
  }

  private GoldenCases.Answer answer(Network network, Photo photo) {
    float[] tensor = preprocessing.toTensor(photo);
    Batch batch = new Batch(tensor, new float[0][], 1, preprocessing.size());
    Outputs outputs = Outputs.of(network, List.of(batch).iterator(), 1, done -> {});
    return new GoldenCases.Answer(outputs.logits()[0], outputs.embeddings()[0]);
  }

  private BundleMetrics metrics(Figures val, Figures test, Network network, long modelSizeBytes) {
    Hyperparameters settings = parameters.hyperparameters();
    double seconds = job.epochs().stream().mapToDouble(EpochRecord::seconds).sum();
    return new BundleMetrics(
        JsonDocument.SCHEMA_VERSION,
        val,
        test,
        new BundleMetrics.Training(
            network.trainableParameters(),
            Math.round(seconds),
            settings.learningRate(),
            settings.batchSize(),
            job.epochsBehindBest(),
            "AdamW",
            parameters.run(),
            parameters.user(),
            modelSizeBytes,
            dataset.photos().size() - readable()));
  }

  private int readable() {
    return Arrays.stream(Split.values()).mapToInt(split -> job.photos(split).size()).sum();
  }

  private BundleManifest draft(int embeddingSize) {
    return new BundleManifest(
        JsonDocument.SCHEMA_VERSION,
        parameters.model(),
        "draft",
        parameters.architecture(),
        new ImageInput(
            preprocessing.size(),
            preprocessing.resizeShortSide(),
            doubles(preprocessing.mean()),
            doubles(preprocessing.std())),
        List.of("logits", "embedding"),
        embeddingSize,
        parameters.dataset(),
        parameters.run(),
        clock.instant(),
        List.of());
  }

  private static List<Double> doubles(float[] values) {
    List<Double> list = new ArrayList<>();
    for (float value : values) {
      list.add(Double.parseDouble(Float.toString(value)));
    }
    return list;
  }
}
