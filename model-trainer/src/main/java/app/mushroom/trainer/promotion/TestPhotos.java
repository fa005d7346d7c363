package app.mushroom.trainer.promotion;

import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.DatasetRejectedException;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.storage.dataset.LabelRank;
import app.mushroom.storage.dataset.Split;
import app.mushroom.storage.model.DatasetReference;
import app.mushroom.trainer.dataset.CheckedPhotos;
import app.mushroom.trainer.dataset.PhotoCheck;
import app.mushroom.trainer.dataset.PhotoSource;
import app.mushroom.trainer.dataset.UnreadablePhoto;
import app.mushroom.trainer.runs.SeenPhotos;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The photos that versions are measured on: the test split of the dataset version that the new one
 * learned from, without those that the champion learned from, or the versions that the new one was
 * made of.
 *
 * @param photos of mushrooms, at least one
 * @param others of anything else
 * @param seenByChampion how many mushrooms were left out since the champion was trained or tuned on
 *     them, or on another photo of the same find
 * @param seenByCandidate how many more, since the new version's ingredients or teachers were
 * @param unreadable those left out since they cannot be read
 */
record TestPhotos(
    PhotoSource source,
    List<DatasetPhoto> photos,
    List<DatasetPhoto> others,
    int seenByChampion,
    int seenByCandidate,
    List<UnreadablePhoto> unreadable) {

  private static final int THREADS = 2;
  private static final int NAMED = 5;

  TestPhotos {
    photos = List.copyOf(photos);
    others = List.copyOf(others);
    unreadable = List.copyOf(unreadable);
  }

  /** Mushrooms first, then the others. */
  List<DatasetPhoto> all() {
    List<DatasetPhoto> all = new ArrayList<>(photos);
    all.addAll(others);
    return all;
  }

  /**
   * @param candidate what the new version learned from
   * @param champion everything that the champion learned from; empty without champion
   * @param ancestors what the new version's ingredients and teachers learned from
   * @throws IOException if there is nothing to measure on, or the store cannot be asked; the
   *     message tells why
   */
  static TestPhotos choose(
      DatasetRepository datasets,
      DatasetReference candidate,
      Set<DatasetReference> champion,
      Set<DatasetReference> ancestors)
      throws IOException {
    List<DatasetPhoto> test =
        SeenPhotos.read(datasets, candidate).photos().stream()
            .filter(photo -> photo.split() == Split.TEST)
            .toList();
    if (mushrooms(test).isEmpty()) {
      throw new IOException("%s has no test photos of mushrooms.".formatted(words(candidate)));
    }
    List<DatasetPhoto> unseen = without(test, seenByChampion(datasets, candidate, champion));
    if (mushrooms(unseen).isEmpty()) {
      throw new IOException(
          "the champion was trained or tuned on all %d test photos of %s."
              .formatted(mushrooms(test).size(), words(candidate)));
    }
    List<DatasetPhoto> fresh = without(unseen, seenByCandidate(datasets, candidate, ancestors));
    if (mushrooms(fresh).isEmpty()) {
      throw new IOException(
          "what the new version was made of was trained or tuned on all %d test photos of %s that are left."
              .formatted(mushrooms(unseen).size(), words(candidate)));
    }
    PhotoSource source = new PhotoSource(datasets, candidate.name());
    CheckedPhotos checked = readable(source, fresh);
    return new TestPhotos(
        source,
        mushrooms(checked.readable()),
        checked.readable().stream().filter(photo -> photo.rank() == LabelRank.NONE).toList(),
        mushrooms(test).size() - mushrooms(unseen).size(),
        mushrooms(unseen).size() - mushrooms(fresh).size(),
        checked.unreadable());
  }

  private static List<DatasetPhoto> mushrooms(List<DatasetPhoto> photos) {
    return photos.stream().filter(photo -> photo.rank() != LabelRank.NONE).toList();
  }

  private static List<DatasetPhoto> without(List<DatasetPhoto> photos, SeenPhotos seen) {
    return photos.stream().filter(photo -> !seen.contains(photo)).toList();
  }

  private static SeenPhotos seenByChampion(
      DatasetRepository datasets, DatasetReference candidate, Set<DatasetReference> champion)
      throws IOException {
    SeenPhotos seen = new SeenPhotos(datasets, candidate.name());
    for (DatasetReference learned : champion) {
      if (!learned.equals(candidate)) {
        try {
          seen.add(learned);
        } catch (DatasetRejectedException e) {
          // Not in this store: what the champion has seen can only help it.
        }
      }
    }
    return seen;
  }

  private static SeenPhotos seenByCandidate(
      DatasetRepository datasets, DatasetReference candidate, Set<DatasetReference> ancestors)
      throws IOException {
    SeenPhotos seen = new SeenPhotos(datasets, candidate.name());
    for (DatasetReference learned : ancestors) {
      if (!learned.equals(candidate)) {
        try {
          seen.add(learned);
        } catch (DatasetRejectedException e) {
          throw new IOException(
              "the new version was made of one that learned from %s, which is not here to tell which test photos it has seen: %s"
                  .formatted(words(learned), e.getMessage()),
              e);
        }
      }
    }
    return seen;
  }

  private static CheckedPhotos readable(PhotoSource source, List<DatasetPhoto> photos)
      throws IOException {
    CheckedPhotos checked = new PhotoCheck(source, THREADS).check(photos, done -> {});
    if (checked.tooManyUnreadable()) {
      throw new IOException(
          "%d of %d test photos cannot be read:%n%s"
              .formatted(
                  checked.unreadable().size(), checked.total(), names(checked.unreadable())));
    }
    return checked;
  }

  /** The first of them, a line each. */
  static String names(List<UnreadablePhoto> photos) {
    return photos.stream()
        .limit(NAMED)
        .map(photo -> "  " + photo)
        .collect(Collectors.joining(System.lineSeparator()));
  }

  private static String words(DatasetReference dataset) {
    return "dataset " + dataset.name() + " version " + dataset.version();
  }
}
