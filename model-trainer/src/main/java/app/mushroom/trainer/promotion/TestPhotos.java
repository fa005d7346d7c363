package app.mushroom.trainer.promotion;

import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.DatasetRejectedException;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.storage.dataset.DatasetVersion;
import app.mushroom.storage.dataset.LabelRank;
import app.mushroom.storage.dataset.Split;
import app.mushroom.storage.model.DatasetReference;
import app.mushroom.trainer.dataset.PhotoSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The mushroom photos that two versions are compared on: the test split of the dataset version that
 * the new one learned from, without those that the champion learned from.
 *
 * @param photos at least one
 * @param seenByChampion how many were left out since the champion was trained or tuned on them, or
 *     on another photo of the same find
 * @param unreadable how many were left out since they cannot be read
 */
record TestPhotos(
    PhotoSource source, List<DatasetPhoto> photos, int seenByChampion, int unreadable) {

  /** As in training: more are a fault of the dataset, not of a few photos. */
  private static final double MOST_UNREADABLE = 0.05;

  TestPhotos {
    photos = List.copyOf(photos);
  }

  /**
   * @throws IOException if there is nothing to compare on; the message tells why
   */
  static TestPhotos choose(
      DatasetRepository datasets, DatasetReference candidate, DatasetReference champion)
      throws IOException {
    List<DatasetPhoto> test =
        read(datasets, candidate).photos().stream()
            .filter(photo -> photo.split() == Split.TEST && photo.rank() != LabelRank.NONE)
            .toList();
    if (test.isEmpty()) {
      throw new IOException("%s has no test photos of mushrooms.".formatted(words(candidate)));
    }
    Set<String> seen = candidate.equals(champion) ? Set.of() : seen(datasets, candidate, champion);
    List<DatasetPhoto> unseen =
        test.stream()
            .filter(photo -> !seen.contains(photo.sha256()) && !seen.contains(find(photo)))
            .toList();
    if (unseen.isEmpty()) {
      throw new IOException(
          "the champion was trained or tuned on all %d test photos of %s."
              .formatted(test.size(), words(candidate)));
    }
    PhotoSource source = new PhotoSource(datasets, candidate.name());
    List<DatasetPhoto> readable = readable(source, unseen);
    return new TestPhotos(
        source, readable, test.size() - unseen.size(), unseen.size() - readable.size());
  }

  private static DatasetVersion read(DatasetRepository datasets, DatasetReference wanted)
      throws IOException {
    DatasetVersion version = datasets.read(wanted.name(), wanted.version());
    if (!version.card().manifestSha256().equals(wanted.manifestSha256())) {
      throw new IOException(
          "expected %s with manifest SHA-256 %s as the version learned from it, found %s."
              .formatted(words(wanted), wanted.manifestSha256(), version.card().manifestSha256()));
    }
    return version;
  }

  /** Hashes and finds that the champion's training or its choices on val have seen. */
  private static Set<String> seen(
      DatasetRepository datasets, DatasetReference candidate, DatasetReference champion)
      throws IOException {
    Set<String> seen = new HashSet<>();
    try {
      for (DatasetPhoto photo : read(datasets, champion).photos()) {
        if (photo.split() != Split.TEST) {
          seen.add(photo.sha256());
          if (champion.name().equals(candidate.name())) {
            seen.add(find(photo)); // groups of different datasets share nothing but numbers
          }
        }
      }
    } catch (DatasetRejectedException e) {
      // Not in this store: what the champion has seen can only help it.
      return Set.of();
    }
    return seen;
  }

  private static String find(DatasetPhoto photo) {
    return "find " + photo.group();
  }

  private static List<DatasetPhoto> readable(PhotoSource source, List<DatasetPhoto> photos)
      throws IOException {
    List<DatasetPhoto> readable = new ArrayList<>();
    IOException last = null;
    for (DatasetPhoto photo : photos) {
      try {
        source.read(photo);
        readable.add(photo);
      } catch (IOException e) {
        last = e;
      }
    }
    int unreadable = photos.size() - readable.size();
    if (last != null && unreadable > MOST_UNREADABLE * photos.size()) {
      throw new IOException(
          "%d of %d test photos cannot be read, the last: %s"
              .formatted(unreadable, photos.size(), last.getMessage()),
          last);
    }
    return readable;
  }

  private static String words(DatasetReference dataset) {
    return "dataset " + dataset.name() + " version " + dataset.version();
  }
}
