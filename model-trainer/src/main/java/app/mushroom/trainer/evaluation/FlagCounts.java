package app.mushroom.trainer.evaluation;

import java.util.Collection;

/**
 * What the poison flag said to some photos.
 *
 * @param flagged poisonous
 * @param cannotTell cannot tell
 * @param unwarned not known to be poisonous: no warning
 */
public record FlagCounts(int flagged, int cannotTell, int unwarned) {

  static FlagCounts of(Collection<AssessedPhoto> photos) {
    int flagged = 0;
    int unwarned = 0;
    for (AssessedPhoto photo : photos) {
      flagged += photo.isFlagged() ? 1 : 0;
      unwarned += photo.isUnwarned() ? 1 : 0;
    }
    return new FlagCounts(flagged, photos.size() - flagged - unwarned, unwarned);
  }

  public int photos() {
    return flagged + cannotTell + unwarned;
  }
}
