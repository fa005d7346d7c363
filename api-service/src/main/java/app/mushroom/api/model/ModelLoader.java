package app.mushroom.api.model;

import app.mushroom.api.classifier.Classifier;
import app.mushroom.api.classifier.Classifiers;
import app.mushroom.api.classifier.Scores;
import app.mushroom.api.classifier.UnusableNetworkException;
import app.mushroom.storage.model.BundleManifest;
import app.mushroom.storage.model.ImageInput;
import app.mushroom.storage.model.VerifiedBundle;
import app.mushroom.vision.Preprocessing;
import app.mushroom.vision.decision.Calibration;
import app.mushroom.vision.decision.LabelSet;
import app.mushroom.vision.decision.SafetyPolicy;
import app.mushroom.vision.photo.PhotoDecoder;
import app.mushroom.vision.species.SpeciesCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;

/** Turns a verified bundle into a model that may serve, or says why it may not. */
@Component
class ModelLoader {
  private static final int LARGEST_INPUT = 1024;
  private static final int WARM_UP_CALLS = 3;

  private final Classifiers classifiers;
  private final SpeciesCatalogue catalogue;
  private final PhotoDecoder decoder;

  ModelLoader(Classifiers classifiers, SpeciesCatalogue catalogue, PhotoDecoder decoder) {
    this.classifiers = classifiers;
    this.catalogue = catalogue;
    this.decoder = decoder;
  }

  /**
   * @param version shown to clients
   * @param afterClose run once the model has been let go by everyone
   * @throws ModelRefusedException naming the check that failed; {@code afterClose} is not run
   */
  LoadedModel load(VerifiedBundle bundle, String version, Runnable afterClose) {
    try {
      return check(bundle, version, afterClose);
    } catch (IOException
        | JacksonException
        | UnusableNetworkException
        | IllegalArgumentException e) {
      throw new ModelRefusedException(String.valueOf(e.getMessage()), e);
    }
  }

  private LoadedModel check(VerifiedBundle bundle, String version, Runnable afterClose)
      throws IOException {
    BundleManifest manifest = bundle.manifest();
    Preprocessing preprocessing = preprocessing(manifest.input());
    LabelSet labels = LabelSet.read(bundle.file("labels.json"));
    Calibration calibration = Calibration.read(bundle.file("calibration.json"));
    require("gate weights", manifest.embeddingSize(), calibration.gate().weights().length);
    SafetyPolicy policy = new SafetyPolicy(labels, calibration, catalogue);
    Metrics metrics =
        bundle.has("metrics.json")
            ? Metrics.read(Files.readAllBytes(bundle.file("metrics.json")), version)
            : Metrics.NONE;
    GoldenCases golden = GoldenCases.read(bundle.file("golden.json"));

    Classifier classifier = classifiers.open(bundle.file("model.pt"), preprocessing.size());
    try {
      float[] black = new float[3 * preprocessing.size() * preprocessing.size()];
      for (int call = 0; call < WARM_UP_CALLS; call++) {
        Scores scores = classifier.classify(black);
        require("logits", labels.size(), scores.logits().length);
        require("embedding values", manifest.embeddingSize(), scores.embedding().length);
      }
      golden.check(classifier, preprocessing, decoder);
      return new LoadedModel(
          version, bundle, preprocessing, labels, policy, classifier, metrics, afterClose);
    } catch (RuntimeException e) {
      classifier.close();
      throw e;
    }
  }

  private static Preprocessing preprocessing(ImageInput input) {
    if (input.size() > LARGEST_INPUT) {
      throw new ModelRefusedException(
          "Expected an input of at most "
              + LARGEST_INPUT
              + " pixels a side, found "
              + input.size());
    }
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

  private static void require(String what, int expected, int found) {
    if (expected != found) {
      throw new ModelRefusedException("Expected " + expected + " " + what + ", found " + found);
    }
  }
}
