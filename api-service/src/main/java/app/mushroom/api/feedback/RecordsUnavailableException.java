package app.mushroom.api.feedback;

import org.jspecify.annotations.Nullable;

/** The database of identifications and feedback does not answer. */
public final class RecordsUnavailableException extends RuntimeException {
  RecordsUnavailableException(@Nullable Throwable cause) {
    super(
        "What people say cannot be written down just now, and nothing was. Try again in half a"
            + " minute.",
        cause);
  }
}
