package app.mushroom.trainer.dataset;

import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.LabelRank;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The labels a network tells apart, in the order of its outputs (alphabetical). */
public final class LabelIndex {

  /** The reserved label of photographs of anything but mushrooms; never a network output. */
  public static final String NOT_MUSHROOM = "not_mushroom";

  private final List<String> labels;
  private final Map<String, Integer> indices = new HashMap<>();

  private LabelIndex(List<String> labels) {
    this.labels = labels;
    for (int i = 0; i < labels.size(); i++) {
      indices.put(labels.get(i), i);
    }
  }

  public static LabelIndex of(Collection<DatasetPhoto> photos) {
    List<String> labels =
        photos.stream()
            .filter(photo -> photo.rank() != LabelRank.NONE)
            .map(DatasetPhoto::label)
            .distinct()
            .sorted()
            .toList();
    if (labels.size() < 2) {
      throw new IllegalArgumentException(
          "Expected photos of at least 2 labels to train on, found "
              + labels
              + ". Import more with: mushroom collect import");
    }
    return new LabelIndex(labels);
  }

  /** An index in the order of an existing network's outputs. */
  public static LabelIndex ofNames(List<String> labels) {
    return new LabelIndex(List.copyOf(labels));
  }

  public int size() {
    return labels.size();
  }

  public List<String> labels() {
    return labels;
  }

  /**
   * @return the output index of the photo's label, or -1 for {@link #NOT_MUSHROOM}
   */
  public int indexOf(DatasetPhoto photo) {
    return indices.getOrDefault(photo.label(), -1);
  }
}
