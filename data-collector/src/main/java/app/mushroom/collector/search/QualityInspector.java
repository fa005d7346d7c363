package app.mushroom.collector.search;

import app.mushroom.collector.quality.PerceptualHash;
import app.mushroom.collector.quality.PhotoCheck;
import app.mushroom.collector.quality.PhotoChecks;
import app.mushroom.collector.quality.ReviewFlag;
import app.mushroom.vision.photo.Photo;
import java.util.List;

/** Judges photos by {@link PhotoChecks}. */
public final class QualityInspector implements Inspector {
  private final PhotoChecks checks;

  public QualityInspector(PhotoChecks checks) {
    this.checks = checks;
  }

  @Override
  public Inspected inspect(Photo photo) {
    PhotoCheck check = checks.check(photo);
    if (check instanceof PhotoCheck.Refused refused) {
      return new Inspected(
          new PhotoRecord.Refused(refused.reason().word(), refused.message(), false),
          null,
          List.of());
    }
    return new Inspected(
        null,
        PerceptualHash.of(photo).orElse(null),
        ((PhotoCheck.Passed) check).flags().stream().map(ReviewFlag::word).sorted().toList());
  }
}
