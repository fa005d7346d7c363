package app.mushroom.trainer.runs;

import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.model.ImageInput;
import app.mushroom.storage.model.VerifiedBundle;
import app.mushroom.trainer.dataset.BatchLoader;
import app.mushroom.trainer.dataset.LabelIndex;
import app.mushroom.trainer.dataset.PhotoSource;
import app.mushroom.trainer.evaluation.Evaluator;
import app.mushroom.trainer.evaluation.Figures;
import app.mushroom.trainer.evaluation.LabelledOutputs;
import app.mushroom.trainer.training.Network;
import app.mushroom.trainer.training.Outputs;
import app.mushroom.vision.Preprocessing;
import app.mushroom.vision.decision.Calibration;
import app.mushroom.vision.decision.LabelSet;
import app.mushroom.vision.decision.SafetyPolicy;
import app.mushroom.vision.species.SpeciesCatalogue;
import java.io.IOException;
import java.util.List;

/** Measures a published bundle, as it is served, on photos of a dataset. */
public final class BundleEvaluation {

  private static final int BATCH = 16;
  private static final int LOADER_THREADS = 2;

  private final VerifiedBundle bundle;
  private final SpeciesCatalogue catalogue;
  private final Console console;

  public BundleEvaluation(VerifiedBundle bundle, SpeciesCatalogue catalogue, Console console) {
    this.bundle = bundle;
    this.catalogue = catalogue;
    this.console = console;
  }

  /**
   * @param photos of labels that the bundle knows, or of anything but mushrooms
   * @throws IllegalArgumentException if a photo has another label; the message names it
   */
  public Figures evaluate(PhotoSource source, List<DatasetPhoto> photos) throws IOException {
    LabelSet labels = LabelSet.read(bundle.file("labels.json"));
    Calibration calibration = Calibration.read(bundle.file("calibration.json"));
    int[] truth = photos.stream().mapToInt(photo -> truth(labels, photo)).toArray();
    LabelIndex index = LabelIndex.ofNames(labels.labels().stream().map(l -> l.label()).toList());
    try (Network network = Network.load(bundle.file("model.pt"));
        BatchLoader loader = new BatchLoader(source, index, preprocessing(), LOADER_THREADS)) {
      Outputs outputs =
          Outputs.of(
              network,
              loader.plain(photos, BATCH),
              photos.size(),
              done -> console.progress("photos", done, photos.size(), ""));
      return new Evaluator(labels)
          .evaluate(
              new LabelledOutputs(outputs.logits(), outputs.embeddings(), truth),
              new SafetyPolicy(labels, calibration, catalogue));
    }
  }

  private Preprocessing preprocessing() {
    ImageInput input = bundle.manifest().input();
    return new Preprocessing(
        input.size(), input.resizeShortSide(), floats(input.mean()), floats(input.std()));
  }

  private static float[] floats(List<Double> values) {
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i).floatValue();
    }
    return floats;
  }

  private int truth(LabelSet labels, DatasetPhoto photo) {
    for (int i = 0; i < labels.size(); i++) {
      if (labels.get(i).label().equals(photo.label())) {
        return i;
      }
    }
    if (photo.label().equals(LabelIndex.NOT_MUSHROOM)) {
      return -1;
    }
    throw new IllegalArgumentException(
        "Expected only labels that model "
            + bundle.manifest().name()
            + " version "
            + bundle.manifest().version()
            + " knows, found "
            + photo.label()
            + ". Evaluate on the dataset it was trained on, or train on this one.");
  }
}
