package app.mushroom.trainer.promotion;

import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.model.VerifiedBundle;
import app.mushroom.trainer.dataset.BatchLoader;
import app.mushroom.trainer.dataset.LabelIndex;
import app.mushroom.trainer.dataset.PhotoSource;
import app.mushroom.trainer.training.BundledNetwork;
import app.mushroom.trainer.training.Outputs;
import app.mushroom.vision.Preprocessing;
import app.mushroom.vision.decision.Assessment;
import app.mushroom.vision.decision.Calibration;
import app.mushroom.vision.decision.LabelSet;
import app.mushroom.vision.decision.PoisonFlag;
import app.mushroom.vision.decision.SafetyPolicy;
import app.mushroom.vision.species.SpeciesCatalogue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * What a version answers for each photo, decided by the policy that serving uses.
 *
 * @param named the likeliest label
 * @param flags what is said about poison
 * @param refused whether the gate took it for no mushroom
 */
record PhotoOutcomes(List<String> named, List<PoisonFlag> flags, List<Boolean> refused) {

  private static final int BATCH = 16;
  private static final int LOADER_THREADS = 2;

  PhotoOutcomes {
    named = List.copyOf(named);
    flags = List.copyOf(flags);
    refused = List.copyOf(refused);
    if (named.size() != flags.size() || named.size() != refused.size()) {
      throw new IllegalArgumentException(
          "expected a label, a flag and the gate's word for each photo, found "
              + named.size()
              + ", "
              + flags.size()
              + " and "
              + refused.size());
    }
  }

  /** Those of some photos. */
  PhotoOutcomes rows(int[] rows) {
    return new PhotoOutcomes(
        Arrays.stream(rows).mapToObj(named::get).toList(),
        Arrays.stream(rows).mapToObj(flags::get).toList(),
        Arrays.stream(rows).mapToObj(refused::get).toList());
  }

  /**
   * Asks a bundle, as it would be served.
   *
   * @param photos whose labels the bundle need not know
   * @throws IOException if a photo cannot be read, or the network cannot be loaded or answers with
   *     numbers that no policy can judge
   */
  static PhotoOutcomes of(
      VerifiedBundle bundle,
      SpeciesCatalogue catalogue,
      PhotoSource source,
      List<DatasetPhoto> photos,
      IntConsumer progress)
      throws IOException {
    LabelSet labels = LabelSet.read(bundle.file("labels.json"));
    SafetyPolicy policy =
        new SafetyPolicy(labels, Calibration.read(bundle.file("calibration.json")), catalogue);
    LabelIndex index = LabelIndex.ofNames(labels.labels().stream().map(l -> l.label()).toList());
    Preprocessing preprocessing = BundleInput.preprocessing(bundle.manifest().input());
    try (BundledNetwork network = BundledNetwork.open(bundle.file("model.pt"));
        BatchLoader loader = new BatchLoader(source, index, preprocessing, LOADER_THREADS)) {
      Outputs outputs = network.outputs(loader.plain(photos, BATCH), photos.size(), progress);
      return decide(outputs, policy, index);
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static PhotoOutcomes decide(Outputs outputs, SafetyPolicy policy, LabelIndex index)
      throws IOException {
    int photos = outputs.logits().length;
    String[] named = new String[photos];
    PoisonFlag[] flags = new PoisonFlag[photos];
    Boolean[] refused = new Boolean[photos];
    for (int row = 0; row < photos; row++) {
      Assessment answer;
      try {
        answer = policy.assess(outputs.logits()[row], outputs.embeddings()[row]);
      } catch (IllegalArgumentException e) {
        throw new IOException(e.getMessage(), e); // NaN, or files that do not belong together
      }
      named[row] = index.labels().get(answer.ranking()[0]);
      flags[row] = answer.flag();
      refused[row] = !answer.isMushroom();
    }
    return new PhotoOutcomes(List.of(named), List.of(flags), List.of(refused));
  }
}
