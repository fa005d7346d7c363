package app.mushroom.trainer.runs;

import app.mushroom.trainer.dataset.CheckedPhotos;
import java.io.IOException;
import java.util.Locale;
import java.util.stream.Collectors;

/** So many photos cannot be read that what a run learns from the rest would mislead. */
public final class TooManyUnreadableException extends IOException {

  private static final long serialVersionUID = 1;

  private static final int SHOWN = 20;

  /**
   * @param list where all of them are listed
   */
  TooManyUnreadableException(CheckedPhotos photos, String list) {
    super(
        String.format(
            Locale.ROOT,
            "Expected at most %.0f %% of the photos to be unreadable, found %d of %d (%.1f %%):%n"
                + "%s%n%sAll are listed in %s. Collect them again, or freeze a dataset version"
                + " without them.",
            100 * CheckedPhotos.MOST_UNREADABLE,
            photos.unreadable().size(),
            photos.total(),
            100.0 * photos.unreadable().size() / photos.total(),
            first(photos),
            photos.unreadable().size() > SHOWN
                ? "  and " + (photos.unreadable().size() - SHOWN) + " more" + System.lineSeparator()
                : "",
            list));
  }

  static String first(CheckedPhotos photos) {
    return photos.unreadable().stream()
        .limit(SHOWN)
        .map(photo -> "  " + photo)
        .collect(Collectors.joining(System.lineSeparator()));
  }
}
