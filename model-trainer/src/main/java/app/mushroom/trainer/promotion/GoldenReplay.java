package app.mushroom.trainer.promotion;

import app.mushroom.storage.model.VerifiedBundle;
import app.mushroom.trainer.dataset.Batch;
import app.mushroom.trainer.publishing.GoldenCases;
import app.mushroom.trainer.training.BundledNetwork;
import app.mushroom.trainer.training.Outputs;
import app.mushroom.vision.Preprocessing;
import app.mushroom.vision.photo.PhotoDecoder;
import app.mushroom.vision.photo.PhotoRejectedException;
import java.io.IOException;
import java.util.Base64;
import java.util.List;

/**
 * Asks the network of a bundle its golden inputs again: the bundle as it came back from the store,
 * decoded, preprocessed and loaded anew. A server does the same before it serves.
 */
final class GoldenReplay {

  private static final String FILE = "golden.json";

  private final PhotoDecoder decoder = new PhotoDecoder();

  /** Whether the bundle answers as it promises; the check's sentence tells what differs. */
  Check check(VerifiedBundle bundle) {
    try {
      GoldenCases.Document golden = read(bundle);
      try (BundledNetwork network = BundledNetwork.open(bundle.file("model.pt"))) {
        Preprocessing preprocessing = BundleInput.preprocessing(bundle.manifest().input());
        for (GoldenCases.Case each : golden.cases()) {
          replay(each, golden.tolerance(), network, preprocessing);
        }
      }
      return Check.passed(
          Check.GOLDEN,
          "Golden inputs: fetched back from the store, the version answers all "
              + golden.cases().size()
              + " as promised (within "
              + golden.tolerance()
              + ").");
    } catch (IOException e) {
      return Check.failed(Check.GOLDEN, "Golden inputs do not reproduce: " + e.getMessage());
    }
  }

  private static GoldenCases.Document read(VerifiedBundle bundle) throws IOException {
    if (!bundle.has(FILE)) {
      throw new IOException("the bundle has no " + FILE + ".");
    }
    return GoldenCases.read(bundle.file(FILE));
  }

  private void replay(
      GoldenCases.Case each, double tolerance, BundledNetwork network, Preprocessing preprocessing)
      throws IOException {
    float[] pixels;
    try {
      byte[] encoded = Base64.getDecoder().decode(each.imageBase64());
      pixels = preprocessing.toTensor(decoder.decode(encoded));
    } catch (PhotoRejectedException | IllegalArgumentException e) {
      throw new IOException(each.name() + " holds no readable photo: " + e.getMessage(), e);
    }
    Batch batch = new Batch(pixels, new float[0][], 1, preprocessing.size());
    Outputs found = network.outputs(List.of(batch).iterator(), 1, done -> {});
    requireSame(each.name() + " logits", each.logits(), found.logits()[0], tolerance);
    requireSame(each.name() + " embedding", each.embedding(), found.embeddings()[0], tolerance);
  }

  private static void requireSame(String what, float[] expected, float[] found, double tolerance)
      throws IOException {
    if (expected.length != found.length) {
      throw new IOException(
          "expected " + expected.length + " " + what + ", found " + found.length + ".");
    }
    for (int i = 0; i < expected.length; i++) {
      // Written so that NaN fails too.
      if (!(Math.abs(expected[i] - found[i]) <= tolerance)) {
        throw new IOException(
            "expected %s[%d] to be %s within %s, found %s."
                .formatted(what, i, expected[i], tolerance, found[i]));
      }
    }
  }
}
