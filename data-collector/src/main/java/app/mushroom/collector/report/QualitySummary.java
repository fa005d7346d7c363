package app.mushroom.collector.report;

import app.mushroom.storage.dataset.DatasetQuality;
import app.mushroom.storage.dataset.PictureFindings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The quality report of a version's card for the terminal. */
public final class QualitySummary {
  private static final int NAMED = 5;

  private QualitySummary() {}

  /** One line each; none where the card is of before quality was looked at. */
  public static List<String> of(@Nullable DatasetQuality quality) {
    if (quality == null) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        "%s; %d to %d photos a label, the middle one %d; shorter sides of %d to %d pixels, the middle one %d."
            .formatted(
                Words.count(quality.finds(), "find"),
                quality.photosPerLabel().min(),
                quality.photosPerLabel().max(),
                quality.photosPerLabel().median(),
                quality.shorterSide().min(),
                quality.shorterSide().max(),
                quality.shorterSide().median()));
    without(lines, "val", quality.labelsWithoutVal());
    without(lines, "test", quality.labelsWithoutTest());
    if (quality.withoutAttribution() > 0) {
      lines.add(Words.count(quality.withoutAttribution(), "photo") + " without an author.");
    }
    PictureFindings pictures = quality.pictures();
    if (pictures == null) {
      lines.add("Nobody compared the pictures with one another.");
    } else {
      lines.add(
          "%s that look alike, %d of them across labels and %d across splits; %s under two labels that contradict each other: new ones are left out."
              .formatted(
                  Words.count(pictures.nearDuplicatePairs(), "pair"),
                  pictures.acrossLabels(),
                  pictures.acrossSplits(),
                  Words.count(pictures.conflictingPairs(), "pair")));
      pictures
          .review()
          .forEach(
              (word, count) ->
                  lines.add(
                      "To look at, %s: %s. See --review."
                          .formatted(Printable.of(word), Words.count(count, "photo"))));
    }
    return lines;
  }

  private static void without(List<String> lines, String split, List<String> labels) {
    if (!labels.isEmpty()) {
      lines.add(
          "%s without a photo in %s: %s."
              .formatted(Words.count(labels.size(), "label"), split, Words.list(labels, NAMED)));
    }
  }
}
