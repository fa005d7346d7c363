package app.mushroom.trainer.evaluation;

import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.DatasetVersion;
import app.mushroom.storage.dataset.Split;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a model learned from.
 *
 * @param byLabel photos of the train split
 * @param sha256 of each of them
 * @param groups near-duplicates of theirs share one of these
 */
public record TrainingPhotos(Map<String, Integer> byLabel, Set<String> sha256, Set<String> groups) {

  public static TrainingPhotos of(DatasetVersion dataset) {
    List<DatasetPhoto> train =
        dataset.photos().stream().filter(photo -> photo.split() == Split.TRAIN).toList();
    return new TrainingPhotos(
        train.stream()
            .collect(Collectors.groupingBy(DatasetPhoto::label, Collectors.summingInt(p -> 1))),
        train.stream().map(DatasetPhoto::sha256).collect(Collectors.toSet()),
        train.stream().map(DatasetPhoto::group).collect(Collectors.toSet()));
  }

  int of(String label) {
    return byLabel.getOrDefault(label, 0);
  }

  /** How many of the photos were trained on, themselves or a near-duplicate. */
  int among(Collection<DatasetPhoto> photos) {
    return (int)
        photos.stream()
            .filter(photo -> sha256.contains(photo.sha256()) || groups.contains(photo.group()))
            .count();
  }
}
