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
import app.mushroom.vision.decision.Prior;
import app.mushroom.vision.decision.SafetyPolicy;
import app.mushroom.vision.photo.PhotoDecoder;
import app.mushroom.vision.species.SpeciesCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;

/** Turns a verified bundle into a model that may serve, or says why it may not. */
@Component
class ModelLoader {
  private static final int LARGEST_INPUT = 1024;
  private static final int WARM_UP_CALLS = 3;
  private static final String TWIN = "model.onnx";
  private static final String PRIOR = "prior.json";
  private static final Logger log = LoggerFactory.getLogger(ModelLoader.class);

  private final Classifiers classifiers;
  private final SpeciesCatalogue catalogue;
  private final PhotoDecoder decoder;
  private final ServingThreads threads;
  private final LoadLimit limit;

  ModelLoader(
      Classifiers classifiers,
      SpeciesCatalogue catalogue,
      PhotoDecoder decoder,
      ServingThreads threads,
      LoadLimit limit) {
    this.classifiers = classifiers;
    this.catalogue = catalogue;
    this.decoder = decoder;
    this.threads = threads;
    this.limit = limit;
  }

  /**
   * To be asked before a bundle is fetched.
   *
   * @throws ModelRefusedException if it would not be loaded, whatever is in it
   */
  void requireNotHung(String version) {
    limit.requireNotHung(version);
  }

  /**
   * @param version shown to clients
   * @param afterClose run once the model has been let go by everyone
   * @throws ModelRefusedException naming the check that failed, whatever the bundle did to it;
   *     {@code afterClose} is not run then, but for one that comes back after the limit
   */
  LoadedModel load(VerifiedBundle bundle, String version, Runnable afterClose) {
    return limit.load(version, () -> contained(bundle, version, afterClose));
  }

  private LoadedModel contained(VerifiedBundle bundle, String version, Runnable afterClose) {
    try {
      return check(bundle, version, afterClose);
    } catch (ModelRefusedException e) {
      throw e;
    } catch (IOException
        | JacksonException
        | UnusableNetworkException
        | IllegalArgumentException e) {
      throw new ModelRefusedException(String.valueOf(e.getMessage()), e);
    } catch (RuntimeException | LinkageError | OutOfMemoryError | StackOverflowError e) {
      // A bundle comes from outside: what it breaks in the engine must not end what serves.
      throw new ModelRefusedException("Expected a bundle that loads here, found " + e, e);
    }
  }

  private LoadedModel check(VerifiedBundle bundle, String version, Runnable afterClose)
      throws IOException {
    BundleManifest manifest = bundle.manifest();
    Preprocessing preprocessing = preprocessing(manifest.input());
    LabelSet labels = LabelSet.read(bundle.file("labels.json"));
    Calibration calibration = Calibration.read(bundle.file("calibration.json"));
    require("gate weights", manifest.embeddingSize(), calibration.gate().weights().length);
    Prior prior = bundle.has(PRIOR) ? Prior.read(bundle.file(PRIOR)) : null;
    SafetyPolicy policy = new SafetyPolicy(labels, calibration, catalogue, prior);
    Metrics metrics =
        bundle.has("metrics.json")
            ? Metrics.read(Files.readAllBytes(bundle.file("metrics.json")), version)
            : Metrics.NONE;
    GoldenCases golden = GoldenCases.read(bundle.file("golden.json"));

    Classifier classifier =
        classifier(
            bundle,
            opened -> {
              check(opened, manifest, preprocessing, labels);
              golden.check(opened, preprocessing, decoder);
              threads.onEach(() -> check(opened, manifest, preprocessing, labels));
            },
            preprocessing.size());
    return new LoadedModel(
        version, bundle, preprocessing, labels, policy, classifier, metrics, afterClose);
  }

  /** The network, or its twin for the faster engine where there is one that answers the same. */
  private Classifier classifier(VerifiedBundle bundle, Consumer<Classifier> check, int size) {
    if (bundle.has(TWIN)) {
      try {
        return open(bundle.file(TWIN), check, size);
      } catch (UnusableNetworkException | ModelRefusedException e) {
        log.warn("{} is not used, the slower model.pt is: {}", TWIN, e.getMessage());
      }
    }
    return open(bundle.file("model.pt"), check, size);
  }

  private Classifier open(Path file, Consumer<Classifier> check, int size) {
    Classifier classifier = classifiers.open(file, size);
    try {
      check.accept(classifier);
      return classifier;
    } catch (RuntimeException | Error e) {
      classifier.close();
      throw e;
    }
  }

  private static void check(
      Classifier classifier,
      BundleManifest manifest,
      Preprocessing preprocessing,
      LabelSet labels) {
    float[] black = new float[3 * preprocessing.size() * preprocessing.size()];
    for (int call = 0; call < WARM_UP_CALLS; call++) {
      Scores scores = classifier.classify(black);
      require("logits", labels.size(), scores.logits().length);
      require("embedding values", manifest.embeddingSize(), scores.embedding().length);
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
