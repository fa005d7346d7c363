package app.mushroom.collector.imports;

/** A photo that cannot enter the dataset: for its file or for its label. */
final class UnfitPhotoException extends Exception {
  private final String reason;

  UnfitPhotoException(String reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Stable name, as in {@link app.mushroom.collector.dataset.Refusal#reason()}. */
  String reason() {
    return reason;
  }
}
