package app.mushroom.vision.photo;

import org.jspecify.annotations.Nullable;

/**
 * A file is not a photo that can be read. The message is a sentence for the person who sent it:
 * what was expected, what was found, what to do.
 */
public final class PhotoRejectedException extends Exception {
  /** Why a file was refused; stable, for clients and counters. */
  public enum Reason {
    EMPTY,
    TOO_LARGE,
    TOO_MANY_PIXELS,
    TOO_SMALL,
    NOT_AN_IMAGE,
    UNSUPPORTED_FORMAT,
    TRUNCATED,
    CORRUPT,
    OUT_OF_MEMORY
  }

  private final Reason reason;

  public PhotoRejectedException(Reason reason, String message) {
    this(reason, message, null);
  }

  public PhotoRejectedException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
