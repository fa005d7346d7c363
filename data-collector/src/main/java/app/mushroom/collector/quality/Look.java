package app.mushroom.collector.quality;

import app.mushroom.vision.photo.Photo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a photo looks, as far as it concerns a dataset.
 *
 * @param hash null for a flat picture, whose hash would be chance
 * @param review words for what a person should look at, such as {@code drawing}, sorted
 */
public record Look(@Nullable PerceptualHash hash, List<String> review) {
  /** Of a photo that nobody has seen. */
  public static final Look UNKNOWN = new Look(null, List.of());

  /** A stored photo may be of any size and shape; whether it may be is asked before it is. */
  private static final PhotoChecks ANY_SIZE = new PhotoChecks(1, Double.MAX_VALUE);

  public Look {
    review = List.copyOf(review);
  }

  /** How a decoded photo looks, whatever its size. */
  public static Look at(Photo photo) {
    return new Look(PerceptualHash.of(photo).orElse(null), words(ANY_SIZE.check(photo)));
  }

  private static List<String> words(PhotoCheck check) {
    return check instanceof PhotoCheck.Refused refused
        ? List.of(refused.reason().word())
        : ((PhotoCheck.Passed) check).flags().stream().map(ReviewFlag::word).sorted().toList();
  }
}
