package app.mushroom.trainer.dataset;

import app.mushroom.storage.dataset.DatasetPhoto;
import java.io.IOException;

/** A photo of a dataset is missing, damaged or not decodable; others may well be readable. */
public final class UnreadablePhotoException extends IOException {

  private static final long serialVersionUID = 1;

  private final String reason;

  UnreadablePhotoException(DatasetPhoto photo, Throwable cause) {
    super("Photo " + photo.sha256() + " of " + photo.label() + ": " + cause.getMessage(), cause);
    this.reason = String.valueOf(cause.getMessage());
  }

  /** What is wrong with it, without its name. */
  public String reason() {
    return reason;
  }
}
