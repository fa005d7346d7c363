package app.mushroom.collector.imports;

import app.mushroom.collector.dataset.QualityFindings;
import app.mushroom.collector.dataset.Refusal;
import app.mushroom.storage.dataset.DatasetCard;
import app.mushroom.storage.dataset.DatasetPhoto;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an import did.
 *
 * @param ending how it ended
 * @param offered photos that the lists and folders named
 * @param photos of the version as it is, or would be; empty when stopped
 * @param added photos among these that the version before does not hold
 * @param duplicates offered photos that were the same as another under the same label
 * @param refusals in the order of the input
 * @param findings what people should look at
 * @param notes sentences that people should read
 * @param card of the version that holds these photos; null when none was published
 */
public record ImportOutcome(
    Ending ending,
    int offered,
    List<DatasetPhoto> photos,
    int added,
    int duplicates,
    List<Refusal> refusals,
    QualityFindings findings,
    List<String> notes,
    @Nullable DatasetCard card) {

  /** How an import can end. */
  public enum Ending {
    /** A new version was published. */
    PUBLISHED,
    /** The latest version already says all this; none was published. */
    UNCHANGED,
    /** Nothing was written, as asked. */
    DRY_RUN,
    /** More photos were refused than may be; none was published. */
    TOO_MANY_REFUSED,
    /** Stopped on request; what was done is kept for the next run. */
    STOPPED
  }

  public ImportOutcome {
    photos = List.copyOf(photos);
    refusals = List.copyOf(refusals);
    notes = List.copyOf(notes);
  }

  /** Refused photos by reason. */
  public Map<String, Integer> refused() {
    return Refusal.counts(refusals);
  }
}
