package app.mushroom.collector.report;

import app.mushroom.collector.versions.VersionDiff;
import app.mushroom.collector.versions.VersionDiff.Change;
import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.DatasetVersion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a version has that the one before has not.
 *
 * @param brief in a few words
 * @param sentences in full
 * @param added the new photos; all of them in a first version
 */
record Changes(String brief, List<String> sentences, List<DatasetPhoto> added) {
  private static final int NAMED = 12;

  static Changes of(List<DatasetPhoto> photos, Optional<DatasetVersion> before) {
    if (before.isEmpty()) {
      return new Changes(
          "all of them new", List.of("This is the first version: everything is new."), photos);
    }
    int earlier = before.get().card().version();
    VersionDiff diff =
        VersionDiff.of(before.get(), new DatasetVersion(before.get().card(), photos));
    if (diff.isEmpty()) {
      return new Changes(
          "none new since version " + earlier,
          List.of("The same photos as in version " + earlier + "."),
          List.of());
    }
    return new Changes(
        Words.number(diff.added().size()) + " new since version " + earlier,
        sentences(photos, before.get(), diff),
        diff.added());
  }

  private static List<String> sentences(
      List<DatasetPhoto> photos, DatasetVersion before, VersionDiff diff) {
    List<String> sentences = new ArrayList<>();
    sentences.add(
        "Since version %d: %s added, %s removed."
            .formatted(
                before.card().version(),
                Words.count(diff.added().size(), "photo"),
                Words.number(diff.removed().size())));
    TreeSet<String> labels = labels(photos);
    labels.removeAll(labels(before.photos()));
    if (!labels.isEmpty()) {
      sentences.add(
          (labels.size() == 1 ? "A new label: " : Words.number(labels.size()) + " new labels: ")
              + Words.list(List.copyOf(labels), NAMED)
              + ".");
    }
    TreeSet<String> gone = labels(before.photos());
    gone.removeAll(labels(photos));
    if (!gone.isEmpty()) {
      sentences.add("Labels without a photo now: " + Words.list(List.copyOf(gone), NAMED) + ".");
    }
    List<String> most =
        diff.byLabel().entrySet().stream()
            .filter(label -> label.getValue() > 0)
            .sorted(
                Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .map(label -> label.getKey() + " +" + Words.number(label.getValue()))
            .toList();
    if (!most.isEmpty()) {
      sentences.add("Photos by label: " + Words.list(most, NAMED) + ".");
    }
    long relabelled = diff.changed().stream().filter(Change::isRelabelled).count();
    if (relabelled > 0) {
      sentences.add(
          "Photos under another label than before: " + Words.number((int) relabelled) + ".");
    }
    long moved = diff.changed().stream().filter(Change::isMoved).count();
    if (moved > 0) {
      sentences.add(
          "Photos in another split than before, so that figures of the two versions cannot be"
              + " compared: "
              + Words.number((int) moved)
              + ".");
    }
    return sentences;
  }

  private static TreeSet<String> labels(Collection<DatasetPhoto> photos) {
    return photos.stream().map(DatasetPhoto::label).collect(Collectors.toCollection(TreeSet::new));
  }
}
