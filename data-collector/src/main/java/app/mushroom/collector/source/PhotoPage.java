package app.mushroom.collector.source;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a source's list.
 *
 * @param photos in the source's order; none is possible in the middle of a list
 * @param skipped entries that cannot be used, each with why
 * @param next cursor of the page that follows; null at the end of the list
 */
public record PhotoPage(List<OfferedPhoto> photos, List<Skipped> skipped, @Nullable String next) {

  /**
   * An entry that cannot be used: where it stands and why, in a word such as {@code no_address}.
   */
  public record Skipped(String where, String reason) {}

  public PhotoPage {
    photos = List.copyOf(photos);
    skipped = List.copyOf(skipped);
  }
}
