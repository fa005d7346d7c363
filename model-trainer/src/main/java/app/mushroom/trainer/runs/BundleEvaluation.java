package app.mushroom.trainer.runs;

import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.storage.dataset.DatasetVersion;
import app.mushroom.storage.model.DatasetReference;
import app.mushroom.storage.model.ImageInput;
import app.mushroom.storage.model.VerifiedBundle;
import app.mushroom.trainer.dataset.BatchLoader;
import app.mushroom.trainer.dataset.CheckedPhotos;
import app.mushroom.trainer.dataset.LabelIndex;
import app.mushroom.trainer.dataset.PhotoCheck;
import app.mushroom.trainer.dataset.PhotoSource;
import app.mushroom.trainer.evaluation.Examination;
import app.mushroom.trainer.evaluation.Figures;
import app.mushroom.trainer.evaluation.LabelledOutputs;
import app.mushroom.trainer.evaluation.TrainingPhotos;
import app.mushroom.trainer.training.BundledNetwork;
import app.mushroom.trainer.training.Outputs;
import app.mushroom.vision.Preprocessing;
import app.mushroom.vision.decision.Calibration;
import app.mushroom.vision.decision.LabelSet;
import app.mushroom.vision.species.SpeciesCatalogue;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Measures a published bundle, as it is served, on photos of a dataset. */
public final class BundleEvaluation {

  private static final int BATCH = 16;
  private static final int LOADER_THREADS = 2;

  private final VerifiedBundle bundle;
  private final SpeciesCatalogue catalogue;
  private final Console console;

  /** What to do with mushrooms whose label the bundle does not know. */
  public enum UnknownLabels {
    /** Refuse to evaluate. */
    FAIL,
    /** Leave them out of the figures, and examine them as what they are: unknown species. */
    SKIP
  }

  public BundleEvaluation(VerifiedBundle bundle, SpeciesCatalogue catalogue, Console console) {
    this.bundle = bundle;
    this.catalogue = catalogue;
    this.console = console;
  }

  /**
   * @param photos of labels that the bundle knows, or of anything but mushrooms
   * @throws IllegalArgumentException if a photo has another label; the message names them all
   */
  public Figures evaluate(PhotoSource source, List<DatasetPhoto> photos) throws IOException {
    return examine(source, photos, UnknownLabels.FAIL).figures();
  }

  /**
   * @throws IOException if the network cannot be loaded or answers with something else, or more
   *     than 5 % of the photos cannot be read
   * @throws IllegalArgumentException if photos have a label that the bundle does not know, and are
   *     not to be skipped; the message names them all
   */
  public Examination examine(
      PhotoSource source, List<DatasetPhoto> photos, UnknownLabels unknownLabels)
      throws IOException {
    LabelSet labels = LabelSet.read(bundle.file("labels.json"));
    Calibration calibration = Calibration.read(bundle.file("calibration.json"));
    LabelIndex index = LabelIndex.ofNames(labels.labels().stream().map(l -> l.label()).toList());
    int[] wanted = photos.stream().mapToInt(photo -> truth(index, photo)).toArray();
    if (unknownLabels == UnknownLabels.FAIL) {
      requireKnown(photos, wanted);
    }
    List<DatasetPhoto> readable = readable(source, photos);
    int[] truth = readable.stream().mapToInt(photo -> truth(index, photo)).toArray();
    try (BundledNetwork network = BundledNetwork.open(bundle.file("model.pt"));
        BatchLoader loader = new BatchLoader(source, index, preprocessing(), LOADER_THREADS)) {
      Outputs outputs =
          network.outputs(
              loader.plain(readable, BATCH),
              readable.size(),
              done -> console.progress("photos", done, readable.size(), ""));
      return Examination.of(
              labels,
              calibration,
              catalogue,
              readable,
              new LabelledOutputs(outputs.logits(), outputs.embeddings(), truth))
          .without(photos.size() - readable.size());
    }
  }

  /** A photo that cannot be read is no reason to know nothing of the others. */
  private List<DatasetPhoto> readable(PhotoSource source, List<DatasetPhoto> photos)
      throws IOException {
    CheckedPhotos checked =
        new PhotoCheck(source, LOADER_THREADS)
            .check(photos, done -> console.progress("reading", done, photos.size(), ""));
    if (checked.tooManyUnreadable()) {
      throw new IOException(
          "Expected at most %.0f %% of the photos to be unreadable, found %d of %d:%n%s"
              .formatted(
                  100 * CheckedPhotos.MOST_UNREADABLE,
                  checked.unreadable().size(),
                  checked.total(),
                  TooManyUnreadableException.first(checked)));
    }
    if (!checked.unreadable().isEmpty()) {
      console.say(
          "Going on without %d of %d photos that cannot be read:%n%s"
              .formatted(
                  checked.unreadable().size(),
                  checked.total(),
                  TooManyUnreadableException.first(checked)));
    }
    return checked.readable();
  }

  /** What the bundle learned from, if that very dataset version lies in the store. */
  public Optional<TrainingPhotos> trainingPhotos(DatasetRepository datasets) throws IOException {
    DatasetReference learned = bundle.manifest().dataset();
    if (!datasets.versions(learned.name()).contains(learned.version())) {
      return Optional.empty();
    }
    DatasetVersion version = datasets.read(learned.name(), learned.version());
    return version.card().manifestSha256().equals(learned.manifestSha256())
        ? Optional.of(TrainingPhotos.of(version))
        : Optional.empty();
  }

  /** How the bundle wants its photos. */
  public Preprocessing preprocessing() {
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

  private static int truth(LabelIndex index, DatasetPhoto photo) {
    int label = index.indexOf(photo);
    return label < 0 && !photo.label().equals(LabelIndex.NOT_MUSHROOM)
        ? LabelledOutputs.UNKNOWN
        : label;
  }

  private void requireKnown(List<DatasetPhoto> photos, int[] truth) {
    Map<String, Integer> unknown = new TreeMap<>();
    for (int i = 0; i < truth.length; i++) {
      if (truth[i] == LabelledOutputs.UNKNOWN) {
        unknown.merge(photos.get(i).label(), 1, Integer::sum);
      }
    }
    if (!unknown.isEmpty()) {
      int count = unknown.values().stream().mapToInt(Integer::intValue).sum();
      throw new IllegalArgumentException(
          "Expected only labels that model "
              + bundle.manifest().name()
              + " version "
              + bundle.manifest().version()
              + " knows, found "
              + count
              + " photographs of others: "
              + unknown
              + ". To measure it on the rest, and see what it says to these, add --unknown-labels"
              + " skip; or train on this dataset.");
    }
  }
}
