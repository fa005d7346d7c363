package app.mushroom.trainer.dataset;

import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.Split;

/**
 * A line of {@code unreadable.jsonl}: a photo that was left out.
 *
 * @param reason what is wrong with it, in a sentence
 */
public record UnreadablePhoto(String sha256, String label, Split split, String reason) {

  static UnreadablePhoto of(DatasetPhoto photo, UnreadablePhotoException failure) {
    return new UnreadablePhoto(photo.sha256(), photo.label(), photo.split(), failure.reason());
  }

  @Override
  public String toString() {
    return sha256 + " (" + label + "): " + reason;
  }
}
