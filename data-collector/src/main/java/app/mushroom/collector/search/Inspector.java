package app.mushroom.collector.search;

import app.mushroom.collector.quality.PerceptualHash;
import app.mushroom.vision.photo.Photo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks at a decoded photo. */
@FunctionalInterface
public interface Inspector {

  Inspected inspect(Photo photo);

  /**
   * What was seen.
   *
   * @param refused why it cannot be used; null if it can
   * @param hash null for a flat picture, whose hash would be chance
   * @param review words for what a person should look at
   */
  record Inspected(
      PhotoRecord.@Nullable Refused refused, @Nullable PerceptualHash hash, List<String> review) {

    public Inspected {
      review = List.copyOf(review);
    }
  }
}
