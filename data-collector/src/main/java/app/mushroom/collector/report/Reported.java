package app.mushroom.collector.report;

import app.mushroom.collector.dataset.QualityFindings;
import app.mushroom.collector.dataset.Refusal;
import app.mushroom.storage.dataset.DatasetCard;
import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.DatasetQuality;
import app.mushroom.storage.dataset.DatasetVersion;
import app.mushroom.storage.dataset.PictureFindings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a report tells of.
 *
 * @param card of the version; null where none was made
 * @param photos of the version as it is, or would be
 * @param before the version that it grew from
 * @param refusals one by one; empty where only the card counts them
 * @param notes sentences that people should read
 */
record Reported(
    String dataset,
    @Nullable DatasetCard card,
    List<DatasetPhoto> photos,
    Optional<DatasetVersion> before,
    QualityFindings findings,
    List<Refusal> refusals,
    List<String> notes) {

  Reported {
    photos = List.copyOf(photos);
    refusals = List.copyOf(refusals);
    notes = List.copyOf(notes);
  }

  String title() {
    return dataset + (card == null ? ": what would be a version" : ", version " + card.version());
  }

  /** Pairs under two labels that were counted when the version was made. */
  int conflictsCounted() {
    DatasetQuality quality = card == null ? null : card.quality();
    PictureFindings pictures = quality == null ? null : quality.pictures();
    return pictures == null ? 0 : pictures.conflictingPairs();
  }

  /** What there is to say where no such pair can be shown. */
  String withoutConflicts() {
    return conflictsCounted() == 0
        ? "No photos that look the same were found under labels that contradict each other."
        : "When the version was made, %s of photos that look the same under labels that contradict each other were found and left out; they can no longer be shown here."
            .formatted(Words.count(conflictsCounted(), "pair"));
  }

  /** Photos left out, by reason. */
  Map<String, Integer> refused() {
    return card == null || !refusals.isEmpty() ? Refusal.counts(refusals) : card.refused();
  }
}
