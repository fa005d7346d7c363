package app.mushroom.api.identification;

import app.mushroom.api.access.Caller;
import app.mushroom.vision.decision.Circumstances;
import app.mushroom.vision.decision.SafetyPolicy;
import java.util.List;

/**
 * What someone wants to know.
 *
 * @param photos 1 to 5 of one find
 * @param limit most candidates to name, at least 1
 * @param caller who asks
 * @param circumstances when and where the find was made; never logged, never stored
 */
public record Query(
    List<PhotoSource> photos, int limit, Caller caller, Circumstances circumstances) {

  /** Neither place nor date is known. */
  public Query(List<PhotoSource> photos, int limit, Caller caller) {
    this(photos, limit, caller, Circumstances.UNKNOWN);
  }

  /**
   * @throws InvalidRequestException naming what is out of range
   */
  public Query {
    photos = List.copyOf(photos);
    if (photos.isEmpty() || photos.size() > SafetyPolicy.MAX_PHOTOS) {
      throw new InvalidRequestException(
          "Expected 1 to "
              + SafetyPolicy.MAX_PHOTOS
              + " photos of one find in the parts named 'images', found "
              + photos.size()
              + ".");
    }
    if (limit < 1) {
      throw new InvalidRequestException("Expected limit to be 1 or more, found " + limit + ".");
    }
  }
}
