package app.mushroom.trainer.dataset;

import app.mushroom.storage.dataset.DatasetPhoto;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which photos can be read and which cannot.
 *
 * @param readable in the order they were given in
 * @param unreadable the others
 */
public record CheckedPhotos(List<DatasetPhoto> readable, List<UnreadablePhoto> unreadable) {

  /** Share of unreadable photos above which a dataset is not worth going on with. */
  public static final double MOST_UNREADABLE = 0.05;

  /** Takes up what an earlier check found. */
  public static CheckedPhotos of(List<DatasetPhoto> photos, List<UnreadablePhoto> unreadable) {
    Set<String> left = unreadable.stream().map(UnreadablePhoto::sha256).collect(Collectors.toSet());
    return new CheckedPhotos(
        photos.stream().filter(photo -> !left.contains(photo.sha256())).toList(), unreadable);
  }

  public int total() {
    return readable.size() + unreadable.size();
  }

  /** Whether more than 5 % cannot be read. */
  public boolean tooManyUnreadable() {
    return unreadable.size() > MOST_UNREADABLE * total();
  }
}
