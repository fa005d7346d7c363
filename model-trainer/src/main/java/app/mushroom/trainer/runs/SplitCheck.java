package app.mushroom.trainer.runs;

import app.mushroom.storage.dataset.DatasetCard;
import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.Split;
import app.mushroom.trainer.training.Hyperparameters;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whether each split has the photos that training, calibration and measuring cannot do without. */
final class SplitCheck {

  private final DatasetCard dataset;
  private final RunPhotos photos;
  private final Hyperparameters settings;

  SplitCheck(DatasetCard dataset, RunPhotos photos, Hyperparameters settings) {
    this.dataset = dataset;
    this.photos = photos;
    this.settings = settings;
  }

  /**
   * @param console told if the dataset has no poisonous label at all
   * @throws IOException if a split lacks something; the message counts, and says what to do
   */
  void require(Console console) throws IOException {
    Set<String> poisonous = poisonousLabels();
    int train = photos.of(Split.TRAIN).size();
    int val = photos.mushrooms(Split.VAL).size();
    int test = photos.mushrooms(Split.TEST).size();
    int poisonousVal =
        (int) photos.of(Split.VAL).stream().filter(each -> isOneOf(poisonous, each)).count();
    List<String> expected = new ArrayList<>();
    if (photos.mushrooms(Split.TRAIN).isEmpty()) {
      expected.add("mushrooms in train, which are learned from");
    }
    if (settings.epochs() > 0 && train < settings.batchSize()) {
      expected.add(
          "at least batch-size, " + settings.batchSize() + ", photos in train to make a step of");
    }
    if (val == 0) {
      expected.add("mushrooms in val, by which epochs are compared and answers calibrated");
    }
    if (test == 0) {
      expected.add("mushrooms in test, on which the model is measured");
    }
    if (!poisonous.isEmpty() && val > 0 && poisonousVal == 0) {
      expected.add("photos of poisonous labels in val, by which the threshold for them is set");
    }
    if (!expected.isEmpty()) {
      throw new IOException(
          "Expected of dataset %s version %d: %s. Found: train %d photos, %d of them mushrooms; val %d mushrooms, %d of them of poisonous labels; test %d mushrooms; %d of %d labels are poisonous. Import more photos with mushroom collect import%s."
              .formatted(
                  dataset.name(),
                  dataset.version(),
                  String.join("; ", expected),
                  train,
                  photos.mushrooms(Split.TRAIN).size(),
                  val,
                  poisonousVal,
                  test,
                  poisonous.size(),
                  photos.labels().size(),
                  train >= 2 && train < settings.batchSize()
                      ? ", or start a new run with --batch-size " + train + " or less"
                      : ""));
    }
    if (poisonous.isEmpty()) {
      console.say(
          "None of the %d labels is poisonous: the model will know no mushroom to warn of, and cannot be measured on any."
              .formatted(photos.labels().size()));
    }
  }

  private Set<String> poisonousLabels() {
    boolean[] flags = photos.poisonous();
    Set<String> labels = new HashSet<>();
    for (int i = 0; i < flags.length; i++) {
      if (flags[i]) {
        labels.add(photos.labels().labels().get(i));
      }
    }
    return labels;
  }

  private static boolean isOneOf(Set<String> labels, DatasetPhoto photo) {
    return labels.contains(photo.label());
  }
}
