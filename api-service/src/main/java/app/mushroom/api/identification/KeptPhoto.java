package app.mushroom.api.identification;

import app.mushroom.vision.photo.Photo;
import java.util.Optional;

/** A photo that is kept for a while after it was looked at. */
public interface KeptPhoto {

  /**
   * A copy of it, decoded and without any metadata; empty once it was pushed out by later ones or
   * became too old.
   */
  Optional<Photo> pixels();

  /** Whether there are pixels, without a copy of them. */
  default boolean isThere() {
    return pixels().isPresent();
  }
}
