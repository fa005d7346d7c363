package app.mushroom.trainer.promotion;

import app.mushroom.storage.model.VerifiedBundle;
import app.mushroom.trainer.publishing.GoldenCases;
import app.mushroom.trainer.publishing.Twin;
import app.mushroom.trainer.training.BundledNetwork;
import app.mushroom.trainer.training.TwinNetwork;
import app.mushroom.vision.Preprocessing;
import java.io.IOException;
import java.util.List;

/**
 * Asks the network of a bundle its golden inputs again: the bundle as it came back from the store,
 * decoded, preprocessed and loaded anew. A server does the same before it serves.
 */
final class GoldenReplay {

  private static final String FILE = "golden.json";

  /** Whether the bundle answers as it promises; the check's sentence tells what differs. */
  Check check(VerifiedBundle bundle) {
    try {
      GoldenCases.Document golden = read(bundle);
      Preprocessing preprocessing = BundleInput.preprocessing(bundle.manifest().input());
      try (BundledNetwork network = BundledNetwork.open(bundle.file("model.pt"))) {
        GoldenCases.require(
            golden,
            preprocessing,
            golden.tolerance(),
            batch -> network.outputs(List.of(batch).iterator(), 1, done -> {}));
      }
      // Servers prefer the twin where there is one.
      if (bundle.has(Twin.FILE)) {
        try (TwinNetwork twin = TwinNetwork.open(bundle.file(Twin.FILE))) {
          GoldenCases.require(golden, preprocessing, golden.tolerance(), twin::outputs);
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
}
