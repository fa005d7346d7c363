package app.mushroom.trainer.promotion;

import app.mushroom.storage.model.BundleManifest;
import app.mushroom.storage.model.DatasetReference;
import app.mushroom.storage.model.ImageInput;
import app.mushroom.storage.model.ModelRegistry;
import app.mushroom.trainer.dataset.Batch;
import app.mushroom.trainer.evaluation.Figures;
import app.mushroom.trainer.publishing.BundleFolder;
import app.mushroom.trainer.publishing.BundleMetrics;
import app.mushroom.trainer.publishing.GoldenCases;
import app.mushroom.trainer.torchscript.ClassifierScript;
import app.mushroom.trainer.torchscript.TinyBackbone;
import app.mushroom.trainer.training.Network;
import app.mushroom.trainer.training.Outputs;
import app.mushroom.vision.Preprocessing;
import app.mushroom.vision.decision.Calibration;
import app.mushroom.vision.decision.Label;
import app.mushroom.vision.decision.LabelSet;
import app.mushroom.vision.photo.Photo;
import app.mushroom.vision.species.Toxicity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Bundles whose network says the same to every photo. */
public final class ConstantModel {

  public static final String MODEL = "mushrooms";
  public static final String POISONOUS = "amanita_muscaria";
  public static final String HARMLESS = "boletus_edulis";
  public static final List<String> LABELS = List.of(POISONOUS, HARMLESS, "lepista_nuda");
  private static final int SIZE = 32;

  private ConstantModel() {}

  /** Changes the files of a bundle before it is published. */
  public interface Change {
    void apply(Path folder) throws IOException;
  }

  /**
   * @param always what it names; anything else for a network that answers NaN
   */
  public static BundleManifest publish(
      ModelRegistry registry,
      Path scratch,
      DatasetReference dataset,
      List<String> labels,
      String always,
      String run,
      Change change)
      throws IOException {
    Path work = Files.createTempDirectory(scratch, "bundle-");
    Path backbone = TinyBackbone.write(work.resolve("backbone.pt"));
    Path script = work.resolve("model.pt");
    float[] bias = new float[labels.size()];
    int place = labels.indexOf(always);
    bias[Math.max(place, 0)] = place < 0 ? Float.NaN : 10;
    float[] weights = new float[labels.size() * TinyBackbone.DIMENSIONS];
    ClassifierScript.write(backbone, script, weights, bias, 0);
    Path folder = work.resolve("files");
    try (Network network = Network.load(script)) {
      BundleFolder.fill(
          folder,
          script,
          new LabelSet(labels.stream().map(ConstantModel::label).toList()),
          calibration(),
          null,
          metrics(run),
          "# Says always " + always,
          photo -> answer(network, photo));
    }
    change.apply(folder);
    return registry.publish(draft(dataset, run), folder);
  }

  private static Label label(String name) {
    return new Label(
        name,
        "species",
        name,
        name.substring(0, name.indexOf('_')),
        name.equals(POISONOUS) ? Toxicity.POISONOUS : Toxicity.UNKNOWN);
  }

  private static Calibration calibration() {
    return new Calibration(
        1,
        new Calibration.Gate(new double[TinyBackbone.DIMENSIONS], 10, 0.5),
        new Calibration.Answer(0.4, 0.5),
        new Calibration.Poison(0.5, 0.2, 100),
        new Calibration.Bands(0.9, 0.5));
  }

  private static BundleMetrics metrics(String run) {
    Figures figures = new Figures(18, 0.3, 1, 0.3, 0.2, 0.1, 1, 1.0, 1.0, 0, 0.6, null, 0);
    return new BundleMetrics(
        1,
        figures,
        figures,
        new BundleMetrics.Training(8, 1, 0.1, 8, 0, "AdamW", run, "me", 1000, 0));
  }

  private static GoldenCases.Answer answer(Network network, Photo photo) {
    Preprocessing preprocessing = Preprocessing.imagenet(SIZE);
    Batch batch = new Batch(preprocessing.toTensor(photo), new float[0][], 1, SIZE);
    Outputs outputs = Outputs.of(network, List.of(batch).iterator(), 1, done -> {});
    return new GoldenCases.Answer(outputs.logits()[0], outputs.embeddings()[0]);
  }

  public static BundleManifest draft(DatasetReference dataset, String run) {
    Preprocessing preprocessing = Preprocessing.imagenet(SIZE);
    return new BundleManifest(
        1,
        MODEL,
        "draft",
        "constant",
        new ImageInput(
            SIZE,
            preprocessing.resizeShortSide(),
            List.of(0.485, 0.456, 0.406),
            List.of(0.229, 0.224, 0.225)),
        List.of("logits", "embedding"),
        TinyBackbone.DIMENSIONS,
        dataset,
        run,
        Instant.parse("2026-01-01T00:00:00Z"),
        List.of());
  }
}
