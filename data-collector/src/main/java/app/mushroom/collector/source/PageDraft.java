package app.mushroom.collector.source;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A page of a list while it is read. */
final class PageDraft {
  private final List<OfferedPhoto> photos = new ArrayList<>();
  private final List<PhotoPage.Skipped> skipped = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();

  /** Adds a photo, unless the page has one of that id already. */
  void add(OfferedPhoto photo) {
    if (ids.add(photo.id())) {
      photos.add(photo);
    } else {
      skip(photo.id(), "duplicate");
    }
  }

  void skip(String where, String reason) {
    skipped.add(new PhotoPage.Skipped(where, reason));
  }

  Set<String> ids() {
    return Set.copyOf(ids);
  }

  /**
   * @param next cursor; null at the end
   */
  PhotoPage page(@Nullable String next) {
    return new PhotoPage(photos, skipped, next);
  }
}
