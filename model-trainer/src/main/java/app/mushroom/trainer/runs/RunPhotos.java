package app.mushroom.trainer.runs;

import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.DatasetVersion;
import app.mushroom.storage.dataset.LabelRank;
import app.mushroom.storage.dataset.Split;
import app.mushroom.trainer.dataset.LabelIndex;
import app.mushroom.vision.decision.LabelSet;
import app.mushroom.vision.species.SpeciesCatalogue;
import java.util.List;

/** The photos a run works on, split by split, and the labels they carry. */
final class RunPhotos {

  private final List<DatasetPhoto> photos;
  private final LabelIndex labels;
  private final LabelSet labelSet;

  RunPhotos(DatasetVersion dataset, SpeciesCatalogue catalogue) {
    this.photos = dataset.photos();
    this.labels = LabelIndex.of(photos);
    this.labelSet = Labels.of(labels, photos, catalogue);
  }

  /** All photos of a split, those of anything but mushrooms included. */
  List<DatasetPhoto> of(Split split) {
    return photos.stream().filter(photo -> photo.split() == split).toList();
  }

  List<DatasetPhoto> mushrooms(Split split) {
    return of(split).stream().filter(photo -> photo.rank() != LabelRank.NONE).toList();
  }

  LabelIndex labels() {
    return labels;
  }

  LabelSet labelSet() {
    return labelSet;
  }

  /** For each label whether its toxicity counts as poisonous. */
  boolean[] poisonous() {
    boolean[] poisonous = new boolean[labels.size()];
    for (int i = 0; i < poisonous.length; i++) {
      poisonous[i] = labelSet.get(i).toxicity().isPoisonous();
    }
    return poisonous;
  }
}
