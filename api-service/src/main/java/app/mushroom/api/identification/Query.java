package app.mushroom.api.identification;

import app.mushroom.api.access.Caller;
import app.mushroom.vision.decision.SafetyPolicy;
import java.util.List;

/**
 * What someone wants to know.
 *
 * @param photos 1 to 5 of one find
 * @param limit most candidates to name, at least 1
 * @param caller who asks
 */
public record Query(List<PhotoSource> photos, int limit, Caller caller) {

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
